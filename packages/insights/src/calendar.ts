/** Days laid out in weeks, Monday first (ISO 8601): a month as a calendar, a year as squares. */
import { type LocalDay, addDays } from '@evenkeel/journal';
import { type DayNumber, type DayRange, dayNumber, dayOfNumber } from './day-range.ts';

/** Seven places, Monday to Sunday; null where the week reaches beyond the range. */
export type Week = readonly (LocalDay | null)[];

/** 0 Monday … 6 Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export const WEEKDAYS: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];

export function weekdayOf(day: DayNumber): Weekday {
  // 1 January 1970 was a Thursday.
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? 0;
}

/** Every week that the range touches, in order. */
export function weeksOf({ first, last }: DayRange): readonly Week[] {
  const [start, end] = [dayNumber(first), dayNumber(last)];
  const monday = start - weekdayOf(start);
  const count = Math.max(0, Math.floor((end - monday) / 7) + 1);
  return Array.from({ length: count }, (_, week) =>
    WEEKDAYS.map((weekday) => {
      const day = monday + 7 * week + weekday;
      return day < start || day > end ? null : dayOfNumber(day);
    }),
  );
}

/** The whole calendar month that a day lies in. */
export function monthOf(day: LocalDay): DayRange {
  const first = `${day.slice(0, 8)}01`;
  return { first, last: addDays(`${addDays(first, 31).slice(0, 8)}01`, -1) };
}

/** The same day of the month before or after (`count` months on), or that month's last day where it is shorter. */
export function addMonths(day: LocalDay, count: number): LocalDay {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const months = year * 12 + (month - 1) + count;
  const first = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  const { last } = monthOf(first);
  const same = `${first.slice(0, 8)}${day.slice(8)}`;
  return same > last ? last : same;
}

/** The year that ends with a day: it begins on the Monday 52 weeks before that day's week. */
export function yearUpTo(last: LocalDay): DayRange {
  const end = dayNumber(last);
  return { first: dayOfNumber(end - weekdayOf(end) - 52 * 7), last };
}
