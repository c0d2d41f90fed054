/**
 * Two devices edited the same record: every field keeps its latest value, and what it replaced becomes its
 * history. Commutative, associative and idempotent, so it does not matter who merges, in which order or how
 * often (tested as laws).
 */
import { utf8 } from '@evenkeel/protocol';
import { type EntryRecord, type Field, type Own, type Past, type When, placeOfWhen } from './entry.ts';
import { type Json, canonicalJson, compareText } from './json.ts';
import { type Place, samePlace } from './local-day.ts';
import { type Stamp, ZERO_STAMP, compareStamps, greaterStamp } from './stamp.ts';

/**
 * A field keeps this many values, the one in force among them. Eight shows every change of an ordinary entry
 * and bounds what a record can grow to.
 */
export const HISTORY_LENGTH = 8;

/**
 * Once the values of a field take this many bytes of JSON together, no earlier one is kept: with the longest
 * text that can follow, a record stays inside one envelope (64 KiB). A value is kept by what stands before it,
 * not by its own size; otherwise the merge would not be associative.
 */
export const HISTORY_BYTES = 32_000;

/** Both must be versions of one record: same id, category and place. If they are not, one of them is kept. */
export function mergeRecords(a: EntryRecord, b: EntryRecord): EntryRecord {
  if (a === b) return a;
  if (a.cat !== b.cat || !samePlace(a.place, b.place)) return compareText(homeOf(a), homeOf(b)) >= 0 ? a : b;

  const when = settleWhen([...pastsOfWhen(a), ...pastsOfWhen(b)], a.place);
  const own = greaterOwn(a.own, b.own);
  const moved = a.moved && b.moved ? greaterStamp(a.moved, b.moved) : (a.moved ?? b.moved);
  const source = lesser(a.source, b.source);
  const rest = mergeRest(a.rest, b.rest);
  return {
    rec: a.rec,
    cat: a.cat,
    moment: compareText(a.moment, b.moment) <= 0 ? a.moment : b.moment,
    place: a.place,
    ...when,
    written: Math.min(a.written, b.written),
    ...(own !== undefined && { own }),
    ...(moved !== undefined && { moved }),
    ...(source !== undefined && { source }),
    fields: mergeFields(a.fields, b.fields),
    ...(rest !== undefined && { rest }),
  };
}

/** Whether two records say the same, whatever order their parts were written in. */
export function sameRecord(a: EntryRecord, b: EntryRecord): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/** A field with a new value in force and the present one in its history. */
export function fieldWith(field: Field | undefined, stamp: Stamp, value: Json): Field {
  return field === undefined
    ? { stamp, value }
    : fieldOf(latestOf([...pastsOfField(field), { stamp, value }]));
}

export function pastsOfWhen(record: EntryRecord): readonly Past<When>[] {
  return [{ stamp: record.whenStamp, value: record.when }, ...(record.whenHistory ?? [])];
}

/**
 * The `when` of a record at `place` out of all that are known: the latest that lies there, the others as its
 * history. One with stamp zero stands in until a real one is known and is never history.
 */
export function settleWhen(
  pasts: readonly Past<When>[],
  place: Place,
): Pick<EntryRecord, 'when' | 'whenStamp' | 'whenHistory'> {
  const liesThere = (past: Past<When>): number => {
    const here = placeOfWhen(past.value);
    return here !== undefined && samePlace(here, place) ? 1 : 0;
  };
  const [now, ...before] = latestOf(pasts, liesThere);
  if (now === undefined) throw new RangeError('a record has at least one when');
  return { when: now.value, whenStamp: now.stamp, ...(before.length > 0 && { whenHistory: before }) };
}

function mergeFields(
  a: Readonly<Record<string, Field>>,
  b: Readonly<Record<string, Field>>,
): Readonly<Record<string, Field>> {
  const merged = Object.entries(a).map(([name, field]): [string, Field] => {
    const other = Object.hasOwn(b, name) ? b[name] : undefined;
    return [name, other === undefined ? field : mergeField(field, other)];
  });
  const added = Object.entries(b).filter(([name]) => !Object.hasOwn(a, name));
  if (added.length === 0) return Object.fromEntries(merged);
  return Object.fromEntries([...merged, ...added].toSorted(([x], [y]) => compareText(x, y)));
}

function mergeField(a: Field, b: Field): Field {
  return fieldOf(latestOf([...pastsOfField(a), ...pastsOfField(b)]));
}

function fieldOf(pasts: readonly Past<Json>[]): Field {
  const [now, ...history] = pasts;
  if (now === undefined) throw new RangeError('a field has at least one value');
  return { ...now, ...(history.length > 0 && { history }) };
}

/** The latest values, newest first, each once, cut to what a field may keep. */
function latestOf<Value extends Json>(
  pasts: readonly Past<Value>[],
  weight: (past: Past<Value>) => number = () => 0,
): readonly Past<Value>[] {
  const sorted = pasts
    .map((past) => ({ past, text: canonicalJson(past.value), weight: weight(past) }))
    .toSorted(
      (x, y) =>
        y.weight - x.weight || compareStamps(y.past.stamp, x.past.stamp) || compareText(y.text, x.text),
    );
  const kept: Past<Value>[] = [];
  let bytes = 0;
  let previous: { readonly stamp: Stamp; readonly text: string } | undefined;
  for (const { past, text } of sorted) {
    if (kept.length === HISTORY_LENGTH || bytes >= HISTORY_BYTES) break;
    if (kept.length > 0 && past.stamp === ZERO_STAMP) continue;
    if (previous !== undefined && previous.stamp === past.stamp && previous.text === text) continue;
    previous = { stamp: past.stamp, text };
    bytes += utf8(text).length;
    kept.push(past);
  }
  return kept;
}

function pastsOfField(field: Field): readonly Past<Json>[] {
  return [{ stamp: field.stamp, value: field.value }, ...(field.history ?? [])];
}

function greaterOwn(a: Own | undefined, b: Own | undefined): Own | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const order = compareStamps(a.stamp, b.stamp) || compareText(canonicalJson(a), canonicalJson(b));
  return order >= 0 ? a : b;
}

function lesser<Value extends Json>(a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareText(canonicalJson(a), canonicalJson(b)) <= 0 ? a : b;
}

function mergeRest(a: EntryRecord['rest'], b: EntryRecord['rest']): EntryRecord['rest'] {
  if (a === undefined || b === undefined) return a ?? b;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted(compareText);
  return Object.fromEntries(
    names.map((name) => [
      name,
      Object.hasOwn(a, name) && Object.hasOwn(b, name)
        ? greaterJson(a[name] ?? null, b[name] ?? null)
        : (a[name] ?? b[name] ?? null),
    ]),
  );
}

function greaterJson(a: Json, b: Json): Json {
  return compareText(canonicalJson(a), canonicalJson(b)) >= 0 ? a : b;
}

function homeOf(record: EntryRecord): string {
  return canonicalJson([record.cat, record.place.month, record.place.day]);
}
