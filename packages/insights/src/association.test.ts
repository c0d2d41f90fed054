import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  LEAST_DAYS_A_SIDE,
  type Association,
  type Factor,
  associations,
  theDayAfter,
} from './association.ts';
import type { DailyMean } from './daily-means.ts';

/** A day every ten days: far enough apart that no two are neighbours. */
const apart = (values: readonly number[]) => values.map((mean, index) => ({ day: 10 * index, mean }));
const factor = (id: string, days: readonly DailyMean[], there: readonly boolean[]): Factor => ({
  id,
  days: new Map(days.map(({ day }, index) => [day, there[index] === true])),
});

const withIt = [0.3, 0.5, 0.1, 0.6, 0.4, 0.2, 0.7, 0.45];
const without = [-0.2, 0.1, 0, -0.4, 0.25, -0.1, 0.05];
const days = apart([...withIt, ...without]);
const walk = factor('walk', days, [...withIt.map(() => true), ...without.map(() => false)]);

test('between days far apart the interval is Welch’s', () => {
  // Computed independently with SciPy 1.17.1: ttest_ind(equal_var=False).confidence_interval(0.95).
  const [found] = associations(days, [walk]);
  expect(found).toMatchObject({ id: 'walk', verdict: 'goes-together', daysWith: 8, daysWithout: 7 });
  expectInterval(found, [0.44910714285714287, 0.21627457026415853, 0.6819397154501272]);
});

test('three things tried widen the interval to 1 − 0.05/3, and one that is too rare to try does not', () => {
  const alternating = days.map((_, index) => index % 2 === 0);
  const found = associations(days, [
    walk,
    factor('rain', days, alternating),
    factor(
      'bus',
      days,
      alternating.map((there) => !there),
    ),
    factor('wedding', days, [true]),
  ]);
  // Computed independently with SciPy 1.17.1: ttest_ind(equal_var=False).confidence_interval(1 − 0.05/3).
  expectInterval(found[0], [0.44910714285714287, 0.1526363417220568, 0.7455779439922294]);
  expect(found.at(-1)).toEqual({ id: 'wedding', verdict: 'too-few-days', daysWith: 1, daysWithout: 14 });
});

test('days in a row that resemble each other count for less', () => {
  const values = [
    0.1, 0.2, 0.35, 0.3, 0.5, 0.45, 0.6, 0.4, 0.55, -0.1, -0.3, -0.2, 0, -0.25, -0.4, -0.1, -0.05, -0.2,
  ];
  const inRow = values.map((mean, index) => ({ day: 100 + index + (index >= 9 ? 4 : 0), mean }));
  const [found] = associations(inRow, [
    factor(
      'holiday',
      inRow,
      values.map((_, index) => index < 9),
    ),
  ]);
  // Computed independently with NumPy 2.4.6 and SciPy 1.17.1 from the whole 18 × 18 matrix of ρ^|i−j|, ρ = 0.31483621.
  expectInterval(found, [0.5611111111111111, 0.35090645755435307, 0.7713157646678692]);
});

test('nothing is said of fewer than seven days on either side', () => {
  const few = apart([...withIt, ...without.slice(0, LEAST_DAYS_A_SIDE - 1)]);
  const [found] = associations(few, [
    factor(
      'walk',
      few,
      few.map((_, index) => index < 8),
    ),
  ]);
  expect(found).toEqual({ id: 'walk', verdict: 'too-few-days', daysWith: 8, daysWithout: 6 });
});

test('a day that nobody said anything of is on neither side', () => {
  const [found] = associations(days, [{ id: 'walk', days: new Map([...walk.days].slice(1)) }]);
  expect(found).toMatchObject({ daysWith: 7, daysWithout: 7 });
});

test('an interval that holds zero is silent, and so are days that are all the same', () => {
  const noise = apart([0.5, -0.5, 0.4, -0.4, 0.3, -0.3, 0.2, 0.1, -0.2, 0.3, -0.1, 0.5, -0.5, 0, 0.2]);
  expect(associations(noise, [{ ...walk, id: 'noise' }])[0]?.verdict).toBe('cannot-tell');
  const flat = apart(Array.from({ length: 16 }, (_, index) => (index < 8 ? 0.5 : 0.2)));
  const [found] = associations(flat, [
    factor(
      'flat',
      flat,
      flat.map((_, index) => index < 8),
    ),
  ]);
  expect(found?.verdict).toBe('cannot-tell');
});

