import type { Substances } from '@evenkeel/journal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALENDAR_DAYS, spentIn, totalsOf, useCalendar } from './use-calendar.ts';

const pint = {
  id: 'a',
  substance: 'alc',
  text: 'alcohol',
  amount: 2,
  unit: 'pint',
  drink: { ml: 568, abv: 4 },
};
const smoked = { id: 'b', substance: 'tob', text: 'tobacco', amount: 5, unit: 'cigarettes' };
const said = new Map<string, readonly Substances[]>([
  ['2026-07-14', [{ uses: [pint] }, { uses: [smoked] }]],
  ['2026-07-13', [{ none: [{ substance: 'alc', text: 'alcohol', alcohol: true }] }]],
  ['2026-07-12', [{ nothing: true }]],
  ['2026-06-16', [{ uses: [{ ...pint, amount: 9 }] }]],
]);

test('the calendar is the last 28 days, oldest first', () => {
  const days = useCalendar(said, { kind: 'alcohol' }, '2026-07-14');
  expect(days).toHaveLength(CALENDAR_DAYS);
  expect(days[0]?.day).toBe('2026-06-17');
  expect(days.at(-1)?.day).toBe('2026-07-14');
});

test('a day without is an answer, and a day nothing was said of is none', () => {
  const days = useCalendar(said, { kind: 'alcohol' }, '2026-07-14').slice(-4);
  // 2 × 568 ml × 4 % ÷ 1000 = 4.544 units
  expect(days.map(({ amount }) => amount)).toEqual([null, 0, 0, 4.5]);
  expect(totalsOf(days)).toEqual({ with: 1, without: 2, unsaid: 1, amount: 4.5, most: 4.5 });
});

test('another substance is counted by itself, in its own unit', () => {
  const days = useCalendar(said, { kind: 'substance', id: 'tob', unit: 'cigarettes' }, '2026-07-14').slice(
    -3,
  );
  expect(days.map(({ amount }) => amount)).toEqual([0, null, 5]);
});

test('money is added up over the days in view, for what is counted alone', () => {
  const bought = new Map<string, readonly Substances[]>([
    ['2026-07-14', [{ uses: [{ ...pint, spent: 480 }] }, { uses: [{ ...smoked, spent: 1200 }] }]],
    ['2026-07-13', [{ uses: [pint] }, { uses: [{ ...pint, spent: 25 }] }]],
    ['2026-06-16', [{ uses: [{ ...pint, spent: 9999 }] }]],
  ]);
  expect(spentIn(bought, { kind: 'alcohol' }, '2026-07-14')).toBe(505);
  expect(spentIn(bought, { kind: 'substance', id: 'tob', unit: 'cigarettes' }, '2026-07-14')).toBe(1200);
  expect(spentIn(said, { kind: 'alcohol' }, '2026-07-14')).toBe(0);
});

test('what was noted in another unit is not added to it', () => {
  const grams = { ...smoked, amount: 30, unit: 'g' };
  const mixed = new Map([['2026-07-14', [{ uses: [smoked, grams] }]]]);
  for (const [unit, amount] of [
    ['cigarettes', 5],
    ['g', 30],
    ['packs', null],
  ] as const) {
    const days = useCalendar(mixed, { kind: 'substance', id: 'tob', unit }, '2026-07-14');
    expect(days.at(-1)?.amount, unit).toBe(amount);
  }
});

test('the days with, without and unsaid are always all days', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 400 }))), (amounts) => {
      const days = amounts.map((amount, i) => ({
        day: `2026-01-${i}`,
        amount: amount === null ? null : amount / 10,
      }));
      const totals = totalsOf(days);
      expect(totals.with + totals.without + totals.unsaid).toBe(days.length);
      expect(totals.most).toBeLessThanOrEqual(totals.amount + 0.05);
    }),
  );
});
