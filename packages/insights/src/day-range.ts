import { type LocalDay, noonOfDay } from '@evenkeel/journal';

/** A local day as a whole number, so that days can be subtracted: days since 1 January 1970. */
export type DayNumber = number;

const dayMs = 86_400_000;

export function dayNumber(day: LocalDay): DayNumber {
  return Math.floor(noonOfDay(day) / dayMs);
}

export function dayOfNumber(number: DayNumber): LocalDay {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** First and last local day of a stretch of time, both in it. */
export type DayRange = { readonly first: LocalDay; readonly last: LocalDay };

/** Days in the range, first and last counted. */
export function daysIn({ first, last }: DayRange): number {
  return Math.max(0, dayNumber(last) - dayNumber(first) + 1);
}

/** The last so many days, or all there are. */
export type RangeChoice = 30 | 90 | 365 | 'all';

/**
 * The days a timeline shows. It ends at `end`; "all" begins with the first moment. Never shorter than a week,
 * so that one entry is not a chart of its own.
 */
export function rangeOf(days: readonly LocalDay[], choice: RangeChoice, end: LocalDay): DayRange {
  const last = dayNumber(end);
  const earliest = days.reduce((least, day) => Math.min(least, dayNumber(day)), last);
  const first = choice === 'all' ? Math.min(earliest, last - 6) : last - choice + 1;
  return { first: dayOfNumber(first), last: end };
}

export function isWithin(day: LocalDay, { first, last }: DayRange): boolean {
  return day >= first && day <= last;
}
