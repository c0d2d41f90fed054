/** An open diary on this device: the parts that every adapter in this folder works with. */
import type { DeviceStore, Replica } from '@evenkeel/replica';
import type { Holder, Vault } from '@evenkeel/vault';
import type { BackupBook } from './backup-book.ts';
import type { DeviceSettings } from './device-settings.ts';
import type { KeptForms } from './kept-forms.ts';

export type Opened = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: Holder;
  readonly replica: Replica;
  readonly settings: DeviceSettings;
  /** What lies in the last backup of this device. */
  readonly backups: BackupBook;
  /** What was begun in forms and not saved, beside what is written as a check-in. */
  readonly forms: KeptForms;
  /** Milliseconds UTC. */
  readonly now: () => number;
};

/** Fact: the server a restored or linked diary comes from, until it has answered for the first time. */
export const CAME_FROM = 'came-from';

/** Listeners, and a way to tell them after a change. */
export type Announcer = {
  readonly subscribe: (listener: () => void) => () => void;
  readonly announce: () => void;
};

export function createAnnouncer(): Announcer {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce() {
      for (const listener of listeners) listener();
    },
  };
}
