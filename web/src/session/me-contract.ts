/**
 * What the screens under "Me" may know and ask: lock, devices, kit, server, data, about. `open-me.ts` stands
 * behind it. The rules of contract.ts hold: `read` keeps its identity until something changed.
 */
import type { BadRowReason } from '@evenkeel/interchange';
import type { LocalDay } from '@evenkeel/journal';
import type { DeviceId } from '@evenkeel/protocol';
import type { BackupFault, BackupWay } from '@evenkeel/replica';
import type { CodeRefusal } from '@evenkeel/sharing';
import type { Beginning, LockChoice, UnlockMethod } from './contract.ts';
import type { ServerWrong } from './server-wrongs.ts';
import type { CodeCame } from './sharing-contract.ts';

/** Work that takes a while: `done` of `of` entries. Called often, and once more when it is finished. */
export type OnProgress = (progress: { readonly done: number; readonly of: number }) => void;

// --- lock ------------------------------------------------------------------------------------------------------

export type AutoLockMinutes = 1 | 5 | 15;

export type LockState = {
  /** What opens this device; empty: no lock. A passkey stands beside another way in. */
  readonly methods: readonly UnlockMethod[];
  readonly autoLockMinutes: AutoLockMinutes;
  /** Lock when the app goes out of sight. */
  readonly lockOnHide: boolean;
  /** Others use this device too. */
  readonly shared: boolean;
};

/** `cancelled`: the passkey prompt was closed. `kit-needed`: a passkey alone is refused until a kit or words exist. */
export type ChangeLockOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'cancelled' | 'no-passkey' | 'kit-needed' };

// --- devices ---------------------------------------------------------------------------------------------------

export type KnownDevice = {
  readonly dev: DeviceId;
  readonly name: string;
  readonly isThis: boolean;
  /** This browser was it, until it was put back from a backup: a copy elsewhere may still be it. */
  readonly wasThis: boolean;
  readonly addedAt: number;
  /** When it last signed what it holds, milliseconds UTC; null when never heard of. */
  readonly lastHeardAt: number | null;
  readonly removedAt: number | null;
};

/** The old device's side. `other-code`: one of our codes, for something else. `other-server`: the code names another server. `too-old`: shown more than five minutes ago. */
export type AnswerLinkOutcome =
  | { readonly ok: true; readonly words: readonly string[]; readonly entries: number }
  | {
      readonly ok: false;
      readonly reason:
        | CodeRefusal
        | 'other-code'
        | 'no-server'
        | 'offline'
        | 'other-server'
        | 'too-old'
        | 'too-many-devices';
    };

// --- recovery kit ----------------------------------------------------------------------------------------------

export type KitState =
  | { readonly status: 'none' }
  /** Made, and the three words were not given back yet. Its words are nowhere on the device. */
  | { readonly status: 'unchecked'; readonly madeAt: number }
  | { readonly status: 'checked'; readonly madeAt: number; readonly checkedAt: number };

/** What the printed page holds. It is in memory only while its page is open. */
export type Kit = {
  /** 24. */
  readonly words: readonly string[];
  readonly account: string;
  /** Null while the diary has no server. */
  readonly server: string | null;
  /** The device log must be at least this long: its last number and the first 8 bytes of its hash, in hex. */
  readonly floor: { readonly seq: number; readonly hash: string };
  readonly madeAt: number;
  /** What its QR code holds: the words, account, server and floor. */
  readonly code: string;
};

// --- server ----------------------------------------------------------------------------------------------------

/**
 * Why a version is not on the server. `waiting`: not sent yet. `sealing-again`: sealed before a stop, being
 * sealed anew. `quota`: the account is full. `too-large`: one entry is too long. `device-removed`: this device
 * was taken off the account.
 */
export type PendingReason = 'waiting' | 'sealing-again' | 'quota' | 'too-large' | 'device-removed';

/**
 * Why something that came from the server was put aside. `tampered`: changed on the way. `unknown-device`:
 * written by a device that is not of this account. `removed-device`: written by one of it after it was removed.
 * `misplaced`: not where it says. `newer-app-needed`: a newer app wrote it.
 */
