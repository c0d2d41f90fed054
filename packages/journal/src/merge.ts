/**
 * Two devices edited the same record: every field keeps its latest value, and what it replaced becomes its
 * history. Commutative, associative and idempotent, so it does not matter who merges, in which order or how
 * often (tested as laws).
 */
import { type EntryRecord, type Field, type Own, type Past, type When, placeOfWhen } from './entry.ts';
import { type Json, canonicalJson, compareText } from './json.ts';
import { samePlace } from './local-day.ts';
import { type Stamp, compareStamps, greaterStamp } from './stamp.ts';

/**
 * A field keeps this many values, the one in force among them. Eight shows every change of an ordinary entry
 * and bounds what a record can grow to.
 */
export const HISTORY_LENGTH = 8;

/**
 * Characters of JSON that the earlier values of one field may take together: long texts keep fewer of them, so
 * that a record with the longest text stays inside one envelope (64 KiB). Cutting the newest-first list at the
 * first value that does not fit keeps the merge associative.
 */
export const HISTORY_CHARACTERS = 8_000;

/** Both must be versions of one record: same id, category and place. If they are not, one of them is kept. */
export function mergeRecords(a: EntryRecord, b: EntryRecord): EntryRecord {
  if (a === b) return a;
  if (a.cat !== b.cat || !samePlace(a.place, b.place)) return compareText(homeOf(a), homeOf(b)) >= 0 ? a : b;

  const when = mergePasts(pastsOfWhen(a), pastsOfWhen(b), (past) => (samePlaceAs(past.value, a) ? 1 : 0));
  const [whenNow = { stamp: a.whenStamp, value: a.when }, ...whenBefore] = when;
  const own = greaterOwn(a.own, b.own);
  const moved = a.moved && b.moved ? greaterStamp(a.moved, b.moved) : (a.moved ?? b.moved);
  const source = lesser(a.source, b.source);
  const rest = mergeRest(a.rest, b.rest);
  return {
    rec: a.rec,
    cat: a.cat,
    moment: compareText(a.moment, b.moment) <= 0 ? a.moment : b.moment,
    place: a.place,
    when: whenNow.value,
    whenStamp: whenNow.stamp,
    ...(whenBefore.length > 0 && { whenHistory: whenBefore }),
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
    : fieldOf(mergePasts(pastsOfField(field), [{ stamp, value }]));
}

/** Earlier whens with one more before them. */
export function whenHistoryWith(record: EntryRecord): readonly Past<When>[] {
  return mergePasts(pastsOfWhen(record), []);
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
  return fieldOf(mergePasts(pastsOfField(a), pastsOfField(b)));
}

function fieldOf(pasts: readonly Past<Json>[]): Field {
  const [now, ...history] = pasts;
  if (now === undefined) throw new RangeError('a field has at least one value');
  return { ...now, ...(history.length > 0 && { history }) };
}

/** The greatest of both lists, newest first, each once, cut to what a field may keep. */
function mergePasts<Value extends Json>(
  a: readonly Past<Value>[],
  b: readonly Past<Value>[],
  weight: (past: Past<Value>) => number = () => 0,
): readonly Past<Value>[] {
  const sorted = [...a, ...b]
    .map((past) => ({ past, text: canonicalJson(past.value), weight: weight(past) }))
    .toSorted(
      (x, y) =>
        y.weight - x.weight || compareStamps(y.past.stamp, x.past.stamp) || compareText(y.text, x.text),
    );
  const kept: Past<Value>[] = [];
  let characters = 0;
  let previous: { readonly stamp: Stamp; readonly text: string } | undefined;
  for (const { past, text } of sorted) {
    if (previous !== undefined && previous.stamp === past.stamp && previous.text === text) continue;
    previous = { stamp: past.stamp, text };
    if (kept.length > 0) characters += text.length;
    if (kept.length === HISTORY_LENGTH || characters > HISTORY_CHARACTERS) break;
    kept.push(past);
  }
  return kept;
}

function pastsOfField(field: Field): readonly Past<Json>[] {
  return [{ stamp: field.stamp, value: field.value }, ...(field.history ?? [])];
}

function pastsOfWhen(record: EntryRecord): readonly Past<When>[] {
  return [{ stamp: record.whenStamp, value: record.when }, ...(record.whenHistory ?? [])];
}

function samePlaceAs(when: When, record: EntryRecord): boolean {
  const place = placeOfWhen(when);
  return place !== undefined && samePlace(place, record.place);
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
