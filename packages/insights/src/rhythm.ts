/** Means by the day of the week and by the hour: whether Mondays differ, or mornings. */
import { type DailyMean, meanOf } from './daily-means.ts';
import { WEEKDAYS, type Weekday, weekdayOf } from './calendar.ts';

/** `mean` is null where nothing was said. `count`: what it is the mean of. */
export type WeekdayMean = {
  readonly weekday: Weekday;
  readonly mean: number | null;
  /** Days. */
  readonly count: number;
};

/** Monday to Sunday, all seven. Each day weighs the same, however often somebody wrote on it. */
export function byWeekday(means: readonly DailyMean[]): readonly WeekdayMean[] {
  const groups = Map.groupBy(means, ({ day }) => weekdayOf(day));
  return WEEKDAYS.map((weekday) => {
    const ofDay = groups.get(weekday) ?? [];
    return { weekday, mean: meanOf(ofDay), count: ofDay.length };
  });
}

/** Something said at an hour on the person's wall clock, 0–23. */
export type SaidAt = { readonly hour: number; readonly number: number };

export type HoursMean = {
  /** First hour and the hour it ends before: 6 and 9 are 6:00 to 8:59. */
  readonly from: number;
  readonly to: number;
  readonly mean: number | null;
  /** Check-ins. */
  readonly count: number;
};

const HOURS_TOGETHER = 3;

/**
 * The eight parts of a day, three hours each from midnight on. Single hours would hold too little to say
 * anything. What is known to the day alone has no hour and is not among `said`.
 */
export function byHours(said: readonly SaidAt[]): readonly HoursMean[] {
  const sums = Array.from({ length: 24 / HOURS_TOGETHER }, () => ({ sum: 0, count: 0 }));
  for (const { hour, number } of said) {
    const part = sums[Math.floor(hour / HOURS_TOGETHER)];
    if (part === undefined) continue;
    part.sum += number;
    part.count += 1;
  }
  return sums.map(({ sum, count }, index) => ({
    from: index * HOURS_TOGETHER,
    to: (index + 1) * HOURS_TOGETHER,
    mean: count === 0 ? null : sum / count,
    count,
  }));
}
