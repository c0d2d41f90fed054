/** Amounts that add up over a week: units of alcohol, cigarettes, money. */
import { weekdayOf } from './calendar.ts';
import type { Said } from './daily-means.ts';
import { type DayNumber, dayNumber } from './day-range.ts';

export type AmountOfDay = { readonly day: DayNumber; readonly amount: number };

/** What was said of each day, added up; in order of time. A day somebody said “none” of is there, with 0. */
export function dailyAmounts(said: readonly Said[]): readonly AmountOfDay[] {
  const byDay = new Map<DayNumber, number>();
  for (const { day, number } of said) {
    const key = dayNumber(day);
    byDay.set(key, (byDay.get(key) ?? 0) + number);
  }
  return [...byDay].map(([day, amount]) => ({ day, amount })).toSorted((a, b) => a.day - b.day);
}

/** A week from Monday on. Days nothing was said of are in neither count: silence is not abstinence. */
export type AmountOfWeek = {
  readonly monday: DayNumber;
  readonly amount: number;
  readonly daysSaid: number;
  /** Days that were said to be without. */
  readonly daysWithout: number;
};

/** The weeks in which anything was said, in order of time. */
export function weeklyAmounts(days: readonly AmountOfDay[]): readonly AmountOfWeek[] {
  const weeks = Map.groupBy(days, ({ day }) => day - weekdayOf(day));
  return [...weeks]
    .map(([monday, ofWeek]) => ({
      monday,
      amount: ofWeek.reduce((sum, { amount }) => sum + amount, 0),
      daysSaid: ofWeek.length,
      daysWithout: ofWeek.filter(({ amount }) => amount === 0).length,
    }))
    .toSorted((a, b) => a.monday - b.monday);
}
