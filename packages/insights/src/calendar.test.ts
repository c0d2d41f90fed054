import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonths, monthOf, weekdayOf, weeksOf, yearUpTo } from './calendar.ts';
import { dayNumber, dayOfNumber, daysIn } from './day-range.ts';

test('a month is laid out in weeks from Monday, with blanks where it does not reach', () => {
  // By hand, from a printed calendar: 1 July 2026 is a Wednesday, 31 July a Friday.
  const weeks = weeksOf(monthOf('2026-07-14'));
  expect(weeks).toHaveLength(5);
  expect(weeks[0]).toEqual([
    null,
    null,
    '2026-07-01',
    '2026-07-02',
    '2026-07-03',
    '2026-07-04',
    '2026-07-05',
  ]);
  expect(weeks[4]).toEqual([
    '2026-07-27',
    '2026-07-28',
    '2026-07-29',
    '2026-07-30',
    '2026-07-31',
    null,
    null,
  ]);
});

test('months end where they end, in leap years too', () => {
  expect(monthOf('2024-02-10')).toEqual({ first: '2024-02-01', last: '2024-02-29' });
  expect(monthOf('2100-02-10').last).toBe('2100-02-28');
  expect(monthOf('2026-12-31')).toEqual({ first: '2026-12-01', last: '2026-12-31' });
});

test('a month on from the 31st is the last day of a shorter month', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
  expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
});

test('a year of squares begins on a Monday and is 53 weeks with the one that is running', () => {
  const range = yearUpTo('2026-07-14');
  expect(weekdayOf(dayNumber(range.first))).toBe(0);
  expect(weeksOf(range)).toHaveLength(53);
  expect(daysIn(range)).toBe(52 * 7 + 2);
});

test('weeks hold every day of the range once, in order, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10_957, max: 40_000 }),
      fc.integer({ min: 0, max: 500 }),
      (start, length) => {
        const weeks = weeksOf({ first: dayOfNumber(start), last: dayOfNumber(start + length) });
        const days = weeks.flat().flatMap((day) => day ?? []);
        expect(days).toEqual(Array.from({ length: length + 1 }, (_, index) => dayOfNumber(start + index)));
        expect(weeks.every((week) => week.length === 7)).toBe(true);
        expect(
          weeks.every((week) => week.every((day, at) => day === null || weekdayOf(dayNumber(day)) === at)),
        ).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});
