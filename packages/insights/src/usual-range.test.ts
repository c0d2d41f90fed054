import { expect, test } from 'vitest';
import { leastDaysForRange, usualRange } from './usual-range.ts';

test('nothing is called usual before there are fourteen days', () => {
  const days = (count: number) => Array.from({ length: count }, (_, day) => ({ day, mean: day }));
  expect(usualRange(days(leastDaysForRange - 1))).toBeNull();
  expect(usualRange(days(11).concat(days(10)))).not.toBeNull();
  expect(usualRange(Array.from({ length: 101 }, (_, day) => ({ day, mean: day })))).toEqual({
    low: 10,
    high: 90,
  });
});

test('percentiles are those of type 7', () => {
  // Computed independently with NumPy 2.4.6: numpy.percentile(…, [10, 90]).
  const days = [-0.5, 0.2, 0.7, 0.1, -0.3, 0.4, 0, 0.6, -0.1, 0.3, 0.5, -0.2, 0.15, 0.35, 0.9].map(
    (mean, day) => ({ day, mean }),
  );
  const range = usualRange(days);
  expect(range?.low).toBeCloseTo(-0.26, 10);
  expect(range?.high).toBeCloseTo(0.6599999999999999, 10);
});
