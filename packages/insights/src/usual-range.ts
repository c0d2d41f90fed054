import type { DailyMean } from './daily-means.ts';

/** Eight of ten days lie between `low` and `high`: the 10th and 90th percentile of the days with entries. */
export type UsualRange = { readonly low: number; readonly high: number };

/** Fewer days than this are not enough to call anything usual. */
export const leastDaysForRange = 14;

/** Null while there are too few days. Percentiles interpolate between neighbours (Hyndman and Fan 1996, type 7). */
export function usualRange(means: readonly DailyMean[]): UsualRange | null {
  if (means.length < leastDaysForRange) return null;
  const sorted = means.map(({ mean }) => mean).toSorted((a, b) => a - b);
  return { low: percentile(sorted, 0.1), high: percentile(sorted, 0.9) };
}

/** Of numbers in order; 0 of none. */
export function percentile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
