import { expect, test } from 'vitest';
import { duePlans, nextDay } from './plan.ts';

test('a questionnaire never answered is asked for on the day that was chosen', () => {
  expect(nextDay(14, null, '2027-03-18')).toBe('2027-03-18');
});

test('one answered lately is asked for when the days have gone by since then', () => {
  expect(nextDay(7, '2027-03-18', '2027-03-18')).toBe('2027-03-25');
  expect(nextDay(14, '2027-03-10', '2027-03-18')).toBe('2027-03-24');
});

test('one answered long ago is asked for today, not on a day that has passed', () => {
  expect(nextDay(28, '2026-10-01', '2027-03-18')).toBe('2027-03-18');
});

test('what has waited longest stands first, and nothing is due a day early', () => {
  const plans = [
    { instrument: 'gad-7', everyDays: 14, from: '2027-03-18' },
    { instrument: 'phq-9', everyDays: 14, from: '2027-03-11' },
    { instrument: 'k10', everyDays: 28, from: '2027-03-19' },
  ] as const;
  expect(duePlans(plans, '2027-03-18').map(({ instrument }) => instrument)).toEqual(['phq-9', 'gad-7']);
});
