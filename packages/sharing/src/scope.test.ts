import { type LocalDay, UNDATED_PLACE, addDays, placeOfDay } from '@evenkeel/journal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  EVERYTHING,
  NOTHING,
  type Period,
  type Scope,
  contains,
  covers,
  intersect,
  isEmpty,
  makeScope,
  scopeSchema,
  union,
} from './scope.ts';

const RUNS = { numRuns: 1000 };

/** A small world: every place in it can be asked about, and every boundary has a day on both sides. */
const FIRST = '2026-01-20';
const DAYS: readonly LocalDay[] = Array.from({ length: 80 }, (_, i) => addDays(FIRST, i));
const CATEGORIES = [1, 2, 4, 13];
const PLACES = [UNDATED_PLACE, ...DAYS.flatMap((day) => placeOfDay(day) ?? [])];

const day = fc.integer({ min: 5, max: 70 }).map((i) => addDays(FIRST, i));
const period: fc.Arbitrary<Period> = fc.oneof(
  fc.constant<Period>({ kind: 'all' }),
  day.map((first): Period => ({ kind: 'from', first })),
  fc
    .tuple(day, day)
    .map(([a, b]): Period => ({ kind: 'between', first: a < b ? a : b, last: a < b ? b : a })),
);
const scope: fc.Arbitrary<Scope> = fc
  .tuple(fc.subarray(CATEGORIES), period)
  .map(([categories, chosen]) => ({ categories, period: chosen }));

const WORLD = CATEGORIES.flatMap((cat) => PLACES.map((place) => ({ cat, place })));

/** Which places of the world a scope covers, in the world's order. */
function placesIn(one: Scope): readonly boolean[] {
  return WORLD.map(({ cat, place }) => covers(one, cat, place));
}

test('what two scopes share is covered by both, and nothing else is', () => {
  fc.assert(
    fc.property(scope, scope, (a, b) => {
      const inB = placesIn(b);
      expect(placesIn(intersect(a, b))).toEqual(placesIn(a).map((inside, i) => inside && inB[i]));
    }),
    RUNS,
  );
});

test('a union covers what any of its parts covers, and its parts do not overlap', () => {
  fc.assert(
    fc.property(fc.array(scope, { maxLength: 5 }), (scopes) => {
      const parts = union(scopes).map(placesIn);
      const wanted = scopes.map(placesIn);
      for (const [i] of WORLD.entries()) {
        expect(parts.filter((part) => part[i]).length).toBe(wanted.some((one) => one[i]) ? 1 : 0);
      }
    }),
    RUNS,
  );
});

test('a scope contains another exactly when it covers everything the other covers', () => {
  fc.assert(
    fc.property(scope, scope, (outer, inner) => {
      const outside = placesIn(outer);
      expect(contains(outer, inner)).toBe(placesIn(inner).every((inside, i) => !inside || outside[i]));
    }),
    RUNS,
  );
});

test('containing is reflexive and transitive, and both sides contain what they share', () => {
  fc.assert(
    fc.property(scope, scope, scope, (a, b, c) => {
      expect(contains(a, a)).toBe(true);
      const both = intersect(a, b);
      expect(contains(a, both) && contains(b, both)).toBe(true);
      if (contains(a, b) && contains(b, c)) expect(contains(a, c)).toBe(true);
    }),
    RUNS,
  );
});

test('sharing is commutative, and nothing shared with anything is nothing', () => {
  fc.assert(
    fc.property(scope, scope, (a, b) => {
      expect(placesIn(intersect(a, b))).toEqual(placesIn(intersect(b, a)));
      expect(isEmpty(intersect(a, NOTHING))).toBe(true);
      expect(isEmpty(a)).toBe(!placesIn(a).includes(true));
    }),
    RUNS,
  );
});

test('what a scope says in a grant reads back as it was', () => {
  fc.assert(
    fc.property(scope, (one) => {
      expect(scopeSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
    }),
    RUNS,
  );
});

test('the private and settings categories can never be shared', () => {
  for (const cat of [0, 14, 240, 241, 255, -1, 1.5]) {
    expect(makeScope([1, cat], { kind: 'all' })).toEqual({ ok: false, reason: 'not-grantable' });
  }
  expect(scopeSchema.safeParse({ categories: [1, 240], period: { kind: 'all' } }).success).toBe(false);
  expect(scopeSchema.safeParse({ categories: [2, 1], period: { kind: 'all' } }).success).toBe(false);
  expect(EVERYTHING.categories).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

test('a share that ends before it begins, or on no day, is refused by name', () => {
  expect(makeScope([1], { kind: 'between', first: '2026-03-02', last: '2026-03-01' })).toEqual({
    ok: false,
    reason: 'ends-before-it-begins',
  });
  expect(makeScope([1], { kind: 'from', first: '2026-02-30' })).toEqual({ ok: false, reason: 'no-such-day' });
  expect(makeScope([4, 1, 4], { kind: 'from', first: '2026-03-01' })).toEqual({
    ok: true,
    scope: { categories: [1, 4], period: { kind: 'from', first: '2026-03-01' } },
  });
});

test('what is tied to no day is covered only by a share of everything', () => {
  expect(covers({ categories: [1], period: { kind: 'all' } }, 1, UNDATED_PLACE)).toBe(true);
  expect(covers({ categories: [1], period: { kind: 'from', first: '2000-01-01' } }, 1, UNDATED_PLACE)).toBe(
    false,
  );
});
