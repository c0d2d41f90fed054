/** Days that are already summed up, as one side of the sea or by the month. */
import type { DaySummary, LocalDay } from '@evenkeel/journal';
import { type DailyMean, meanOf } from './daily-means.ts';
import { type DayRange, dayNumber, isWithin } from './day-range.ts';

/** How pleasant, or how much energy. */
export type Side = 'valence' | 'arousal';

/** One side of the days that have it, −1…+1, in the order of the days. */
export function sideMeans(days: readonly DaySummary[], side: Side, range?: DayRange): readonly DailyMean[] {
  return days.flatMap(({ day, [side]: mean }) =>
    mean === undefined || (range && !isWithin(day, range)) ? [] : [{ day: dayNumber(day), mean }],
  );
}

/** A calendar month in which anything was written, and the mean of its days with a mood, −1…+1. */
export type MonthOfDays = {
  /** Its first day. */
  readonly month: LocalDay;
  /** Days with an entry. */
  readonly days: number;
  readonly valence?: number;
  readonly arousal?: number;
};

/** Newest first. A month without an entry is not in the list. */
export function byMonth(days: readonly DaySummary[]): readonly MonthOfDays[] {
  const months = Map.groupBy(days, ({ day }) => `${day.slice(0, 7)}-01`);
  return [...months]
    .map(([month, ofMonth]) => {
      const [valence, arousal] = [
        meanOf(sideMeans(ofMonth, 'valence')),
        meanOf(sideMeans(ofMonth, 'arousal')),
      ];
      return {
        month,
        days: ofMonth.length,
        ...(valence !== null && { valence }),
        ...(arousal !== null && { arousal }),
      };
    })
    .toSorted((a, b) => (a.month < b.month ? 1 : -1));
}
