import { expect, test } from 'vitest';
import { dailyAmounts, weeklyAmounts } from './amounts.ts';
import { dayNumber } from './day-range.ts';

test('a week adds up what was said of it, and silence is not a day without', () => {
  // 13 July 2026 is a Monday. 2.3 + 2.3 on one day, none on another, five days unsaid; then the next week. By hand.
  const days = dailyAmounts([
    { day: '2026-07-20', number: 1 },
    { day: '2026-07-14', number: 2.3 },
    { day: '2026-07-14', number: 2.3 },
    { day: '2026-07-19', number: 0 },
  ]);
  expect(days).toEqual([
    { day: dayNumber('2026-07-14'), amount: 4.6 },
    { day: dayNumber('2026-07-19'), amount: 0 },
    { day: dayNumber('2026-07-20'), amount: 1 },
  ]);
  expect(weeklyAmounts(days)).toEqual([
    { monday: dayNumber('2026-07-13'), amount: 4.6, daysSaid: 2, daysWithout: 1 },
    { monday: dayNumber('2026-07-20'), amount: 1, daysSaid: 1, daysWithout: 0 },
  ]);
  expect(weeklyAmounts([])).toEqual([]);
});
