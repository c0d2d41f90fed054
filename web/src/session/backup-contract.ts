/** What the screens may know and ask of backups. `open-backups.ts` stands behind it. The rules of contract.ts hold. */
import type { BackupFault, BackupWay } from '@evenkeel/replica';
import type { OnProgress } from './me-contract.ts';

export const REMIND_AFTER_DAYS = [7, 30, 90] as const;
export type RemindAfterDays = (typeof REMIND_AFTER_DAYS)[number] | null;

export type LastBackup = {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly bytes: number;
  /** Entries in it. */
  readonly entries: number;
  readonly opensWith: readonly BackupWay[];
  /** Entries that were written or changed since. */
  readonly newer: number;
};

/**
 * What the app may do with the file it was given. `asks`: the browser wants to ask the person again. `gone`: it is
 * not where it was. `full`: its disk is full. `failed`: any other refusal; the file from before lies there.
 */
export type KeptFile =
  | { readonly status: 'none' }
  | { readonly status: 'kept' | 'asks' | 'gone' | 'full' | 'failed'; readonly name: string };

export type BackupState = {
  readonly last: LastBackup | null;
  /** Entries of the diary now. */
  readonly entries: number;
  readonly file: KeptFile;
  /** Whether this browser lets the app write a file again by itself. */
  readonly canKeepFile: boolean;
  /** What would open a backup that is made now. Empty: nothing could, so none is made. */
  readonly opensWith: readonly BackupWay[];
  /** Of those made by hand. Null: never. */
  readonly remindAfterDays: RemindAfterDays;
  /**
   * Worth a line on Today; null: nothing is. `old`: a backup is. Where there is none, once there is much to lose:
   * `only-here`: nothing of it lies elsewhere; `closed`: a server has it, and nothing of the person's would open that.
   */
  readonly due: 'old' | 'only-here' | 'closed' | null;
};

/** `cancelled`: no file was chosen. `no-way`: neither kit nor passphrase could open it. The rest as in `KeptFile`. */
export type SaveBackupOutcome =
  | { readonly ok: true; readonly entries: number }
  | {
      readonly ok: false;
      readonly reason: 'cancelled' | 'no-way' | 'not-allowed' | 'gone' | 'no-room' | 'not-written';
    };

export type BackupTest =
  | {
      readonly ok: true;
      readonly madeAt: number;
      readonly opensWith: readonly BackupWay[];
      /** Of `opensWith`, what was replaced since by a newer kit or passphrase: the older one opens it. */
      readonly outdated: readonly BackupWay[];
      /** Entries of the diary that are in it as they are now, that have changed since, and that are newer than it. */
      readonly same: number;
      readonly changed: number;
      readonly missing: number;
      /** Sealed parts that did not open. */
      readonly unreadable: number;
    }
  | { readonly ok: false; readonly reason: BackupFault | 'other-diary' | 'no-file' | 'not-allowed' };

export type BringBackOutcome =
  | { readonly ok: true; readonly added: number; readonly unreadable: number }
  | { readonly ok: false; readonly reason: BackupFault | 'other-diary' | 'no-room' };

export interface Backups {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => BackupState;
  /** Looks again at the locks, which are changed elsewhere, and writes the kept file if anything is behind. */
  readonly look: () => Promise<void>;
  /** Asks where, writes the file, and keeps it up to date from then on. Must be called while a touch is answered. */
  readonly saveFile: (onProgress: OnProgress) => Promise<SaveBackupOutcome>;
  /** The same as a download. */
  readonly download: (onProgress: OnProgress) => Promise<SaveBackupOutcome>;
  /** Writes the kept file now, after asking the browser's leave where it wants that. */
  readonly writeNow: (onProgress: OnProgress) => Promise<SaveBackupOutcome>;
  /** The file stays; the app no longer writes it. */
  readonly letFileGo: () => Promise<void>;
  /** Opens the file again and holds it against the diary. `file` null: the one that is kept up to date. */
  readonly test: (file: Blob | null, onProgress: OnProgress) => Promise<BackupTest>;
  /** Merges a backup of this diary into it. */
  readonly bringBack: (file: Blob, onProgress: OnProgress) => Promise<BringBackOutcome>;
  readonly setReminder: (days: RemindAfterDays) => Promise<void>;
  /** Not now: in a week. */
  readonly remindLater: () => Promise<void>;
}
