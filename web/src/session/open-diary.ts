/** The diary as screens know it, on top of the replica. */
import {
  type Change,
  type EntryRecord,
  addDays,
  atInstant,
  allowSharing,
  binRecord,
  deviceZone,
  editMoment,
  hideFromSharing,
  isBinned,
  isDueForErasure,
  newMoment,
  restoreRecord,
  type SettingLists,
  SURROUNDING_KINDS,
} from '@evenkeel/journal';
import { type MomentId, momentIdSchema } from '@evenkeel/protocol';
import type { HeldMoment, WriteOutcome } from '@evenkeel/replica';
import type {
  BinnedMoment,
  Diary,
  DiaryDay,
  DraftName,
  ListOutcome,
  Moment,
  Safety,
  SaveOutcome,
  Timeline,
} from './contract.ts';
import { openLists } from './diary-lists.ts';
import { keptDrafts } from './kept-drafts.ts';
import { openLockedNotes } from './locked-notes.ts';
import { binnedMomentOf, earlierOf, isContent, momentDraftOf, momentOf, whenOf } from './moments.ts';
import { NotKeptError, mustBeKept } from './not-kept.ts';
import { keepOpenPlan } from './open-plan.ts';
import { openSearch } from './open-search.ts';
import { type Opened, createAnnouncer } from './opened.ts';

const DAYS_AT_FIRST = 60;
const DAYS_MORE = 90;

export type OpenDiary = Diary & {
  /** Erases what was in the bin for 30 days, and changes to what is not there any more. Called once all is open. */
  readonly emptyBin: () => Promise<void>;
  /** Turns what was written while locked into entries. */
  readonly takeIn: () => Promise<void>;
  /** Resolves when the draft that is being sealed lies on the device. */
  readonly draftKept: () => Promise<void>;
  /** The moments of the journal with a change that was not saved. */
  readonly changedDrafts: () => Promise<readonly string[]>;
};

