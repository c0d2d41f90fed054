import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber, dayOfNumber, daysIn, rangeOf } from './day-range.ts';

test('a day keeps its number through leap years and summer time', () => {
  expect(dayNumber('2024-03-01') - dayNumber('2024-02-28')).toBe(2);
  expect(dayNumber('2026-03-30') - dayNumber('2026-03-29')).toBe(1);
  fc.assert(
    fc.property(
      fc.integer({ min: 10_957, max: 40_000 }),
      (number) => dayNumber(dayOfNumber(number)) === number,
    ),
  );
});

test('thirty days are thirty days, today among them', () => {
  expect(rangeOf([], 30, '2026-07-14')).toEqual({ first: '2026-06-15', last: '2026-07-14' });
  expect(daysIn(rangeOf([], 90, '2026-07-14'))).toBe(90);
});

test('all begins with the first entry, and is never shorter than a week', () => {
  expect(rangeOf(['2026-05-02', '2024-01-31'], 'all', '2026-07-14').first).toBe('2024-01-31');
  expect(daysIn(rangeOf(['2026-07-14'], 'all', '2026-07-14'))).toBe(7);
  expect(daysIn(rangeOf([], 'all', '2026-07-14'))).toBe(7);
});
