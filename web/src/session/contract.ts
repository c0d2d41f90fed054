/**
 * What the screens may know and ask. Pages read this through the hooks of session-context.tsx and know nothing
 * of keys, storage or networks; `open-session.ts` stands behind it with the real vault, journal and replica.
 *
 * Everything a `read…`/list function returns is a snapshot that keeps its identity until it changes, as
 * `useSyncExternalStore` needs. Listeners are called after a change, never during the call that made it.
 */
import type {
  Closeness,
  Condition,
  Dose,
  HeldCondition,
  HeldPlanLine,
  LifeArea,
  ListKind,
  ListedSetting,
  LocalDay,
  Mood,
  NamedSetting,
  PlanLine,
  Questionnaire,
  QuestionnaireSchedule,
  SettingLists,
  Sleep,
  Substances,
  SurroundingKind,
  Surroundings,
  SurroundingSetting,
  Symptoms,
  Trackable,
  TrackerAnswer,
  ValueSetting,
  When,
} from '@evenkeel/journal';
import type { Wanted } from './search-contract.ts';

// --- the session -----------------------------------------------------------------------------------------------

/** `words`: five generated words. `own`: a passphrase of the person's own. Both are typed into one field. */
export type UnlockMethod = 'words' | 'own' | 'passkey' | 'pin';

export type SessionState =
  /** Reading what this device holds. Takes a moment; screens stay blank. */
  | { readonly status: 'starting' }
  /** A diary without a lock lies here; in a moment it is open. */
  | { readonly status: 'opening' }
  /** Nobody keeps a diary on this device yet. */
  | { readonly status: 'welcome' }
  | {
      readonly status: 'locked';
      /** In the order to offer them; never empty (with no lock the session opens by itself). */
      readonly methods: readonly UnlockMethod[];
      /** Wrong PINs left before the PIN is removed; null when there is no PIN. */
      readonly pinTriesLeft: number | null;
      /** The PIN was removed after ten wrong tries; said once, until the next opening. */
      readonly pinWasRemoved: boolean;
      /** Whether something can be written without opening the diary: from its first opening on this device. */
      readonly quickEntry: boolean;
      /** The plan, where the person wants it readable while locked. Else empty. */
      readonly plan: readonly OpenPlanLine[];
    }
  | { readonly status: 'open'; readonly diary: Diary }
  /**
   * The diary cannot be opened on this device now. `no-storage`: the browser keeps nothing (private window,
   * storage refused). `evicted`: the browser emptied this site. `damaged`: what lies here does not open.
   * `newer-app-needed`: a newer app wrote it.
   */
  | {
      readonly status: 'unavailable';
      readonly reason: 'no-storage' | 'evicted' | 'damaged' | 'newer-app-needed';
    };

/** A line of the plan that lies unsealed on this device, by its person's choice. */
export type OpenPlanLine = Pick<HeldPlanLine, 'id' | 'text' | 'phone'>;

export type LockChoice =
  | { readonly kind: 'passkey' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'own'; readonly passphrase: string }
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'none' };

export type Beginning = {
  readonly lock: LockChoice;
  /** `shared`: it locks sooner, and when it goes out of sight; “no lock” is not offered. */
  readonly phone: 'own' | 'shared';
};

/** `cancelled`: the person closed the passkey prompt. `no-passkey`: this device cannot make one after all. */
export type BeginOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'cancelled' | 'no-passkey' | 'no-storage' };

export type UnlockTry =
  | { readonly method: 'words' | 'own'; readonly passphrase: string }
  | { readonly method: 'pin'; readonly pin: string }
  | { readonly method: 'passkey' };

export type UnlockOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'wrong' | 'pin-removed' | 'cancelled' | 'no-passkey' | 'tampered' | 'newer-app-needed';
    };

/** What can be said while locked. */
export type QuickNote = { readonly mood: Mood; readonly text: string };

/** `no-room`: the device is full. `too-many`: as many wait as can wait; opening the diary takes them in. */
export type LeaveNoteOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-room' | 'too-many' | 'not-possible' };