export function openDiary(opened: Opened): OpenDiary {
  const { replica, backups, forms, now } = opened;
  const { index } = replica;
  const { subscribe, announce } = createAnnouncer();
  const drawn = new WeakMap<HeldMoment, Moment>();
  let firstDay = addDays(today(now()), -DAYS_AT_FIRST);
  let timeline: Timeline | null = null;
  let bin: readonly BinnedMoment[] | null = null;
  const drafts = keptDrafts(opened);
  const lists = openLists(opened);
  const lockedNotes = openLockedNotes(opened, announce);
  const { subscribe: whenOpened, planMayHaveChanged, ...openPlan } = keepOpenPlan(opened.store, lists.plan);
  whenOpened(announce);
  let inUse: {
    readonly of: SettingLists;
    readonly values: ReturnType<Diary['values']>;
    readonly surroundings: ReturnType<Diary['surroundings']>;
  } | null = null;

  const changed = (): void => {
    timeline = null;
    bin = null;
    announce();
    search.changed();
    planMayHaveChanged();
  };
  index.subscribe(changed);
  replica.subscribe(changed);
  backups.subscribe(changed);

  const safetyOf = (records: readonly EntryRecord[]): Safety => {
    const onServer = records.filter(
      (record) => replica.safetyOf(record.rec).where === 'on-your-server',
    ).length;
    if (onServer > 0 && onServer === records.length) return { where: 'server' };
    const at = backups.last()?.madeAt;
    const { held } = index.snapshot();
    if (at !== undefined && records.every(({ rec }) => backups.holds(held(rec)?.leaf ?? '')))
      return { where: 'backup', at };
    return { where: onServer === 0 ? 'this-device' : 'partly' };
  };

  const draw = (held: HeldMoment): Moment | undefined => {
    const safety = safetyOf(held.records);
    const known = drawn.get(held);
    if (known !== undefined && sameSafety(known.safety, safety)) return known;
    const made = momentOf(held.records, safety);
    if (made !== undefined) drawn.set(held, made);
    return made;
  };

  const search = openSearch(opened, draw);

  const recordsOf = (id: string): readonly EntryRecord[] => {
    const moment = momentIdSchema.safeParse(id);
    return moment.success ? index.snapshot().recordsOf(moment.data).filter(isContent) : [];
  };

  const readTimeline = (): Timeline => {
    const snapshot = index.snapshot();
    const days: DiaryDay[] = snapshot.days({ first: firstDay }).flatMap(({ day, moments }) => {
      const shown = moments.flatMap((held) => (held.records.some(isContent) ? (draw(held) ?? []) : []));
      return shown.length === 0 ? [] : [{ day, moments: shown }];
    });
    const written = snapshot.summaries().map(({ day }) => day);
    const [oldest] = written;
    return {
      days,
      more: oldest !== undefined && oldest < firstDay,
      months: [...new Map(written.map((day) => [day.slice(0, 7), day])).values()],
    };
  };

  const changeAll = async (id: string, change: (record: EntryRecord) => Change | null): Promise<void> => {
    const changes = recordsOf(id).flatMap((record) => change(record) ?? []);
    if (changes.length > 0) mustBeKept(await replica.apply(changes));
  };

  const makers = () => ({ clock: replica.clock, now: now() });

  const notPutAway = () => {
    const of = lists.lists();
    if (inUse?.of !== of) {
      const surroundings = of.surrounding.filter(({ archived }) => !archived);
      inUse = {
        of,
        values: of.value.filter(({ archived }) => !archived),
        surroundings: SURROUNDING_KINDS.flatMap((kind) => surroundings.filter(({ group }) => group === kind)),
      };
    }
    return inUse;
  };

  return {
    subscribe,
    timeline: () => (timeline ??= readTimeline()),
    async showOlder(until) {
      await replica.loaded;
      if (until !== undefined && until >= firstDay) return;
      firstDay = addDays(firstDay, -DAYS_MORE);
      if (until !== undefined) {
        const written = index
          .snapshot()
          .summaries()
          .findLast(({ day }) => day <= until);
        const wanted = written?.day ?? until;
        if (wanted < firstDay) firstDay = wanted;
      }
      const older = index
        .snapshot()
        .summaries()
        .findLast(({ day }) => day < addDays(firstDay, DAYS_MORE));
      if (older !== undefined && older.day < firstDay) firstDay = addDays(older.day, -DAYS_MORE);
      changed();
    },
    search,
    moment,
    earlier: async (id) => earlierOf(recordsOf(id)),
    bin() {
      bin ??= [
        ...new Set(
          index
            .snapshot()
            .binned()
            .map(({ record }) => record.moment),
        ),
      ].flatMap((id) => {
        const records = recordsOf(id);
        return binnedMomentOf(records, safetyOf(records)) ?? [];
      });
      return bin;
    },

    async save(draft, keptIn) {
      const when = whenOf(draft, now(), deviceZone());
      if (when === null) return { ok: false, reason: 'no-such-time' };
      const made = newMoment(momentDraftOf(draft, when), makers());
      if (!made.ok) return refused(made.reason);
      return drafts.saveFrom(draft, async () =>
        kept(await replica.save(made.records, keptIn), made.moment, { where: 'this-device' }),
      );
    },
    async edit(id, draft) {
      const records = recordsOf(id).filter((record) => !isBinned(record));
      const [first] = records;
      if (first === undefined) return { ok: false, reason: 'gone' };
      const when = draft.about.kind === 'now' ? first.when : whenOf(draft, now(), deviceZone());
      if (when === null) return { ok: false, reason: 'no-such-time' };
      const edited = editMoment(records, momentDraftOf(draft, when), makers());
      if (!edited.ok) return refused(edited.reason);
      if (edited.added.length > 0) {
        const saved = await replica.save(edited.added);
        if (!saved.ok) return kept(saved, first.moment, safetyOf(records));
      }
      if (edited.changes.length === 0) return { ok: true, id, safety: safetyOf(records) };
      return kept(await replica.apply(edited.changes), first.moment, { where: 'this-device' });
    },
    moveToBin: (id) => changeAll(id, (record) => binRecord(record, makers())),
    restore: (id) => changeAll(id, (record) => restoreRecord(record, makers())),
    async erase(id) {
      drafts.mayComeBack();
      mustBeKept(await replica.eraseForGood(recordsOf(id).map((record) => record.rec)));
      await forget(`edit:${id}`);
    },
    setNotForSharing: (id, notForSharing) =>
      changeAll(id, (record) =>
        notForSharing ? hideFromSharing(record, makers()) : allowSharing(record, makers()),
      ),

    readDraft: drafts.readDraft,
    keepDraft: drafts.keepDraft,
    typed: forms.read,
    // A device without room: what was typed is on the screen still, and saving it says so.
    keepTyped: (path, typed) => void forms.keep(path, typed).catch(() => undefined),

    ...lockedNotes,

    ...lists,
    ...openPlan,
    values: () => notPutAway().values,
    async addValue({ text, area }) {
      mustBeListed(await lists.addToList({ kind: 'value', text, area, importance: 5 }));
    },
    surroundings: () => notPutAway().surroundings,
    async addSurrounding({ group, text }) {
      mustBeListed(await lists.addToList({ kind: 'surrounding', group, text }));
    },

    async emptyBin() {
      await replica.loaded;
      const due = index
        .snapshot()
        .binned()
        .filter((held) => isDueForErasure(held.record, now(), held.heldSince));
      if (due.length > 0) await replica.eraseForGood(due.map((held) => held.record.rec));
      for (const id of await drafts.changed()) if (recordsOf(id).length === 0) await forget(`edit:${id}`);
    },
    draftKept: drafts.settled,
    changedDrafts: async () => (await drafts.changed()).filter((id) => moment(id) !== undefined),
  };

  /** What is saved by now is never offered again; a device that is full keeps it until the entry goes. */
  async function forget(name: DraftName): Promise<void> {
    await drafts.keepDraft(name, null).catch(() => undefined);
  }

  function moment(id: string): Moment | undefined {
    const parsed = momentIdSchema.safeParse(id);
    return parsed.success ? findMoment(parsed.data) : undefined;
  }

  function findMoment(id: MomentId): Moment | undefined {
    const [first] = index
      .snapshot()
      .recordsOf(id)
      .filter((record) => isContent(record) && !isBinned(record));
    if (first === undefined || first.when.precision === 'undated') return undefined;
    const { day } = first.when;
    const [found] = index
      .snapshot()
      .moments({ first: day, last: day })
      .filter((held) => held.id === id);
    return found === undefined ? undefined : draw(found);
  }
}

function mustBeListed(outcome: ListOutcome): void {
  if (!outcome.ok && outcome.reason === 'no-room') throw new NotKeptError(outcome.reason);
}

function kept(outcome: WriteOutcome, id: string, safety: Safety): SaveOutcome {
  if (outcome.ok) return { ok: true, id, safety };
  switch (outcome.reason) {
    case 'storage-full':
      return { ok: false, reason: 'no-room' };
    case 'too-large':
      return { ok: false, reason: 'too-much' };
    case 'not-found':
      return { ok: false, reason: 'gone' };
    case 'storage-lost':
    case 'locked':
      throw new NotKeptError(outcome.reason);
  }
}

function sameSafety(a: Safety, b: Safety): boolean {
  return a.where === b.where && (a.where !== 'backup' || b.where !== 'backup' || a.at === b.at);
}

function refused(reason: 'nothing-filled-in' | 'day-out-of-range' | 'too-much'): SaveOutcome {
  return { ok: false, reason: reason === 'day-out-of-range' ? 'no-such-time' : 'too-much' };
}

function today(now: number): string {
  const when = atInstant(now, deviceZone());
  return when.precision === 'undated' ? '2000-01-01' : when.day;
}
