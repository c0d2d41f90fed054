/**
 * What the sharing screens may know and ask. `open-sharing.ts` stands behind it with the real grant log, key
 * packs and receipts. The rules of contract.ts hold: `read` keeps its identity until something changed.
 *
 * A verb that needs the server says `offline` and changes nothing, unless its outcome says that it waits.
 */
import type { LocalDay } from '@evenkeel/journal';
import type { AccountId, GrantId, MailboxId } from '@evenkeel/protocol';
import type { CodeRefusal, Period, ReadChains, Scope } from '@evenkeel/sharing';
import type { ShownStanding } from '../ui/timeline/shown-standing.ts';
import type { ShownMoment } from '../ui/timeline/shown-moment.ts';

/** How a code came: only a clinician's card that was scanned in the room counts as checked in person. */
export type CodeCame = 'scanned' | 'pasted';

// --- who -------------------------------------------------------------------------------------------------------

/**
 * How sure this side is whose keys it holds; `at` in milliseconds UTC. `in-person`: scanned from their screen.
 * `words`: came by link, then the six words were compared. `not-yet`: came by link, nothing compared.
 */
export type Checked =
  | { readonly how: 'in-person'; readonly at: number }
  | { readonly how: 'words'; readonly at: number }
  | { readonly how: 'not-yet' };

/** Somebody whose keys this device has pinned. */
export type Contact = {
  readonly acct: AccountId;
  /** As they stated it; nobody has checked it. */
  readonly name: string;
  readonly checked: Checked;
  /** The six words both sides see. Null when their keys were scanned in the room: nothing to compare. */
  readonly words: readonly string[] | null;
  /** When the keys were pinned, milliseconds UTC. */
  readonly addedAt: number;
};

/** A link that was made and not answered yet. An answered one is a Contact instead. */
export type Invitation = {
  readonly id: MailboxId;
  /** For whom, in the person's words; only this account's devices ever read it. May be empty. */
  readonly forWhom: string;
  /** `<origin>/#i/<secret>`: also what the QR code holds. */
  readonly link: string;
  readonly madeAt: number;
  /** Milliseconds UTC; after it the link opens nothing. */
  readonly expires: number;
  readonly status: 'waiting' | 'expired';
};

/**
 * What a clinician's screen showed in the room, after its signature and its ten minutes were checked.
 * `other-code`: one of our codes, for something else. `too-old`: shown more than ten minutes ago. `own-account`:
 * made by this very account. `other-server`: they are on another server than this diary.
 */
export type CardOutcome =
  | { readonly ok: true; readonly contact: Contact }
  | {
      readonly ok: false;
      readonly reason:
        | CodeRefusal
        | 'other-code'
        | 'too-old'
        | 'own-account'
        | 'other-server'
        | 'malformed'
        | 'forged'
        | 'weak-key'
        | 'newer-app-needed';
    };

export type InviteOutcome =
  | { readonly ok: true; readonly invitation: Invitation }
  | { readonly ok: false; readonly reason: 'offline' | 'refused' };

// --- what and when ---------------------------------------------------------------------------------------------

export type ShareTerms = {
  /** Which kinds, which days. Enforced by keys, to the category and the local day. */
  readonly scope: Scope;
  /** Milliseconds UTC at which it ends by itself; null: until the person stops it. Kept by the server, not by keys. */
  readonly expires: number | null;
  /** What it is for, in the person's words, up to 500 characters; may be empty. Sealed to both. */
  readonly purpose: string;
  /** What the person calls themselves towards this clinician, up to 100 characters. Sealed to both. */
  readonly personName: string;
};

/** What the person read when they said yes; its hash goes into the grant, for the record of consent. */
export type ConsentShown = {
  readonly version: string;
  /** BCP 47. */
  readonly language: string;
  /** The sentences as they stood on the screen, joined by \n. */
  readonly text: string;
  /** Milliseconds UTC. */
  readonly shownAt: number;
};

/**
 * Entries of the category in the days asked about, without the bin and what is not for sharing. `held`: those of
 * any day; what belongs to no day is counted here alone unless all days are asked about.
 */
export type CategoryCount = { readonly cat: number; readonly entries: number; readonly held: number };

