import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dailyMeans, meanOf, onSameDays } from './daily-means.ts';
import { dayOfNumber } from './day-range.ts';

test('three entries on one day weigh as much as one on another', () => {
  const means = dailyMeans([
    { day: '2026-07-02', number: 1 },
    { day: '2026-07-01', number: -1 },
    { day: '2026-07-01', number: 0 },
    { day: '2026-07-01', number: -0.5 },
  ]);
  // Computed independently with Python 3.11, statistics.fmean: of −1, 0 and −0.5; then of −0.5 and 1, day by day.
  expect(means.map(({ mean }) => mean)).toEqual([-0.5, 1]);
  expect(meanOf(means)).toBe(0.25);
});

test('order makes no difference, and a mean stays within what was said', () => {
  const said = fc.array(
    fc.record({
      day: fc.integer({ min: 20_000, max: 20_030 }).map(dayOfNumber),
      number: fc.double({ min: -1, max: 1, noNaN: true }),
    }),
  );
  fc.assert(
    fc.property(said, (list) => {
      const means = dailyMeans(list);
      expect(dailyMeans(list.toReversed()).map(({ day }) => day)).toEqual(means.map(({ day }) => day));
      return means.every(({ mean }) => Math.abs(mean) <= 1 + 1e-9);
    }),
  );
  expect(dailyMeans([])).toEqual([]);
  expect(meanOf([])).toBeNull();
});

test('one is held against another on the days that both speak of', () => {
  const mood = [
    { day: 1, mean: 0.5 },
    { day: 2, mean: -0.25 },
    { day: 4, mean: 1 },
  ];
  const close = [2, 3, 4].map((day) => ({ day, mean: 7 }));
  // Days 2 and 4: (−0.25 + 1) / 2 = 0.375, by hand.
  expect(meanOf(onSameDays(mood, close))).toBe(0.375);
  expect(onSameDays(mood, [])).toEqual([]);
});