/**
 * Whether the diary was taken off this device. `no-server`, `no-kit`: nothing would bring it back. `draft`: something
 * is not finished. `waiting`: something is not on the server yet. `offline`: the server did not say that all is there.
 * Nothing was taken away then.
 */
export type FinishOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-server' | 'no-kit' | 'waiting' | 'offline' }
  | { readonly ok: false; readonly reason: 'draft'; readonly draft: DraftName | FormPath };

export interface Session {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => SessionState;
  /** Whether this device has a passkey that can unlock (WebAuthn PRF), so that it is worth offering. */
  readonly canUsePasskey: () => Promise<boolean>;
  /** Five words from the list, freshly drawn. Nothing is kept until `begin`. */
  readonly proposeWords: () => Promise<readonly string[]>;
  /** Makes the diary and opens it. Needs no network. */
  readonly begin: (beginning: Beginning) => Promise<BeginOutcome>;
  readonly unlock: (attempt: UnlockTry) => Promise<UnlockOutcome>;
  /** Keeps the draft sealed, ends the crypto Worker and forgets everything open. */
  readonly lock: () => Promise<void>;
  /** Takes everything of the diary off this device once it is all on the server, and shows a blank page. */
  readonly finish: () => Promise<FinishOutcome>;
  /** While locked: seals what was written, so that only the open diary can read it. Nothing can be read back. */
  readonly leaveNote: (note: QuickNote) => Promise<LeaveNoteOutcome>;
}

// --- the diary -------------------------------------------------------------------------------------------------

/** Where a moment is safe. `partly`: some of its parts are on the server, others wait on this device. */
export type Safety =
  | { readonly where: 'this-device' }
  | { readonly where: 'partly' }
  | { readonly where: 'server' }
  /** Milliseconds UTC of the backup that holds it. */
  | { readonly where: 'backup'; readonly at: number };

/** What a moment can say beside mood, values, surroundings and words. A part nothing was said of is absent. */
export type MomentExtras = {
  readonly sleep?: Sleep;
  readonly symptoms?: Symptoms;
  readonly substances?: Substances;
  readonly questionnaire?: Questionnaire;
  readonly medication?: readonly Dose[];
  readonly trackers?: readonly TrackerAnswer[];
};

/** What a person said of one moment: its records of all categories, put together. */
export type MomentContent = MomentExtras & {
  /** Absent when the moment has no mood record. */
  readonly mood?: Mood;
  readonly values: readonly Closeness[];
  readonly surroundings: Surroundings;
  /** Empty when nothing was written. */
  readonly text: string;
};

/** One moment as the journal shows it. `id` is the MomentId. */
export type Moment = MomentContent & {
  readonly id: string;
  /** When it was about. */
  readonly when: When;
  /** When it was first written, milliseconds UTC. */
  readonly written: number;
  /** When it was last changed, milliseconds UTC; absent when it never was. */
  readonly edited?: number;
  readonly safety: Safety;
  readonly notForSharing: boolean;
  /** Anybody who held the device could have written it. */
  readonly writtenWhileLocked: boolean;
};

/** A moment as it was before a change. `until`: when that change was made, milliseconds UTC. */
export type EarlierMoment = MomentContent & { readonly when: When; readonly until: number };

/** A moment in the bin. `erasedOn`: when it is deleted for good, milliseconds UTC (30 days after it was put there). */
export type BinnedMoment = Moment & { readonly binnedAt: number; readonly erasedOn: number };

/** The moments of one local day, newest first; never empty. */
export type DiaryDay = { readonly day: LocalDay; readonly moments: readonly Moment[] };

export type Timeline = {
  /** Newest first. Days without entries are not in it. */
  readonly days: readonly DiaryDay[];
  /** Whether older days exist that are not opened yet: `showOlder` brings them. */
  readonly more: boolean;
  /** The newest day of each month that holds entries, oldest first; of months that are not opened yet too. */
  readonly months: readonly LocalDay[];
};

export type Found = {
  /** Newest first, each with what matches only; as many days as were asked for. */
  readonly days: readonly DiaryDay[];
  /** Entries that match on all days. */
  readonly entries: number;
  /** Whether more days match than are in `days`. */
  readonly more: boolean;
};

