import type { TrackerValue } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import { dayNumber } from './day-range.ts';
import { type LoggedOnDay, loggedNumbers, sidesOfNumber } from './logged-numbers.ts';

const july = { first: '2026-07-01', last: '2026-07-31' };
const first = dayNumber('2026-07-01');
const tracked = (day: string, tracker: string, text: string, said: TrackerValue): LoggedOnDay => ({
  day,
  trackers: [{ tracker, text, said }],
});
const numbersOf = (said: readonly LoggedOnDay[]) => loggedNumbers(said, july);

test('energy, symptoms and cravings are means of what was said on a day, on their own scales', () => {
  const found = numbersOf([
    {
      day: '2026-07-01',
      symptoms: {
        energy: 3,
        symptoms: [
          { id: 'h', text: 'Head', severity: 3, part: 'morning' },
          { id: 'h', text: 'Head', severity: 0, part: 'evening' },
        ],
      },
    },
    { day: '2026-07-02', symptoms: { cravings: [{ id: 'c', text: 'to smoke', strength: 8 }] } },
    { day: '2026-07-01', symptoms: { energy: 6 } },
    { day: '2026-07-03', symptoms: { symptoms: [{ id: 'h', text: 'Headache', severity: 1 }] } },
    { day: '2026-06-30', symptoms: { energy: 10 } },
  ]);
  // (3 + 6) / 2 = 4.5 and (3 + 0) / 2 = 1.5, by hand. June is not asked for, and the newest wording names it.
  expect(found).toEqual([
    {
      id: 'symptom:h',
      kind: 'symptom',
      text: 'Headache',
      unit: '',
      least: 0,
      most: 3,
      days: days(1.5, null, 1),
    },
    { id: 'energy', kind: 'energy', text: '', unit: '', least: 0, most: 10, days: days(4.5) },
    { id: 'craving:c', kind: 'craving', text: 'to smoke', unit: '', least: 0, most: 10, days: days(null, 8) },
  ]);
});

test('counts and minutes of a day add up, a rating is its mean, and yes on a day is yes', () => {
  const found = numbersOf([
    tracked('2026-07-01', 'a', 'Coffee', { shape: 'count', value: 2, unit: 'cups' }),
    tracked('2026-07-01', 'a', 'Coffee', { shape: 'count', value: 1, unit: 'cups' }),
    tracked('2026-07-02', 'a', 'Coffee', { shape: 'count', value: 0, unit: 'cups' }),
    tracked('2026-07-01', 'b', 'Outside', { shape: 'duration', value: 30 }),
    tracked('2026-07-01', 'b', 'Outside', { shape: 'duration', value: 45 }),
    tracked('2026-07-01', 'c', 'Calm', { shape: 'scale', value: 2, min: 1, max: 5 }),
    tracked('2026-07-01', 'c', 'Calm', { shape: 'scale', value: 5, min: 0, max: 5 }),
    tracked('2026-07-01', 'd', 'A break', { shape: 'yes-no', value: true }),
    tracked('2026-07-01', 'd', 'A break', { shape: 'yes-no', value: true }),
    tracked('2026-07-01', 'd', 'A break', { shape: 'yes-no', value: false }),
  ]);
  // By hand: 2 + 1 = 3 cups and 0; 30 + 45 = 75 minutes; (2 + 5) / 2 = 3.5; yes, yes and no are one yes.
  expect(found.map(({ text, unit, least, most, days: each }) => [text, unit, least, most, each])).toEqual([
    ['Coffee', 'cups', 0, 3, days(3, 0)],
    ['A break', '', 0, 1, days(1)],
    ['Calm', '', 0, 5, days(3.5)],
    ['Outside', '', 0, 75, days(75)],
  ]);
});

test('each choice is yes on the days it was chosen and no on those when another was', () => {
  const weather = (day: string, value: string) => tracked(day, 'w', 'Weather', { shape: 'choice', value });
  const found = numbersOf([
    weather('2026-07-01', 'sun'),
    weather('2026-07-01', 'rain'),
    weather('2026-07-02', 'rain'),
    weather('2026-07-04', 'sun'),
  ]);
  expect(found.map(({ text, kind, days: each }) => [text, kind, each])).toEqual([
    ['Weather: rain', 'yes-no', days(1, 1, null, 0)],
    ['Weather: sun', 'yes-no', days(1, 0, null, 1)],
  ]);
});

test('what was had is held against days without; any other number against its own middle day', () => {
  const sides = (kind: 'scale' | 'symptom', ...numbers: readonly number[]) => [
    ...sidesOfNumber({ kind, days: days(...numbers) }).values(),
  ];
  // Python 3.11, statistics.median: of 4, 1, 7, 4 it is 4; of 1, 3, 2 it is 2; of 5, 1, 2, 8 it is 3.5.
  expect(sides('scale', 4, 1, 7, 4)).toEqual([false, false, true, false]);
  expect(sides('scale', 1, 3, 2)).toEqual([false, true, false]);
  expect(sides('scale', 5, 1, 2, 8)).toEqual([true, false, false, true]);
  expect(sides('symptom', 1, 0, 3)).toEqual([true, false, true]);
  expect(sides('scale')).toEqual([]);
});

function days(...numbers: readonly (number | null)[]) {
  return numbers.flatMap((mean, index) => (mean === null ? [] : [{ day: first + index, mean }]));
}
