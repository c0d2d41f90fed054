/** From open keys to an open diary. Fetched apart, since the first screen of an empty or locked device needs none of it. */
import { type DeviceStore, goOnAsNewDevice, isOlderCopy, openReplica } from '@evenkeel/replica';
import type { Holder, Vault } from '@evenkeel/vault';
import { createBackupBook } from './backup-book.ts';
import { openDeviceSettings } from './device-settings.ts';
import { openForms } from './kept-forms.ts';
import { type OpenDiary, openDiary } from './open-diary.ts';
import { meetAgain } from './meet-again.ts';
import { onceShared } from './once-shared.ts';
import { CAME_FROM, type Opened } from './opened.ts';

export { goOnAsNewDevice, isOlderCopy };

export type Entered = { readonly opened: Opened; readonly diary: OpenDiary };

/** Resolves when the newest entries can be shown. */
export async function enterDiary(open: {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: Holder;
  readonly now: () => number;
}): Promise<Entered> {
  const { vault, store } = open;
  const settings = await openDeviceSettings(vault, store);
  const [replica, forms] = await Promise.all([openReplica(open), openForms(open)]);
  const opened: Opened = { ...open, replica, settings, forms, backups: createBackupBook(store) };
  return { opened, diary: openDiary(opened) };
}

/** Says which entries lie in the last backup, and writes the file again that the app may write. */
export async function keepBackup(opened: Opened): Promise<void> {
  await opened.replica.opened;
  await opened.backups.load();
  const { backupsOf } = await import('./open-backups.ts');
  backupsOf(opened);
}

/** Connects to the server the diary has joined, if any, and keeps shares supplied with keys. */
export async function goOnline(opened: Opened): Promise<void> {
  const { replica, store, settings } = opened;
  const server = await store.server();
  const from = await store.readFact(CAME_FROM);
  const origin = server?.origin ?? (typeof from === 'string' ? from : null);
  if (origin !== null && !settings.read().paused) void replica.connect({ origin }).catch(() => undefined);
  meetAgain({
    subscribe: replica.subscribe,
    connection: () => replica.sync().connection,
    connect: async () => {
      const joined = (await store.server())?.origin ?? origin;
      if (joined !== null && !settings.read().paused) await replica.connect({ origin: joined });
    },
  });
  await replica.opened;
  onceShared(opened.replica, async () => {
    const { keepSharesSupplied } = await import('./keep-shares-supplied.ts');
    keepSharesSupplied(opened);
  });
}
