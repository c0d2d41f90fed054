import type { LocalDay } from '@evenkeel/journal';
import { type DayNumber, dayNumber } from './day-range.ts';

/** A number said on a day: the pleasantness of a mood, the closeness to a value. */
export type Said = { readonly day: LocalDay; readonly number: number };

/** The mean of what was said on one day. Days on which nothing was said are not in the list. */
export type DailyMean = { readonly day: DayNumber; readonly mean: number };

/** In order of time. Three entries on one day weigh as much as one on another. */
export function dailyMeans(said: readonly Said[]): readonly DailyMean[] {
  const byDay = new Map<DayNumber, { sum: number; count: number }>();
  for (const { day, number } of said) {
    const key = dayNumber(day);
    const sofar = byDay.get(key) ?? { sum: 0, count: 0 };
    byDay.set(key, { sum: sofar.sum + number, count: sofar.count + 1 });
  }
  return [...byDay]
    .map(([day, { sum, count }]) => ({ day, mean: sum / count }))
    .toSorted((a, b) => a.day - b.day);
}

/** The mean of the days, or null of none. */
export function meanOf(means: readonly DailyMean[]): number | null {
  return means.length === 0 ? null : means.reduce((sum, { mean }) => sum + mean, 0) / means.length;
}

/** Those of the days that the others hold too: what can be drawn one above the other. */
export function onSameDays(means: readonly DailyMean[], others: readonly DailyMean[]): readonly DailyMean[] {
  const days = new Set(others.map(({ day }) => day));
  return means.filter(({ day }) => days.has(day));
}