export type QuarantineReason =
  | 'tampered'
  | 'unknown-device'
  | 'removed-device'
  | 'misplaced'
  | 'newer-app-needed';

/**
 * Why there is no conversation with the server. `not-a-server`: what answers is not ours. `other-server`: it names
 * another address as its own. `account-unknown`: it has forgotten this account. `other`: any other refusal.
 */
export type ServerRefusal =
  | 'device-removed'
  | 'suspended'
  | 'not-a-server'
  | 'other-server'
  | 'account-unknown'
  | 'other';

export type ServerState =
  | { readonly status: 'none' }
  | {
      readonly status: 'joined';
      readonly origin: string;
      /** The same operator also supplies the app's code. */
      readonly servesApp: boolean;
      /** `refused`: the server does not let this device in; see `refusal`. */
      readonly sync: 'live' | 'offline' | 'paused' | 'refused';
      readonly refusal: ServerRefusal | null;
      /** Milliseconds UTC up to which everything is proven to be here; null: not proven yet. */
      readonly completeAsOf: number | null;
      /** Set when the server's database is a new one: entries are offered to it again, nothing here is lost. */
      readonly restartedAt: number | null;
      /** Entries whose newest version the server has acknowledged, of all entries. */
      readonly onServer: number;
      readonly entries: number;
      readonly pending: readonly { readonly reason: PendingReason; readonly entries: number }[];
      readonly quarantine: readonly {
        readonly reason: QuarantineReason;
        readonly entries: number;
        readonly at: number;
      }[];
      /** What the server did that an honest one cannot do, until an honest exchange has healed it; newest time of each. */
      readonly wrongs: readonly { readonly wrong: ServerWrong; readonly at: number }[];
      /** This browser's copy is older than what it sent: what lets it go on, as a new device. */
      readonly olderCopy: 'open-again' | 'too-many-devices' | null;
      /** Last exchange, milliseconds UTC. */
      readonly lastContactAt: number | null;
    };

/** What answers at this page's own address. */
export type ServerAtHand =
  | {
      readonly ok: true;
      readonly origin: string;
      readonly signups: 'invite' | 'open' | 'closed';
      readonly servesApp: boolean;
    }
  | { readonly ok: false; readonly reason: 'offline' | 'no-server-here' };

/** `other-code`: one of our codes, for something else. `other-server`: the link belongs to `origin`, which has to be opened there. */
export type InvitationRead =
  | { readonly ok: true; readonly origin: string; readonly code: string; readonly servesApp: boolean }
  | { readonly ok: false; readonly reason: CodeRefusal | 'other-code' | 'offline' | 'no-server-here' }
  | { readonly ok: false; readonly reason: 'other-server'; readonly origin: string };

export type JoinOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'offline' | 'invitation-refused' | 'signups-closed' | 'too-many-tries' | 'refused';
    };

// --- my data ---------------------------------------------------------------------------------------------------

/** A file the browser keeps where the person says. The name tells nothing of what is in it. */
export type ExportFile = { readonly name: string; readonly content: Blob; readonly entries: number };

export type ImportReport = {
  /** Rows below the heading, bad ones among them. */
  readonly rows: number;
  /** Moments that would be new. */
  readonly entries: number;
  /** Moments that an earlier import brought in already. */
  readonly alreadyHere: number;
  readonly firstDay: LocalDay | null;
  readonly lastDay: LocalDay | null;
  readonly withNotes: number;
  /** Each name of a mood in the file. `suggested`: valence −1…+1 for the five standard ones, else null. */
  readonly moods: readonly {
    readonly name: string;
    readonly rows: number;
    readonly suggested: number | null;
  }[];
  /** `row` counts from 1 as a spreadsheet does, the heading being row 1. */
  readonly bad: readonly { readonly row: number; readonly reason: BadRowReason }[];
};

export type ImportRead =
  | { readonly ok: true; readonly report: ImportReport }
  | { readonly ok: false; readonly reason: 'not-daylio' | 'empty' | 'too-large' | 'unreadable' };

