/** Reminders in words: when, on which days, and what they open. */
import { INSTRUMENT_IDS, scaleOf } from '@evenkeel/instruments';
import type { HeldReminder, ReminderDays, ReminderTarget } from '@evenkeel/journal';
import type { I18n } from '@lingui/core';
import type { Text } from '../../i18n/use-text.ts';
import { messages, partMessages } from './messages.ts';

/** 1 Monday – 7 Sunday. */
export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** 1 January 2001 was a Monday. */
const MONDAY = Date.UTC(2001, 0, 1);
const DAY_MS = 86_400_000;

export function weekdayName(i18n: I18n, day: number, width: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(i18n.locale, { weekday: width, timeZone: 'UTC' }).format(
    MONDAY + (day - 1) * DAY_MS,
  );
}

/** “every day”, “Mon, Wed, Fri”, “every 3 days”. */
export function daysInWords(text: Text, i18n: I18n, days: ReminderDays): string {
  switch (days.rhythm) {
    case 'every':
      return text(messages.everyN, { n: days.count });
    case 'weekdays':
      if (days.on.length === WEEK.length) return text(messages.everyDay);
      return days.on.map((day) => weekdayName(i18n, day, 'short')).join(', ');
  }
}

/** “a check-in”, “the check-in at ‘Sleep’”, “PHQ-9”. */
export function targetInWords(text: Text, opens: ReminderTarget): string {
  switch (opens.what) {
    case 'check-in':
      return text(messages.opensCheckIn);
    case 'part':
      return text(messages.opensPart, { part: text(partMessages[opens.part]) });
    case 'questionnaire': {
      const known = INSTRUMENT_IDS.find((id) => id === opens.instrument);
      return known === undefined ? opens.instrument : scaleOf(known).title;
    }
  }
}

/** Where a touch on the reminder leads. */
export function addressOf({ opens }: Pick<HeldReminder, 'opens'>): string {
  switch (opens.what) {
    case 'check-in':
      return '/?check-in';
    case 'part':
      return `/?check-in=${opens.part}`;
    case 'questionnaire':
      return `/questionnaires/${opens.instrument}`;
  }
}
