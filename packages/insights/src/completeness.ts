import type { LocalDay } from '@evenkeel/journal';
import { type DayRange, daysIn, isWithin } from './day-range.ts';

/** “19 of 28 days”: how much of a stretch of time there is anything to say about. Not a score of the person. */
export type Completeness = { readonly daysWith: number; readonly days: number };

/** `days`: the days of the entries, in any order, each as often as it was written on. */
export function completeness(days: Iterable<LocalDay>, range: DayRange): Completeness {
  const within = new Set<LocalDay>();
  for (const day of days) if (isWithin(day, range)) within.add(day);
  return { daysWith: within.size, days: daysIn(range) };
}
