/** An open diary of a made-up person, as the adapters of this folder take it. */
import type { Somebody } from '@evenkeel/test-kit/somebody';
import { createBackupBook } from './backup-book.ts';
import { openDeviceSettings } from './device-settings.ts';
import { openForms } from './kept-forms.ts';
import type { Opened } from './opened.ts';

export async function openedBy(person: Somebody): Promise<Opened> {
  const { vault, store, holder, replica, clock } = person;
  return {
    vault,
    store,
    holder,
    replica,
    now: clock.now,
    settings: await openDeviceSettings(vault, store),
    forms: await openForms(person),
    backups: createBackupBook(store),
  };
}
