/** Reminders in words: when, on which days, and what they open. */
import { INSTRUMENT_IDS, scaleOf } from '@evenkeel/instruments';
import type { HeldReminder, ReminderDays, ReminderTarget } from '@evenkeel/journal';
import type { I18n } from '@lingui/core';
import type { useLists } from '../../session/session-context.tsx';
import type { Text } from '../../i18n/use-text.ts';
import { messages, partMessages } from './messages.ts';

type OwnLists = Pick<ReturnType<typeof useLists>, 'tracker' | 'medication'>;

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

/** “a check-in”, “the check-in at ‘Sleep’” or at one tracker, “PHQ-9”. `lists`: what trackers and medicines are called. */
export function targetInWords(text: Text, opens: ReminderTarget, lists: OwnLists): string {
  switch (opens.what) {
    case 'check-in':
      return text(messages.opensCheckIn);
    case 'part': {
      const item = itemsOf(lists).find(({ id }) => id === opens.item);
      return text(messages.opensPart, { part: item?.text ?? text(partMessages[opens.part]) });
    }
    case 'review':
      return text(messages.opensReview);
    case 'questionnaire': {
      const known = INSTRUMENT_IDS.find((id) => id === opens.instrument);
      return known === undefined ? opens.instrument : scaleOf(known).title;
    }
  }
}

/** What there can be a reminder of by itself. */
export function itemsOf({ tracker, medication }: OwnLists) {
  return [
    ...tracker.map((one) => ({ ...one, part: 'trackers' as const })),
    ...medication.map((one) => ({ ...one, part: 'medication' as const })),
  ].filter(({ archived }) => !archived);
}

/** Where a touch on the reminder leads. */
export function addressOf({ opens }: Pick<HeldReminder, 'opens'>): string {
  switch (opens.what) {
    case 'check-in':
      return '/?check-in';
    case 'part':
      return `/?check-in=${opens.part}${opens.item === undefined ? '' : `:${opens.item}`}`;
    case 'review':
      return '/me/values/review';
    case 'questionnaire':
      return `/questionnaires/${opens.instrument}/answer`;
  }
}
