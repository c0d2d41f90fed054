import { dayNumber } from '@evenkeel/insights';
import type { DaySummary } from '@evenkeel/journal';
import { moodColour } from '../../ui/mood-colour.ts';

/** −1…+1, the middle marked. */
export const moodScale = { least: -1, most: 1, at: 0 };

/** The colour of each day, by its number: the same on every chart. */
export function dayColours(days: readonly DaySummary[]): (day: number) => string | undefined {
  const byDay = new Map(days.map((one) => [dayNumber(one.day), one]));
  return (day) => moodColour(byDay.get(day) ?? {}).css;
}