test('last night is held against today', () => {
  expect(theDayAfter(new Map([[4, true]]))).toEqual(new Map([[5, true]]));
});

test('nothing in, nothing out', () => {
  expect(associations([], [])).toEqual([]);
  expect(associations([], [walk])).toEqual([
    { id: 'walk', verdict: 'too-few-days', daysWith: 0, daysWithout: 0 },
  ]);
});

const diary = fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.boolean(), fc.nat(4)), {
  maxLength: 60,
});

/** Days with gaps of 1 to 5, and a factor on some of them. */
function asDays(said: readonly (readonly [number, boolean, number])[], start = 0) {
  let day = start;
  const outcome = said.map(([mean, , gap]) => ({ day: (day += 1 + gap), mean }));
  return {
    outcome,
    one: factor(
      'one',
      outcome,
      said.map(([, there]) => there),
    ),
  };
}

test('order makes no difference, nor does moving the diary by a year or the mood by a constant', () => {
  fc.assert(
    fc.property(diary, fc.double({ min: -2, max: 2, noNaN: true }), (said, shift) => {
      const { outcome, one } = asDays(said);
      const [found] = associations(outcome, [one]);
      expect(associations(outcome.toReversed(), [one])[0]).toEqual(found);
      const later = asDays(said, 365);
      expectSame(associations(later.outcome, [later.one])[0], found);
      const raised = outcome.map(({ day, mean }) => ({ day, mean: mean + shift }));
      const [shifted] = associations(raised, [one]);
      expect(shifted).toMatchObject({ daysWith: found?.daysWith, daysWithout: found?.daysWithout });
      if (found?.verdict === 'goes-together' && shifted?.verdict === 'goes-together')
        expectSame(shifted, found);
    }),
  );
});

test('every number is a number, and lies inside its interval, which leaves zero out', () => {
  fc.assert(
    fc.property(diary, (said) => {
      const { outcome, one } = asDays(said);
      return associations(outcome, [one]).every(
        (found) =>
          found.verdict !== 'goes-together' ||
          (found.low <= found.difference && found.difference <= found.high && found.low * found.high > 0),
      );
    }),
  );
});

test('of diaries in which nothing goes with anything, about one in twenty says something', () => {
  // 300 diaries of 120 days whose mood drifts (each day keeps 0.6 of the last), each tried against ten things
  // that come in runs. Without the allowance for runs, a third of them speak.
  const random = generator(7);
  const spoke = Array.from({ length: 300 }, () => {
    let [mood, outcome] = [0, Array<DailyMean>()];
    for (let day = 0; day < 120; day += 1) {
      mood = 0.6 * mood + (random() + random() + random() - 1.5);
      outcome = [...outcome, { day, mean: mood }];
    }
    const factors = Array.from({ length: 10 }, (_, id) => {
      let there = random() < 0.5;
      return {
        id: `f${id}`,
        days: new Map(outcome.map(({ day }) => [day, (there = random() < 0.25 ? !there : there)])),
      };
    });
    return associations(outcome, factors).some(({ verdict }) => verdict === 'goes-together');
  }).filter(Boolean).length;
  expect(spoke / 300).toBeLessThan(0.09);
});

function expectInterval(found: Association | undefined, [difference, low, high]: readonly number[]) {
  if (found?.verdict !== 'goes-together') throw new Error('expected an interval');
  expect(found.difference).toBeCloseTo(difference ?? 0, 10);
  expect(found.low).toBeCloseTo(low ?? 0, 9);
  expect(found.high).toBeCloseTo(high ?? 0, 9);
}

function expectSame(a: Association | undefined, b: Association | undefined) {
  expect(a?.verdict).toBe(b?.verdict);
  if (b?.verdict === 'goes-together') expectInterval(a, [b.difference, b.low, b.high]);
}

/** A small seeded generator of numbers between 0 and 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
