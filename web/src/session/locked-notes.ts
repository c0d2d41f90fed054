/** Entries written while locked, as the open diary meets them: taken in, and what has to be said of it. */
import { type TakenIn, forgetUnreadable, takeInNotes } from '@evenkeel/replica';
import type { Diary, LockedNotes } from './contract.ts';
import type { Opened } from './opened.ts';

/** Until the person has read it, over closing and opening. */
const UNREAD = 'inbox-key-changed';

export type OpenLockedNotes = Pick<Diary, 'lockedNotes' | 'lockedNotesRead'> & {
  readonly takeIn: () => Promise<void>;
};

export function openLockedNotes(opened: Opened, announce: () => void): OpenLockedNotes {
  const { store } = opened;
  let said: LockedNotes | null = null;
  return {
    async takeIn() {
      const taken: TakenIn = await takeInNotes(opened);
      if (taken.keyWasChanged) await store.keepFact(UNREAD, true);
      const keyWasChanged = (await store.readFact(UNREAD)) === true;
      if (taken.notes === 0 && taken.unreadable === 0 && !keyWasChanged) return;
      said = { ...taken, keyWasChanged };
      announce();
    },
    lockedNotes: () => said,
    async lockedNotesRead() {
      said = null;
      announce();
      await store.keepFact(UNREAD, false);
      await forgetUnreadable(opened);
    },
  };
}
