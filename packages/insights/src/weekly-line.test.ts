import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weeklyLine } from './weekly-line.ts';

test('the 7-day mean looks back a week and no further', () => {
  const days = Array.from({ length: 10 }, (_, index) => ({ day: 100 + index, mean: index }));
  const [piece = []] = weeklyLine(days);
  // Computed independently with Python 3.11, fractions: the mean of all days d with day − 7 < d ≤ day.
  expect(piece.map(({ mean }) => mean)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6]);
});

test('days here and there weigh alike, and those of more than six days ago not at all', () => {
  const days = [
    { day: 1, mean: 0.4 },
    { day: 2, mean: -0.2 },
    { day: 5, mean: 0.9 },
    { day: 9, mean: 0.1 },
    { day: 12, mean: -0.6 },
    { day: 20, mean: 0.3 },
  ];
  // Computed independently with Python 3.11, fractions, as above.
  expect(weeklyLine(days).map((piece) => piece.map(({ day, mean }) => [day, mean]))).toEqual([
    [
      [1, 0.4],
      [2, expect.closeTo(0.1, 12)],
      [5, expect.closeTo(0.36666666666666664, 12)],
      [9, expect.closeTo(0.5, 12)],
      [12, expect.closeTo(-0.25, 12)],
    ],
  ]);
});

test('the line breaks over a week without entries and never enters a silent day', () => {
  const days = [1, 2, 3, 11, 12, 30].map((day) => ({ day, mean: 0 }));
  expect(weeklyLine(days).map((piece) => piece.map(({ day }) => day))).toEqual([
    [1, 2, 3],
    [11, 12],
  ]);
});

test('the 7-day mean stays between the least and the greatest day', () => {
  const means = fc.array(
    fc.record({ day: fc.integer({ min: 0, max: 400 }), mean: fc.double({ min: -1, max: 1, noNaN: true }) }),
    {
      maxLength: 120,
    },
  );
  fc.assert(
    fc.property(means, (list) => {
      const days = [...new Map(list.map((daily) => [daily.day, daily])).values()].toSorted(
        (a, b) => a.day - b.day,
      );
      const least = Math.min(...days.map(({ mean }) => mean));
      const greatest = Math.max(...days.map(({ mean }) => mean));
      const known = new Set(days.map(({ day }) => day));
      return weeklyLine(days)
        .flat()
        .every(({ day, mean }) => known.has(day) && mean >= least - 1e-9 && mean <= greatest + 1e-9);
    }),
  );
});
