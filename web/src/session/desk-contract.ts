/**
 * What the clinician's desk may know and ask. `open-desk.ts` stands behind it, with the clinician's own account
 * on the same device: locking, the server, kit and devices are those of me-contract.ts.
 * The rules of contract.ts hold: `read` and `record` keep their identity until something changed.
 */
import type { AccountId } from '@evenkeel/protocol';
import type { CodeRefusal, Scope } from '@evenkeel/sharing';
import type { ShownStanding } from '../ui/timeline/shown-standing.ts';
import type { ShownMoment } from '../ui/timeline/shown-moment.ts';
import type { ServerWrong } from './server-wrongs.ts';
import type { Checked, CodeCame } from './sharing-contract.ts';

/** What a share covers, as its grant says. */
export type DeskShare = {
  readonly scope: Scope;
  /** Milliseconds UTC; null: until they stop it. */
  readonly expires: number | null;
  /** The person's words; may be empty. */
  readonly purpose: string;
  readonly givenAt: number;
};

export type DeskPerson = {
  readonly owner: AccountId;
  /** The name the person gave with the share; empty until then. */
  readonly name: string;
  /** What the clinician calls them, on this device only; empty when not set. */
  readonly label: string;
  readonly checked: Checked;
  /** The six words to compare; null when the person scanned this clinician's code in the room. */
  readonly words: readonly string[] | null;
  /** When their link was opened or their share arrived, milliseconds UTC. */
  readonly since: number;
  /** `linked`: nothing is shared yet. `waiting-for-key`: shared, and no key has come. `ended`: keys and entries are gone. */
  readonly status: 'linked' | 'sharing' | 'waiting-for-key' | 'ended';
  /**
   * Why nothing of a share that arrived can be read: nobody here asked for it, or the server says that it is over and
   * cannot show that they said so.
   */
  readonly unread: 'not-asked-for' | 'unproven-end' | null;
  readonly ended: { readonly at: number; readonly why: 'stopped' | 'expired' } | null;
  /** Null while `linked`. Kept after the end, since it holds no entry. */
  readonly share: DeskShare | null;
  /** When their newest shared entry was about, milliseconds UTC; undefined until what is held here has been opened. */
  readonly lastEntryAt: number | null | undefined;
  /** Entries that came since this clinician last looked. */
  readonly fresh: number;
  readonly lastLookedAt: number | null;
};

/**
 * How much of what is shared is provably here. `complete`: everything their device had signed for by `asOf`.
 * `behind`: something is missing still. `restarted`: the server was restarted; unknown until their device says.
 */
export type Completeness =
  | { readonly kind: 'complete'; readonly asOf: number }
  | { readonly kind: 'behind'; readonly asOf: number; readonly missing: number }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'unknown' };

/** One person's record, opened on this computer. */
export type DeskRecord =
  | { readonly status: 'opening' }
  | {
      readonly status: 'open';
      /** Oldest first. */
      readonly moments: readonly ShownMoment[];
      /** What belongs to no day. */
      readonly standing: ShownStanding;
      /** The look before this one, milliseconds UTC; null at the first. */
      readonly lookedAt: number | null;
      /** Ids of moments that came after `lookedAt`. Empty at the first look. */
      readonly fresh: ReadonlySet<string>;
      readonly completeness: Completeness;
      /** Entries that came and whose key has not. */
      readonly waitingForKey: number;
      /** Entries put aside because a check failed. They are not shown. */
      readonly setAside: number;
      /** What the server did with this share that an honest one cannot do, until an honest exchange has healed it. */
      readonly wrongs: readonly ServerWrong[];
    }
  | { readonly status: 'closed'; readonly why: 'stopped' | 'expired' };

export type DeskState =
  | { readonly status: 'opening' }
  | {
      readonly status: 'ready';
      /** As stated on cards and in answers; empty: not stated yet. */
      readonly name: string;
      /** Null: no server joined yet. */
      readonly server: string | null;
      readonly online: boolean;
      /** Last exchange with the server, milliseconds UTC. */
      readonly lastContactAt: number | null;
      readonly people: readonly DeskPerson[];
    };

/** What the card's QR code holds, and when it stops being accepted (ms UTC): ten minutes after it was made. */
export type Card = { readonly text: string; readonly expires: number };

/**
 * `other-code`: one of our codes, for something else. `used`: somebody opened it before, or it was withdrawn. `tampered`: what lies behind the link does not open.
 * `own-link`: made by this very account. `signups-closed`: this server takes no new accounts.
 */
export type OpenLinkOutcome =
  | { readonly ok: true; readonly owner: AccountId; readonly words: readonly string[] }
  | {
      readonly ok: false;
      readonly reason:
        | CodeRefusal
        | 'other-code'
        | 'used'
        | 'tampered'
        | 'own-link'
        | 'offline'
        | 'other-server'
        | 'signups-closed'
        | 'newer-app-needed';
    };

export interface Desk {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => DeskState;

  readonly setName: (name: string) => Promise<void>;
  /** Signed and good for ten minutes. Needs no network, only a server that was joined. */
  readonly card: () => Promise<Card>;
  /** Takes `<origin>/#i/<secret>`. Joins the server with it when there is no account there yet. */
  readonly openLink: (text: string, how: CodeCame) => Promise<OpenLinkOutcome>;
  readonly wordsMatch: (owner: AccountId) => Promise<void>;
  /** Throws away keys, entries and the person's place in the list. */
  readonly forget: (owner: AccountId) => Promise<void>;
  readonly setLabel: (owner: AccountId, label: string) => Promise<void>;

  /** Opens a record by hand: signs a receipt that the person will see, then pulls. Works offline with what is here. */
  readonly open: (owner: AccountId) => void;
  /** Ends the look; what came until now counts as looked at. */
  readonly close: (owner: AccountId) => void;
  readonly record: (owner: AccountId) => DeskRecord;
}
