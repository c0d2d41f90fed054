import { dayNumber, dayOfNumber } from '@evenkeel/insights';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everything, isListed } from './entry-filter.ts';
import { moodFacts } from './mood-facts.ts';
import type { ShownMoment } from './shown-moment.ts';
import { timeAxis } from './time-axis.ts';
import { valueTracks } from './value-tracks.ts';

let made = 0;

function moment(day: string, parts: Partial<ShownMoment> = {}): ShownMoment {
  const at = Date.parse(`${day}T09:00:00Z`);
  made += 1;
  return { id: `m${made}`, at, zone: 'Europe/London', day, precision: 'minute', written: at, ...parts };
}

const mood = (day: string, valence: number) => moment(day, { mood: { valence, arousal: 0, words: [] } });

test('every day has the same width, and morning lies before evening', () => {
  const axis = timeAxis({ first: '2026-07-01', last: '2026-07-10' }, 500);
  expect(axis.x('2026-07-01', 0)).toBe(0);
  expect(axis.x('2026-07-10', 1)).toBe(500);
  expect(axis.x('2026-07-05') - axis.x('2026-07-04')).toBeCloseTo(50);
  expect(axis.x('2026-07-03', 0.9)).toBeLessThan(axis.x('2026-07-04', 0.1));
});

test('marks of the axis leave room for their names, whatever the range and width', () => {
  fc.assert(
    fc.property(fc.integer({ min: 7, max: 4000 }), fc.integer({ min: 280, max: 1400 }), (days, width) => {
      const last = dayNumber('2026-07-14');
      const axis = timeAxis({ first: dayOfNumber(last - days + 1), last: '2026-07-14' }, width);
      const places = axis.ticks.map(({ day }) => axis.x(day, 0));
      return places.every((place, index) => index === 0 || place - (places[index - 1] ?? 0) > 50);
    }),
  );
});

test('a season is marked at the first and the middle of each month', () => {
  const { ticks } = timeAxis({ first: '2026-04-16', last: '2026-07-14' }, 650);
  expect(ticks.map(({ day }) => day)).toEqual([
    '2026-05-01',
    '2026-05-15',
    '2026-06-01',
    '2026-06-15',
    '2026-07-01',
  ]);
});

test('the sentence counts days, not check-ins, and says what has no place on the line', () => {
  const facts = moodFacts(
    [
      mood('2026-07-13', 0.2),
      mood('2026-07-13', 0.4),
      mood('2026-07-01', -0.3),
      moment('2026-07-14', { mood: { words: ['tired'] } }),
    ],
    { first: '2026-07-01', last: '2026-07-14' },
    { low: 0, high: 0.25 },
  );
  expect(facts).toMatchObject({ days: 14, daysWithEntries: 3, checkIns: 4, withoutPlace: 1 });
  expect(facts.mean).toBeCloseTo(0);
  expect(facts.lastWeek).toMatchObject({ below: 0, above: 1, rangeKnown: true });
});

test('a last week without entries is not a week of zero', () => {
  const facts = moodFacts([mood('2026-06-20', 0.5)], { first: '2026-06-15', last: '2026-07-14' }, null);
  expect(facts.lastWeek).toBeNull();
  expect(facts.mean).toBe(0.5);
});

test('a value keeps one track when its wording changes, and shows the newest wording', () => {
  const tracks = valueTracks(
    [
      moment('2026-07-01', { values: [{ value: 'a', text: 'My kids', closeness: 4 }] }),
      moment('2026-07-02', {
        values: [
          { value: 'a', text: 'Being there for my children', closeness: 8 },
          { value: 'b', text: 'Honesty', closeness: 2 },
        ],
      }),
      moment('2026-09-02', { values: [{ value: 'b', text: 'Honesty', closeness: 2 }] }),
    ],
    { first: '2026-07-01', last: '2026-07-31' },
  );
  expect(tracks.map(({ text, mean, points }) => [text, mean, points.length])).toEqual([
    ['Being there for my children', 6, 2],
    ['Honesty', 2, 1],
  ]);
});

test('search finds words, surroundings, values and text, without minding case or accents', () => {
  const entry = moment('2026-07-01', {
    mood: { valence: 0.3, words: ['at ease'] },
    surroundings: ['Café'],
    values: [{ value: 'a', text: 'Honesty', closeness: 3 }],
    text: 'Walked home.',
  });
  for (const search of ['EASE', 'cafe', 'honest', 'walked '])
    expect(isListed(entry, { ...everything, search })).toBe(true);
  expect(isListed(entry, { ...everything, search: 'alone' })).toBe(false);
});

test('a moment without a mood is on neither side', () => {
  const entry = moment('2026-07-01', { text: 'Only words' });
  expect(isListed(entry, { ...everything, side: 'pleasant' })).toBe(false);
  expect(isListed(entry, { ...everything, side: 'unpleasant' })).toBe(false);
  expect(isListed(entry, { ...everything, withText: true })).toBe(true);
  expect(isListed(mood('2026-07-01', 0), { ...everything, withText: true })).toBe(false);
});
