/** What the screens of reminders may know and ask. The rules of contract.ts hold. */
import type { HeldReminder, ReminderSetting } from '@evenkeel/journal';
import type { ListOutcome } from './contract.ts';

/** A reminder with its next ring, milliseconds UTC; null when it is off, or silent for two months. */
export type ShownReminder = HeldReminder & { readonly next: number | null };

/** What a person says of a reminder. The zone, the first day and its pause follow from when they say it. */
export type ReminderWish = Pick<
  ReminderSetting,
  'text' | 'times' | 'days' | 'opens' | 'quiet' | 'easesOff' | 'on'
>;

/** Whether reminders wake this device. `install-first`: this browser does it for an installed app alone. */
export type Waking = 'no-server' | 'impossible' | 'install-first' | 'forbidden' | 'off' | 'on';

export type WakeOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'forbidden' | 'offline' | 'refused' };

export interface Reminders {
  readonly subscribe: (listener: () => void) => () => void;
  readonly list: () => readonly ShownReminder[];
  /** The newest that rang in the last two days, was not answered and not put away; null when there is none. */
  readonly due: () => HeldReminder | null;
  /** Whether all of the diary is open, so that what is not in the list is nowhere. Told like a change of the list. */
  readonly isWhole: () => boolean;
  readonly add: (wish: ReminderWish) => Promise<ListOutcome>;
  readonly change: (id: string, wish: ReminderWish) => Promise<ListOutcome>;
  /** Deletes it for good, with its history. */
  readonly remove: (id: string) => Promise<void>;
  /** Silent until `days` days from today; 0 ends a pause. */
  readonly pause: (ids: readonly string[], days: number) => Promise<void>;
  readonly turnOff: (id: string) => Promise<void>;
  /** What rang until now is not shown on this device any more. */
  readonly waking: () => Promise<Waking>;
  /** Asks the browser, and leaves the moments of the next two months with the server. */
  readonly wake: () => Promise<WakeOutcome>;
  /** Takes them back. */
  readonly stopWaking: () => Promise<WakeOutcome>;
  readonly putAway: () => Promise<void>;
}
