/**
 * Scope: which categories, for which days. It is what a person chooses when they share, and it is enforced by
 * which keys are handed over (see `keys-for-scope.ts`), not by a server's rules. A day is the local day of an
 * entry, in the zone it was written in.
 */
import {
  GRANTABLE_CATEGORIES,
  type LocalDay,
  type Place,
  categoryNumber,
  dayOfPlace,
  isGrantable,
  isLocalDay,
} from '@evenkeel/journal';
import { z } from '@evenkeel/protocol';

/** `from` has no end: what is written later is shared too, until the share ends. */
export type Period =
  /** Every day there is or will be, and what is tied to no day. */
  | { readonly kind: 'all' }
  | { readonly kind: 'from'; readonly first: LocalDay }
  | { readonly kind: 'between'; readonly first: LocalDay; readonly last: LocalDay };

/** Category numbers, ascending, each once; 240 and above never. */
export type Scope = { readonly categories: readonly number[]; readonly period: Period };

export type MadeScope =
  | { readonly ok: true; readonly scope: Scope }
  | { readonly ok: false; readonly reason: 'not-grantable' | 'no-such-day' | 'ends-before-it-begins' };

/** Covers no place at all. */
export const NOTHING: Scope = { categories: [], period: { kind: 'all' } };
/** Everything that can ever be shared. */
export const EVERYTHING: Scope = {
  categories: GRANTABLE_CATEGORIES.map((category) => categoryNumber(category)).toSorted(ascending),
  period: { kind: 'all' },
};

const daySchema = z.string().check(z.refine((text) => isLocalDay(text), 'expected a day that exists'));
const periodSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('from'), first: daySchema }),
  z
    .strictObject({ kind: z.literal('between'), first: daySchema, last: daySchema })
    .check(z.refine(({ first, last }) => first <= last, 'expected the first day not after the last')),
]);
/** A scope as it stands in a grant. A number this version does not know may be a newer category; 240 and above never. */
export const scopeSchema = z.strictObject({
  categories: z.array(z.int().check(z.gte(1), z.lte(239))).check(
    z.maxLength(239),
    z.refine(
      (numbers) => numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? 0)),
      'expected ascending numbers',
    ),
  ),
  period: periodSchema,
});

/** A scope from what a person chose; categories in any order and doubled are taken as they are meant. */
export function makeScope(categories: readonly number[], period: Period): MadeScope {
  if (!categories.every(isGrantable)) return { ok: false, reason: 'not-grantable' };
  if (period.kind !== 'all' && !isLocalDay(period.first)) return { ok: false, reason: 'no-such-day' };
  if (period.kind === 'between') {
    if (!isLocalDay(period.last)) return { ok: false, reason: 'no-such-day' };
    if (period.last < period.first) return { ok: false, reason: 'ends-before-it-begins' };
  }
  return { ok: true, scope: { categories: [...new Set(categories)].toSorted(ascending), period } };
}

/** Whether an entry of category `cat` at `place` lies inside. */
export function covers(scope: Scope, cat: number, place: Place): boolean {
  return scope.categories.includes(cat) && periodCovers(scope.period, place);
}

export function periodCovers(period: Period, place: Place): boolean {
  if (period.kind === 'all') return true;
  const day = dayOfPlace(place);
  if (day === undefined || day < period.first) return false;
  return period.kind === 'from' || day <= period.last;
}

/** Whether nothing at all lies inside. */
export function isEmpty(scope: Scope): boolean {
  return scope.categories.length === 0;
}

/** Whether everything inside `inner` is inside `outer` too. */
export function contains(outer: Scope, inner: Scope): boolean {
  if (isEmpty(inner)) return true;
  return (
    inner.categories.every((cat) => outer.categories.includes(cat)) &&
    periodContains(outer.period, inner.period)
  );
}

/** What lies inside both. */
export function intersect(a: Scope, b: Scope): Scope {
  const categories = a.categories.filter((cat) => b.categories.includes(cat));
  const period = intersectPeriods(a.period, b.period);
  return categories.length === 0 || period === null ? NOTHING : { categories, period };
}

/**
 * What lies inside any of them, as scopes that do not overlap: one for each period, since "mood since May" and
 * "sleep since June" together are not one scope.
 */
export function union(scopes: readonly Scope[]): readonly Scope[] {
  const categoriesByPeriod = new Map<string, { readonly period: Period; readonly categories: number[] }>();
  const categories = [...new Set(scopes.flatMap((scope) => scope.categories))].toSorted(ascending);
  for (const cat of categories) {
    const periods = scopes.filter((scope) => scope.categories.includes(cat)).map((scope) => scope.period);
    for (const period of unitePeriods(periods)) {
      const name = JSON.stringify(period);
      const known = categoriesByPeriod.get(name);
      if (known === undefined) categoriesByPeriod.set(name, { period, categories: [cat] });
      else known.categories.push(cat);
    }
  }
  return [...categoriesByPeriod.values()];
}

function ascending(a: number, b: number): number {
  return a - b;
}

function periodContains(outer: Period, inner: Period): boolean {
  if (outer.kind === 'all') return true;
  if (inner.kind === 'all' || inner.first < outer.first) return false;
  if (outer.kind === 'from') return true;
  return inner.kind === 'between' && inner.last <= outer.last;
}

function intersectPeriods(a: Period, b: Period): Period | null {
  if (a.kind === 'all') return b;
  if (b.kind === 'all') return a;
  const first = a.first > b.first ? a.first : b.first;
  const last = earlierEnd(a, b);
  if (last === null) return { kind: 'from', first };
  return first <= last ? { kind: 'between', first, last } : null;
}

function earlierEnd(
  a: Exclude<Period, { kind: 'all' }>,
  b: Exclude<Period, { kind: 'all' }>,
): LocalDay | null {
  if (a.kind === 'from') return b.kind === 'from' ? null : b.last;
  return b.kind === 'from' || a.last < b.last ? a.last : b.last;
}

/** Periods that together cover the same days and do not overlap, earliest first. */
function unitePeriods(periods: readonly Period[]): readonly Period[] {
  if (periods.some(({ kind }) => kind === 'all')) return [{ kind: 'all' }];
  const dated = periods
    .filter((period) => period.kind !== 'all')
    .toSorted((a, b) => compareDays(a.first, b.first));
  const united: Exclude<Period, { kind: 'all' }>[] = [];
  for (const period of dated) {
    const last = united.at(-1);
    if (last === undefined || (last.kind === 'between' && last.last < period.first)) united.push(period);
    else if (last.kind === 'between' && period.kind === 'from')
      united[united.length - 1] = { kind: 'from', first: last.first };
    else if (last.kind === 'between' && period.kind === 'between' && period.last > last.last) {
      united[united.length - 1] = { ...last, last: period.last };
    }
  }
  return united;
}

function compareDays(a: LocalDay, b: LocalDay): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