export type ImportChoices = {
  /** Valence −1…+1 by the mood's name; null: keep the word, no point on the sea. */
  readonly valenceByMood: ReadonlyMap<string, number | null>;
  /** IANA zone in which the file's times are meant. */
  readonly zone: string;
};

/** `no-room`: the device is full; what was brought in until then is kept and can be undone. */
export type ImportOutcome =
  | { readonly ok: true; readonly id: string; readonly added: number; readonly alreadyHere: number }
  | { readonly ok: false; readonly reason: 'no-room'; readonly id: string; readonly added: number };

export type PastImport = { readonly id: string; readonly at: number; readonly entries: number };

/** What this browser holds. Everything `sealed` opens only after unlocking. */
export type KeptHere = {
  readonly what:
    | 'entries'
    | 'cache'
    | 'logs'
    | 'receipts'
    | 'locks'
    | 'draft'
    | 'locked-notes'
    | 'open-plan'
    | 'settings'
    | 'help-numbers'
    | 'appearance'
    | 'app-files';
  readonly sealed: boolean;
  /** How many, where that can be counted. */
  readonly count: number | null;
};

// --- about -----------------------------------------------------------------------------------------------------

export type About = {
  readonly version: string;
  /** SHA-256 of the build's manifest, in hex; null while developing. */
  readonly build: string | null;
  /** A few words that stand for the build, to compare by voice. */
  readonly buildWords: readonly string[];
};

// --- put together ----------------------------------------------------------------------------------------------

export type MeState = {
  /** False until the device has been read for the first time: what stands beside it says nothing then. */
  readonly known: boolean;
  readonly lock: LockState;
  /** This one first, removed ones last. */
  readonly devices: readonly KnownDevice[];
  readonly kit: KitState;
  readonly server: ServerState;
  /** `kept`: the browser promised not to empty this site by itself. */
  readonly storage: 'kept' | 'may-be-emptied' | 'unknown';
  readonly imports: readonly PastImport[];
};

/** `later`: signed on this device, and told to the server when it is reached again. `refused`: nothing was removed. */
export type DeviceRemoval = 'told' | 'later' | 'refused';

export interface Me {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => MeState;

  readonly changeLock: (choice: LockChoice) => Promise<ChangeLockOutcome>;
  readonly setAutoLock: (minutes: AutoLockMinutes) => Promise<void>;
  /** On: it locks sooner and when it goes out of sight, and “no lock” is not offered. */
  readonly setShared: (on: boolean) => Promise<void>;
  readonly setLockOnHide: (on: boolean) => Promise<void>;

  /** Takes the code a new device shows (scanned, pasted or typed) and seals the diary's root to it. */
  readonly answerLink: (text: string, how: CodeCame, deviceName: string) => Promise<AnswerLinkOutcome>;
  readonly renameDevice: (dev: DeviceId, name: string) => Promise<void>;
  readonly removeDevice: (dev: DeviceId) => Promise<DeviceRemoval>;

  /** A new kit; an older one stops being the one that is asked for, and still opens. */
  readonly makeKit: () => Promise<Kit>;
  /** Three words were given back. */
  readonly confirmKit: () => Promise<void>;

  readonly findServer: () => Promise<ServerAtHand>;
  /** Takes `<origin>/#join/<code>` or the code alone. */
  readonly readInvitation: (text: string, how: CodeCame) => Promise<InvitationRead>;
  /** `code` null where signing up is open. The diary goes up afterwards, seen in `read().server`. */
  readonly join: (code: string | null) => Promise<JoinOutcome>;
  readonly pauseSync: () => Promise<void>;
  readonly resumeSync: () => Promise<void>;
  /** Asks the browser to keep this site's storage. */
  readonly askToKeepStorage: () => Promise<void>;

  readonly exportEverything: (onProgress: OnProgress) => Promise<ExportFile>;
  readonly readImport: (file: File) => Promise<ImportRead>;
  /** Of the file read last. */
  readonly bringIn: (choices: ImportChoices, onProgress: OnProgress) => Promise<ImportOutcome>;
  readonly undoImport: (id: string, onProgress: OnProgress) => Promise<{ readonly removed: number }>;
  readonly keptHere: () => Promise<readonly KeptHere[]>;