/** Drawn from exactly what the keys of the grant would open (`preview` of @evenkeel/sharing). */
export type SharePreview = {
  /** Oldest first. */
  readonly moments: readonly ShownMoment[];
  /** What belongs to no day: only a share of all days opens it. */
  readonly standing: ShownStanding;
  /** Moments in these days and kinds that are marked "not for sharing" or lie in the bin: they stay out. */
  readonly heldBack: number;
  /** Entries on other days of a month that is shared in part: they can be counted there, not read. */
  readonly onlyCounted: number;
  /** Entries that were changed: the earlier values travel with them. */
  readonly withEarlierValues: number;
};

/**
 * `waiting`: signed here, and the server has not taken it yet; it goes when the network is back.
 * `not-checked`: the six words were not compared yet. `nothing-chosen`: no category, or an empty range of days.
 * `refused`: the server does not take it (too many shares, an end later than its host allows).
 * `only-stopped`: of a change only the first half was done: the old share is stopped, and no new one was made.
 */
export type ShareOutcome =
  | { readonly ok: true; readonly grant: GrantId; readonly reached: 'server' | 'waiting' }
  | {
      readonly ok: false;
      readonly reason: 'offline' | 'not-checked' | 'nothing-chosen' | 'refused' | 'only-stopped';
    };

/** What changing a share would do. Each stops the old keys and starts a new share, in one piece. */
export type ChangeKind = 'same' | 'wider' | 'narrower' | 'other';

export type StopOutcome =
  | { readonly ok: true; readonly reached: 'server' | 'waiting' }
  | { readonly ok: false; readonly reason: 'already-ended' };

// --- what is shared --------------------------------------------------------------------------------------------

export type Share = {
  readonly grant: GrantId;
  readonly with: Contact;
  readonly terms: ShareTerms;
  readonly givenAt: number;
  readonly status: 'active' | 'waiting' | 'expired';
  /** The last opening by hand that a receipt proves, milliseconds UTC. */
  readonly lastOpenedAt: number | null;
};

export type EndedShare = {
  readonly grant: GrantId;
  readonly with: Contact;
  readonly terms: ShareTerms;
  readonly endedAt: number;
  readonly why: 'stopped' | 'expired' | 'changed';
  /** `waiting`: stopped on this device, the server has not heard it yet. */
  readonly reached: 'server' | 'waiting';
};

export type SharingState =
  | { readonly status: 'opening' }
  /** The diary has not joined a server: sharing needs one. */
  | { readonly status: 'no-server' }
  | {
      readonly status: 'ready';
      readonly online: boolean;
      /** Newest first; at most one active share for each contact. */
      readonly shares: readonly Share[];
      /** Pinned, and nothing is shared with them now. */
      readonly contacts: readonly Contact[];
      readonly invitations: readonly Invitation[];
      /** Newest first. */
      readonly ended: readonly EndedShare[];
      /** The name given last time, to be offered again; empty at first. */
      readonly personName: string;
      /** The first day that has an entry; null in an empty diary. */
      readonly firstDay: LocalDay | null;
      /** Latest end this server's host allows, in milliseconds from now; null when none is demanded. */
      readonly longestMs: number | null;
    };

export interface Sharing {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => SharingState;

  /** Takes the QR code on a clinician's screen and pins them as checked in person. */
  readonly readCard: (text: string, how: CodeCame) => Promise<CardOutcome>;
  readonly invite: (forWhom: string) => Promise<InviteOutcome>;
  readonly withdraw: (
    id: MailboxId,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'offline' }>;
  /** The six words were the same on both sides. */
  readonly wordsMatch: (acct: AccountId) => Promise<void>;
  /** The words differed, or the person changed their mind: the keys are thrown away. Only without an active share. */
  readonly forget: (acct: AccountId) => Promise<void>;

  readonly count: (period: Period) => Promise<readonly CategoryCount[]>;
  readonly preview: (scope: Scope) => Promise<SharePreview>;
  readonly share: (acct: AccountId, terms: ShareTerms, consent: ConsentShown) => Promise<ShareOutcome>;
  readonly changeKind: (grant: GrantId, terms: ShareTerms) => ChangeKind;
  /** `grant` of the outcome is a new one when the change was `narrower` or `other`. */
  readonly change: (grant: GrantId, terms: ShareTerms, consent: ConsentShown) => Promise<ShareOutcome>;
  readonly stop: (grant: GrantId) => Promise<StopOutcome>;

  /** Of active and ended shares: what their devices signed each time they fetched. */
  readonly receipts: (grant: GrantId) => Promise<ReadChains>;
}
