/** What matters to somebody, held against how close to it they lived. */
import { type DailyMean, type Said, dailyMeans, meanOf } from './daily-means.ts';
import { type DayRange, isWithin } from './day-range.ts';
import { weeklyLine } from './weekly-line.ts';

/** `importance`: how much it matters, 0–10. */
export type ValueMattering = { readonly id: string; readonly text: string; readonly importance: number };

/** `number`: closeness, 0 not at all – 10 fully. `value`: the id of what it is about. */
export type ClosenessSaid = Said & { readonly value: string };

export type ValueGap = ValueMattering & {
  /** Mean of the days on which it was answered, 0–10; null when it was not. */
  readonly closeness: number | null;
  /** Days on which it was answered. */
  readonly days: number;
  readonly means: readonly DailyMean[];
  readonly line: readonly (readonly DailyMean[])[];
};

/** In the order of importance; of two that matter the same, the one lived less close to comes first. */
export function valueGaps(
  values: readonly ValueMattering[],
  answers: readonly ClosenessSaid[],
  range: DayRange,
): readonly ValueGap[] {
  const byValue = Map.groupBy(
    answers.filter(({ day }) => isWithin(day, range)),
    ({ value }) => value,
  );
  return values
    .map((value) => {
      const means = dailyMeans(byValue.get(value.id) ?? []);
      return { ...value, closeness: meanOf(means), days: means.length, means, line: weeklyLine(means) };
    })
    .toSorted((a, b) => b.importance - a.importance || (a.closeness ?? 11) - (b.closeness ?? 11));
}