  readonly about: () => Promise<About>;
}

// --- arriving on a new device (nothing is kept yet) --------------------------------------------------------------

export type StartLinkOutcome =
  | {
      readonly ok: true;
      /** `<origin>/#link/<108 characters>`: what the QR code holds. */
      readonly link: string;
      /** The 108 characters, for typing. */
      readonly code: string;
      readonly expires: number;
    }
  | { readonly ok: false; readonly reason: 'offline' | 'no-server-here' };

/** `expired`: five minutes went by. `tampered`: what came does not open. `stopped`: the person went back. */
export type LinkArrival =
  | { readonly ok: true; readonly words: readonly string[]; readonly entries: number }
  | { readonly ok: false; readonly reason: 'expired' | 'tampered' | 'offline' | 'stopped' };

/** The words of a kit, looked at without the network. `unknown` are those not on the list, as typed. */
export type KitWordsRead =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'count'; readonly found: number }
  | { readonly ok: false; readonly reason: 'unknown'; readonly unknown: readonly string[] }
  | { readonly ok: false; readonly reason: 'checksum' };

/**
 * `not-found`: this server knows no such kit. `behind-kit`: the server shows an older state than the kit was
 * printed with. `other-server`: the app cannot reach another server than its own; open it at that address.
 */
export type FindDiaryOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason:
        | 'not-found'
        | 'offline'
        | 'no-server-here'
        | 'other-server'
        | 'behind-kit'
        | 'tampered'
        | 'newer-app-needed'
        | 'too-many-tries';
    };

export type ArriveOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'cancelled' | 'no-passkey' | 'no-storage' | 'offline' | 'too-many-devices';
    };

/** A backup file as it lies there: nothing of it is open yet. */
export type ReadBackupFile =
  | { readonly ok: true; readonly madeAt: number; readonly opensWith: readonly BackupWay[] }
  | { readonly ok: false; readonly reason: BackupFault | 'other-diary' | 'no-file' };

export type BackupSecret =
  | { readonly way: 'recovery'; readonly words: string }
  | { readonly way: 'passphrase'; readonly passphrase: string };

/**
 * `entries`: what came out of the file and waits, sealed, for a lock. `already-here`: the diary lies locked on this
 * device; the secret opens it, and the file is not needed for that.
 */
export type OpenBackupOutcome =
  | { readonly ok: true; readonly entries: number; readonly unreadable: number }
  | { readonly ok: true; readonly alreadyHere: true }
  | {
      readonly ok: false;
      readonly reason: 'wrong-secret' | 'damaged' | 'newer-app-needed' | 'no-room' | 'no-storage';
    };

/** For the pages shown while the session is at `welcome`. After `accept` or `restore` the session is open. */
export interface Arrival {
  readonly startLink: () => Promise<StartLinkOutcome>;
  /** Resolves when the old device has answered. Nothing is stored yet. */
  readonly awaitLink: () => Promise<LinkArrival>;
  /** "Same words" was tapped. */
  readonly acceptLink: (beginning: Beginning) => Promise<ArriveOutcome>;
  /** "Not the same", or the person went back: what came is forgotten. */
  readonly dropLink: () => void;

  /** `text`: the 24 words, or what the kit's QR code holds. */
  readonly readKitWords: (text: string) => Promise<KitWordsRead>;
  /** `words` as for `readKitWords`; `server` null: this page's own, or the one in the code. */
  readonly findDiary: (kit: {
    readonly words: string;
    readonly server: string | null;
  }) => Promise<FindDiaryOutcome>;
  readonly restore: (beginning: Beginning) => Promise<ArriveOutcome>;

  readonly readBackupFile: (file: Blob) => Promise<ReadBackupFile>;
  /** Of the file read last. Every envelope is verified, opened and stored; there is no diary here before `settleBackup`. */
  readonly openBackup: (secret: BackupSecret, onProgress: OnProgress) => Promise<OpenBackupOutcome>;
  readonly settleBackup: (beginning: Beginning) => Promise<ArriveOutcome>;
  /** The person went back: nothing of the file stays. */
  readonly dropBackup: () => Promise<void>;
}
