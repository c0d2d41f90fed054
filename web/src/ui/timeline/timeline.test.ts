import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dailyMeans } from './daily-means.ts';
import { dayNumber, dayOfNumber, daysIn, rangeOf } from './day-count.ts';
import { everything, isListed } from './entry-filter.ts';
import { moodFacts } from './mood-facts.ts';
import type { ShownMoment } from './shown-moment.ts';
import { timeAxis } from './time-axis.ts';
import { leastDaysForRange, usualRange } from './usual-range.ts';
import { valueTracks } from './value-tracks.ts';
import { weeklyLine } from './weekly-line.ts';

let made = 0;

function moment(day: string, parts: Partial<ShownMoment> = {}): ShownMoment {
  const at = Date.parse(`${day}T09:00:00Z`);
  made += 1;
  return { id: `m${made}`, at, zone: 'Europe/London', day, precision: 'minute', written: at, ...parts };
}

const mood = (day: string, valence: number) => moment(day, { mood: { valence, arousal: 0, words: [] } });

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

test('three entries on one day weigh as much as one on another', () => {
  const means = dailyMeans([
    { day: '2026-07-02', number: 1 },
    { day: '2026-07-01', number: -1 },
    { day: '2026-07-01', number: 0 },
    { day: '2026-07-01', number: -0.5 },
  ]);
  expect(means.map(({ mean }) => mean)).toEqual([-0.5, 1]);
});

test('the 7-day mean looks back a week and no further', () => {
  const days = Array.from({ length: 10 }, (_, index) => ({ day: 100 + index, mean: index }));
  const [piece = []] = weeklyLine(days);
  expect(piece.map(({ mean }) => mean)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6]);
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

test('nothing is called usual before there are fourteen days', () => {
  const days = (count: number) => Array.from({ length: count }, (_, day) => ({ day, mean: day }));
  expect(usualRange(days(leastDaysForRange - 1))).toBeNull();
  expect(usualRange(days(11).concat(days(10)))).not.toBeNull();
  expect(usualRange(Array.from({ length: 101 }, (_, day) => ({ day, mean: day })))).toEqual({
    low: 10,
    high: 90,
  });
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
