/**
 * What goes with better and worse days: the mean of the days with something less the mean of the days without.
 * Going together is not causing, and the screen says so next to every number from here.
 *
 * [Note: when to be silent] People see patterns in noise, and an unwell person may act on one. So a difference
 * is only spoken of when its interval leaves zero out, and that interval is widened three times:
 *
 * - *The spread is an estimate, and differs on the two sides.* Welch's t interval, which does not suppose equal
 *   spread. Welch 1947, doi:10.1093/biomet/34.1-2.28.
 * - *Neighbouring days resemble each other.* Forty days in a row hold less than forty days here and there, and
 *   something done in long runs (a holiday, a job) meets the slow tide of mood by chance. The variance of the
 *   difference is taken under a first-order autocorrelation of the residuals; the degrees of freedom shrink as
 *   it grows. Bayley & Hammersley 1946 on effective numbers of observations, doi:10.2307/2983560.
 * - *Many things are tried at once.* With thirty tags, one or two would look like something by chance alone. All
 *   intervals of a list hold together with 95 %: each at 1 − 0.05/m for m things tried (Dunn 1961,
 *   doi:10.1080/01621459.1961.10482090). Holm's procedure would find a little more, but has no plain interval to
 *   show beside the number, and the interval is what says how sure it is.
 */
import type { DailyMean } from './daily-means.ts';
import type { DayNumber } from './day-range.ts';
import { studentTQuantile } from './student-t.ts';

/** Fewer days than this on either side are not enough to compare. */
export const LEAST_DAYS_A_SIDE = 7;

/** All that a list of associations says holds with this probability, if days were drawn at random. */
const SURENESS_OF_LIST = 0.95;

/** Residuals more alike than this would need years to say anything; the estimate is held there. */
const GREATEST_LIKENESS = 0.95;

/** Something that may go with a day. `days`: whether it was there; a day that nobody said is not in it. */
export type Factor = { readonly id: string; readonly days: ReadonlyMap<DayNumber, boolean> };

export type Sides = { readonly daysWith: number; readonly daysWithout: number };

export type Association = Sides & { readonly id: string } & (
    | ({ readonly verdict: 'goes-together' } & Difference)
    /** Enough days, but the interval holds zero, or the days are too alike to tell how sure it is. */
    | { readonly verdict: 'cannot-tell' }
    | { readonly verdict: 'too-few-days' }
  );

/** With less without, in the unit of the outcome; `low` and `high` end the interval. */
export type Difference = { readonly difference: number; readonly low: number; readonly high: number };

/** One for each factor: those that go together first, the greatest difference leading; then the silent ones. */
export function associations(
  outcome: readonly DailyMean[],
  factors: readonly Factor[],
): readonly Association[] {
  return inOrderOfSize([...eachAssociation(outcome, factors)]);
}

/** The same, one at a time and in the order of the factors, for whoever wants to rest in between. */
export function* eachAssociation(
  outcome: readonly DailyMean[],
  factors: readonly Factor[],
): Iterable<Association> {
  const inOrder = outcome.toSorted((a, b) => a.day - b.day);
  const split = factors.map(({ id, days }) => ({ id, days: knownDays(inOrder, days) }));
  const tried = split.filter(({ days }) => isEnough(sidesOf(days))).length;
  for (const { id, days } of split) {
    const sides = sidesOf(days);
    if (!isEnough(sides)) {
      yield { id, ...sides, verdict: 'too-few-days' };
      continue;
    }
    const found = differenceOf(days, (1 - SURENESS_OF_LIST) / tried);
    yield found === null || (found.low <= 0 && found.high >= 0)
      ? { id, ...sides, verdict: 'cannot-tell' }
      : { id, ...sides, verdict: 'goes-together', ...found };
  }
}

export function inOrderOfSize(found: readonly Association[]): readonly Association[] {
  return found.toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.id < b.id ? -1 : 1));
}

/** The same days, each moved to the one after it: what was so last night, held against today. */
export function theDayAfter(days: ReadonlyMap<DayNumber, boolean>): ReadonlyMap<DayNumber, boolean> {
  return new Map([...days].map(([day, there]) => [day + 1, there]));
}

