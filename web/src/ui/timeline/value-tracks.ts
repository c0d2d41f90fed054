import { dailyMeans, isWithin, meanOf, weeklyLine } from '@evenkeel/insights';
import type { DailyMean, DayRange } from '@evenkeel/insights';
import type { ShownMoment } from './shown-moment.ts';

/** How close somebody was to one of their values, over time. Closeness is 0–10; higher is closer. */
export type ValueTrack = {
  readonly value: string;
  /** The text it had last. */
  readonly text: string;
  /** In order of time. */
  readonly points: readonly { readonly moment: ShownMoment; readonly closeness: number }[];
  readonly line: readonly (readonly DailyMean[])[];
  /** Mean of the days. */
  readonly mean: number;
};

/** The values answered in the range, those answered most often first. `moments` in order of time. */
export function valueTracks(moments: readonly ShownMoment[], range: DayRange): readonly ValueTrack[] {
  const byValue = new Map<string, { text: string; points: { moment: ShownMoment; closeness: number }[] }>();
  for (const moment of moments) {
    if (!isWithin(moment.day, range)) continue;
    for (const { value, text, closeness } of moment.values ?? []) {
      const track = byValue.get(value) ?? { text, points: [] };
      track.text = text;
      track.points.push({ moment, closeness });
      byValue.set(value, track);
    }
  }
  return [...byValue]
    .map(([value, { text, points }]) => {
      const means = dailyMeans(
        points.map(({ moment, closeness }) => ({ day: moment.day, number: closeness })),
      );
      return { value, text, points, line: weeklyLine(means), mean: meanOf(means) ?? 0 };
    })
    .toSorted((a, b) => b.points.length - a.points.length || (a.text < b.text ? -1 : 1));
}
