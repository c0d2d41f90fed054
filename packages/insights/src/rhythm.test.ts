import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber } from './day-range.ts';
import { byHours, byWeekday } from './rhythm.ts';

test('Mondays are held against Mondays', () => {
  // 13 and 20 July 2026 are Mondays, 15 July is a Wednesday. (−0.4 + 0.2) / 2 = −0.1, by hand.
  const found = byWeekday([
    { day: dayNumber('2026-07-13'), mean: -0.4 },
    { day: dayNumber('2026-07-15'), mean: 0.5 },
    { day: dayNumber('2026-07-20'), mean: 0.2 },
  ]);
  expect(found.map(({ count }) => count)).toEqual([2, 0, 1, 0, 0, 0, 0]);
  expect(found[0]?.mean).toBeCloseTo(-0.1);
  expect(found[1]?.mean).toBeNull();
});

test('the night ends at three and the evening at nine', () => {
  const found = byHours([
    { hour: 0, number: -1 },
    { hour: 2, number: 0 },
    { hour: 3, number: 0.5 },
    { hour: 18, number: 0.2 },
    { hour: 20, number: 0.4 },
    { hour: 21, number: 1 },
    { hour: 23, number: 0 },
  ]);
  expect(found.map(({ count }) => count)).toEqual([2, 1, 0, 0, 0, 0, 2, 2]);
  expect(found.map(({ mean }) => mean)).toEqual([
    -0.5,
    0.5,
    null,
    null,
    null,
    null,
    expect.closeTo(0.3),
    0.5,
  ]);
  expect(found[6]).toMatchObject({ from: 18, to: 21 });
});

test('every check-in is in one part of the day, and no mean leaves what was said', () => {
  const said = fc.array(
    fc.record({ hour: fc.integer({ min: 0, max: 23 }), number: fc.double({ min: -1, max: 1, noNaN: true }) }),
  );
  fc.assert(
    fc.property(said, (list) => {
      const found = byHours(list);
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
      return found.every(({ mean, count }) => (mean === null ? count === 0 : Math.abs(mean) <= 1 + 1e-9));
    }),
  );
});