type KnownDay = { readonly day: DayNumber; readonly value: number; readonly there: boolean };

function knownDays(
  inOrder: readonly DailyMean[],
  days: ReadonlyMap<DayNumber, boolean>,
): readonly KnownDay[] {
  return inOrder.flatMap(({ day, mean }) => {
    const there = days.get(day);
    return there === undefined ? [] : [{ day, value: mean, there }];
  });
}

function sidesOf(days: readonly KnownDay[]): Sides {
  const daysWith = days.filter(({ there }) => there).length;
  return { daysWith, daysWithout: days.length - daysWith };
}

function isEnough({ daysWith, daysWithout }: Sides): boolean {
  return Math.min(daysWith, daysWithout) >= LEAST_DAYS_A_SIDE;
}

/** The interval at 1 − `alpha`; null when neither side varies, so that nothing says how sure it is. */
function differenceOf(days: readonly KnownDay[], alpha: number): Difference | null {
  const [on, off] = [momentsOf(days, true), momentsOf(days, false)];
  const [a, b] = [on.variance / on.count, off.variance / off.count];
  const welch = a + b;
  if (!(welch > 1e-18)) return null;
  const df = welch ** 2 / (a ** 2 / (on.count - 1) + b ** 2 / (off.count - 1));
  const variance = Math.max(welch, varianceOfDifference(days, on, off));
  const half = studentTQuantile(1 - alpha / 2, Math.max(1, (df * welch) / variance)) * Math.sqrt(variance);
  const difference = on.mean - off.mean;
  return { difference, low: difference - half, high: difference + half };
}

type Moments = { readonly count: number; readonly mean: number; readonly variance: number };

function momentsOf(days: readonly KnownDay[], side: boolean): Moments {
  const values = days.flatMap(({ value, there }) => (there === side ? [value] : []));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count: values.length, mean, variance: squares / (values.length - 1) };
}

/**
 * Σᵢ Σⱼ wᵢ wⱼ ρ^|i−j| over all days, where wᵢ is ± the spread of the day's side over its count: with ρ = 0 this
 * is Welch's variance. In one walk, as each day adds ρ^gap of all before it.
 */
function varianceOfDifference(days: readonly KnownDay[], on: Moments, off: Moments): number {
  const likeness = likenessOfNeighbours(days, on, off);
  let [total, before, last] = [0, 0, Number.NEGATIVE_INFINITY];
  for (const { day, there } of days) {
    const weight = there ? Math.sqrt(on.variance) / on.count : -Math.sqrt(off.variance) / off.count;
    before = before === 0 ? 0 : before * likeness ** (day - last);
    total += weight * weight + 2 * weight * before;
    before += weight;
    last = day;
  }
  return total;
}

/**
 * First-order autocorrelation of what is left of each day without its side's mean, 0…0.95. Estimated from
 * neighbouring days and raised by (1 + 4ρ)/n, the amount by which few days make it come out low (Marriott &
 * Pope 1954, doi:10.1093/biomet/41.3-4.390).
 */
function likenessOfNeighbours(days: readonly KnownDay[], on: Moments, off: Moments): number {
  const left = days.map(({ day, value, there }) => ({ day, rest: value - (there ? on.mean : off.mean) }));
  let [products, pairs] = [0, 0];
  left.forEach(({ day, rest }, index) => {
    const next = left[index + 1];
    if (next === undefined || next.day !== day + 1) return;
    products += rest * next.rest;
    pairs += 1;
  });
  const spread = left.reduce((sum, { rest }) => sum + rest * rest, 0) / left.length;
  if (pairs === 0 || spread === 0) return 0;
  const found = products / pairs / spread;
  return Math.min(GREATEST_LIKENESS, Math.max(0, found + (1 + 4 * found) / pairs));
}

function sizeOf(association: Association): number {
  switch (association.verdict) {
    case 'goes-together':
      return Math.abs(association.difference);
    case 'cannot-tell':
      return -1;
    case 'too-few-days':
      return -2;
  }
}