export type SearchState = {
  readonly wanted: Wanted;
  /** Null while everything is wanted. */
  readonly found: Found | null;
  /** Older entries are still being read: more may be found. */
  readonly reading: boolean;
  /** Every name that can be asked for. */
  readonly names: readonly string[];
};

export interface Search {
  /** Reads the diary while somebody listens. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Keeps its identity until it changes. */
  readonly read: () => SearchState;
  /** Kept until the diary is locked, so that coming back from an entry finds the same list. */
  readonly want: (wanted: Wanted) => void;
  readonly showMore: () => void;
}

/** When a draft is about. `time` is HH:MM, 24 hours, on the wall clock of this device. */
export type About =
  | { readonly kind: 'now' }
  | { readonly kind: 'minute'; readonly day: LocalDay; readonly time: string }
  | { readonly kind: 'day'; readonly day: LocalDay };

/** What has been said so far in a check-in. Kept sealed at each pause, so that closing it loses nothing. */
export type CheckInDraft = MomentExtras & {
  readonly about: About;
  readonly mood: Mood;
  /** Whether the point was touched, or follows from the words while the person has not touched the sea. */
  readonly placedBy?: 'hand' | 'words';
  readonly values: readonly Closeness[];
  readonly surroundings: Surroundings;
  readonly text: string;
  /** For a change to a saved entry: what that said when the change began. */
  readonly was?: CheckInDraft;
};

/** A form that was begun, by the path it stands at. */
export type FormPath = `/${string}`;

/**
 * The box a draft lies in. `edit:` and a moment: a change to it. `gone:` and a moment: the same, after the moment was
 * deleted elsewhere; a check-in of its own from then on.
 */
export type DraftName = 'check-in' | 'values-review' | `edit:${string}` | `gone:${string}`;

/**
 * `no-room`: the device is full, nothing was written. `no-such-time`: the day does not exist, lies before 2000 or
 * in the future. `too-much`: a part is longer, or holds more, than can be kept. `gone`: the moment was erased
 * meanwhile. Whatever the reason, the draft is still there.
 */
export type SaveOutcome =
  | { readonly ok: true; readonly id: string; readonly safety: Safety }
  | { readonly ok: false; readonly reason: 'no-room' | 'no-such-time' | 'too-much' | 'gone' };

/** An item of one of the person's lists, before it has its place there. */
export type NewListed<Kind extends ListKind = ListKind> = Kind extends ListKind
  ? Omit<Extract<ListedSetting, { readonly kind: Kind }>, 'order' | 'archived'>
  : never;

/**
 * Whether a change of a list, condition or plan was kept. `unusable`: a text is blank or too long, a date or number
 * is none. `gone`: it was removed meanwhile. Nothing was changed then; what was typed is for the form to keep.
 */
export type ListOutcome =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: 'unusable' | 'no-room' | 'gone' };

/** What came of the entries that were written while locked, at this opening. */
export type LockedNotes = {
  /** They are in the journal now, each marked. */
  readonly notes: number;
  /** They could not be opened. */
  readonly unreadable: number;
  /** This device had been made to seal them to a key that is not the person's. */
  readonly keyWasChanged: boolean;
};

export interface Diary {
  readonly subscribe: (listener: () => void) => () => void;

  /** Newest first; the newest 60 days are there when the diary opens. */
  readonly timeline: () => Timeline;
  /** Opens older months into the timeline; as far back as `until`, or the last day with entries before it. */
  readonly showOlder: (until?: LocalDay) => Promise<void>;
  /** Over all of the diary, of months that are not in the timeline too. */
  readonly search: Search;
  /** Undefined when there is no such moment, or it is in the bin. */
  readonly moment: (id: string) => Moment | undefined;
  /** Newest first, the present one left out. */
  readonly earlier: (id: string) => Promise<readonly EarlierMoment[]>;
  readonly bin: () => readonly BinnedMoment[];

