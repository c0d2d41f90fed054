import { dayNumber } from '@evenkeel/insights';
import { expect, test } from 'vitest';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { bodyFactors, loggedFactors, surroundingFactors } from './factors.ts';

const moment = (day: string, activities: readonly string[] = []): MomentFacts => ({
  day,
  hour: null,
  values: [],
  surroundings: { activities },
});

test('a word counts as not there on days it was offered and left, and on no side before its first use', () => {
  const july = { first: '2026-07-01', last: '2026-07-31' };
  const [walk] = surroundingFactors(
    [
      moment('2026-07-03', ['Walk']),
      moment('2026-07-05'),
      moment('2026-07-05', ['Walk']),
      moment('2026-07-04'),
      moment('2026-07-01'),
    ],
    july,
  );
  expect(walk).toMatchObject({ id: 'activities:Walk', word: 'Walk' });
  expect([...(walk?.days ?? [])]).toEqual([
    [dayNumber('2026-07-03'), true],
    [dayNumber('2026-07-04'), false],
    [dayNumber('2026-07-05'), true],
  ]);
});

test('days before the range are not told of, but a word that was used then was offered from then on', () => {
  const found = surroundingFactors(
    [
      moment('2026-07-02', ['Walk']),
      moment('2026-07-01'),
      moment('2026-06-03', ['Swim']),
      moment('2026-06-02', ['Walk']),
    ],
    { first: '2026-07-01', last: '2026-07-31' },
  );
  expect(found.map(({ word, days }) => [word, [...days]])).toEqual([
    [
      'Walk',
      [
        [dayNumber('2026-07-01'), false],
        [dayNumber('2026-07-02'), true],
      ],
    ],
  ]);
});

test('a night belongs to the day it ended on, a drink to the day after, and silence to neither', () => {
  const names = {
    sleptLong: 'Slept 7 h or more',
    alcoholBefore: 'Alcohol the day before',
    doseMissed: 'Missed',
  };
  const found = bodyFactors(
    [
      { ...moment('2026-07-01'), sleepHours: 7.5, alcoholUnits: 2.3 },
      { ...moment('2026-07-02'), sleepHours: 5, alcoholUnits: 0, doseMissed: false },
      { ...moment('2026-07-02'), doseMissed: true },
    ],
    names,
  );
  const day = dayNumber('2026-07-01');
  expect(found.map(({ word, days }) => [word, [...days]])).toEqual([
    [
      'Slept 7 h or more',
      [
        [day, true],
        [day + 1, false],
      ],
    ],
    [
      'Alcohol the day before',
      [
        [day + 1, true],
        [day + 2, false],
      ],
    ],
    ['Missed', [[day + 1, true]]],
  ]);
});

test('a symptom is there or not, a count is more or less than on the middle day, and June is not asked for', () => {
  const coffee = (value: number): NonNullable<MomentFacts['trackers']> => [
    { tracker: 'c', text: 'Coffee', said: { shape: 'count', value, unit: 'cups' } },
  ];
  const headache = (severity: number): NonNullable<MomentFacts['symptoms']> => ({
    symptoms: [{ id: 'h', text: 'Headache', severity }],
  });
  const found = loggedFactors(
    [
      { ...moment('2026-06-30'), trackers: coffee(9) },
      { ...moment('2026-07-01'), trackers: coffee(1), symptoms: headache(0) },
      { ...moment('2026-07-02'), trackers: coffee(4) },
      { ...moment('2026-07-03'), trackers: coffee(2), symptoms: headache(1) },
    ],
    { first: '2026-07-01', last: '2026-07-31' },
    ({ kind, text }) => `${kind} ${text}`,
  );
  const day = dayNumber('2026-07-01');
  // The middle of 1, 2 and 4 is 2, by hand; a day with 2 is not above it.
  expect(found.map(({ word, days }) => [word, [...days]])).toEqual([
    [
      'count Coffee',
      [
        [day, false],
        [day + 1, true],
        [day + 2, false],
      ],
    ],
    [
      'symptom Headache',
      [
        [day, false],
        [day + 2, true],
      ],
    ],
  ]);
});