  /** `keptIn`: the box the draft was kept in, which is emptied. */
  readonly save: (draft: CheckInDraft, keptIn?: DraftName) => Promise<SaveOutcome>;
  /** Changes what differs from the moment; what was there stays in its history. `about: now` leaves its time alone. */
  readonly edit: (id: string, draft: CheckInDraft) => Promise<SaveOutcome>;
  readonly moveToBin: (id: string) => Promise<void>;
  readonly restore: (id: string) => Promise<void>;
  /** Deletes for good, with its history. Also undoes a save at once. */
  readonly erase: (id: string) => Promise<void>;
  readonly setNotForSharing: (id: string, notForSharing: boolean) => Promise<void>;

  /** Null until it is known, and where there is nothing to say. */
  readonly lockedNotes: () => LockedNotes | null;
  /** It was read: what cannot be opened is erased. */
  readonly lockedNotesRead: () => Promise<void>;

  /** What was not finished, or null. A change whose moment was deleted elsewhere comes back as the check-in. */
  readonly readDraft: (name: DraftName) => Promise<CheckInDraft | null>;
  /** Seals and keeps it; null forgets it. A change goes with its moment when that is erased. */
  readonly keepDraft: (name: DraftName, draft: CheckInDraft | null) => Promise<void>;
  /** What was typed on the screen at this path and not saved, unparsed; null when nothing was. */
  readonly typed: (path: FormPath) => unknown;
  /** Seals and keeps it at once; null forgets it. */
  readonly keepTyped: (path: FormPath, typed: unknown) => void;

  /** What matters to the person, in their order, without what is put away. */
  readonly values: () => readonly NamedSetting<ValueSetting>[];
  readonly addValue: (value: { readonly text: string; readonly area: LifeArea }) => Promise<void>;
  /** What can be touched around a moment, in their order, without what is put away. */
  readonly surroundings: () => readonly NamedSetting<SurroundingSetting>[];
  readonly addSurrounding: (surrounding: {
    readonly group: SurroundingKind;
    readonly text: string;
  }) => Promise<void>;

  /**
   * What is asked about in a check-in. A mood and words can always be written; all else begins switched off, but
   * for values and surroundings where the person has some.
   */
  readonly tracked: () => ReadonlySet<Trackable>;
  readonly setTracked: (what: Trackable, on: boolean) => Promise<void>;

  /** Every list of the person's in their order, with what is put away (`archived`) in it. */
  readonly lists: () => SettingLists;
  /** At the end of its list. */
  readonly addToList: (item: NewListed) => Promise<ListOutcome>;
  /** Says something else; its place, and whether it is put away, stay. */
  readonly changeInList: (id: string, item: NewListed) => Promise<ListOutcome>;
  /** Puts an item away or takes it out again. What was answered about it stays. */
  readonly setArchived: (id: string, archived: boolean) => Promise<void>;
  /** `ids`: all of a list, or of a part of it, in their new order. */
  readonly reorderList: (ids: readonly string[]) => Promise<void>;

  /** Which questionnaires are offered again, and when; without those that were stopped. */
  readonly schedules: () => readonly NamedSetting<QuestionnaireSchedule>[];
  /** Null stops it. */
  readonly setSchedule: (
    instrument: string,
    schedule: { readonly everyDays: number; readonly from: LocalDay } | null,
  ) => Promise<void>;

  /** Current ones first. */
  readonly conditions: () => readonly HeldCondition[];
  readonly addCondition: (condition: Condition) => Promise<ListOutcome>;
  readonly changeCondition: (id: string, condition: Condition) => Promise<ListOutcome>;
  /** Deletes it for good, with its history. */
  readonly removeCondition: (id: string) => Promise<void>;

  /** The lines of the safety plan, by section and in their order. */
  readonly plan: () => readonly HeldPlanLine[];
  /** At the end of its section. */
  readonly addPlanLine: (line: Omit<PlanLine, 'order'>) => Promise<ListOutcome>;
  readonly changePlanLine: (id: string, line: PlanLine) => Promise<ListOutcome>;
  /** `ids`: the lines of one section in their new order. */
  readonly reorderPlan: (ids: readonly string[]) => Promise<void>;
  /** Deletes it for good, with its history. */
  readonly removePlanLine: (id: string) => Promise<void>;
  /** Whether the plan can be read on this device while the diary is locked. */
  readonly isPlanOpen: () => boolean;
  readonly openPlan: (on: boolean) => Promise<void>;
}
