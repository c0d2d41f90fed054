/**
 * Records and tombstones as the JSON inside an envelope. The names are one letter and each stamp is written
 * once, because an ordinary mood then fits the smallest padded size (256 bytes) instead of the next.
 *
 *   v  version, 1                       s  stamps; everywhere else a stamp is its index here
 *   r  record id                        w  when: [stamp, zone, at], at null when only the day is known;
 *   c  category number                     [stamp, null, at] when tied to no day
 *   m  moment id                        wh earlier whens, newest first, each with its day as a fourth item
 *   p  place: [month, day]              t  written − ms of the stamp in w, left out when 0
 *   f  fields: name → [stamp, value] or [stamp, value, [[stamp, value], …]]
 *   x  own: [category, stamp, "n"] or [category, stamp, "b", binnedAt, "c" | "n"]
 *   mv stamp of the move that made it   o  origin: [app, file, row]
 *
 * A tombstone: v, r, c, p, s = what it has seen, to = [r, c, month, day, stamp] when it was a move.
 * docs/protocol.md, "Envelope".
 */
import { type Bytes, momentIdSchema, recordIdSchema, utf8, utf8ToText, z } from '@evenkeel/protocol';
import {
  CATEGORY_NUMBERS,
  type CategoryNumber,
  categoryNumberSchema,
  isCategoryNumber,
} from './categories.ts';
import { fieldSchemaOf } from './categories/field-schemas.ts';
import { moodFieldSchemas } from './categories/mood.ts';
import {
  type EntryRecord,
  type Field,
  type Own,
  type Past,
  type Tombstone,
  type When,
  onDay,
  sourceAppSchema,
  subjectOf,
} from './entry.ts';
import { type Json, jsonSchema } from './json.ts';
import { type Place, UNDATED_PLACE, dayOfPlace, isLocalDay, isZoneName, samePlace } from './local-day.ts';
import { type Stamp, stampMs, stampSchema } from './stamp.ts';

/** `malformed`: not a record of ours, to be quarantined. `newer-app-needed`: a version this app cannot read. */
export type UnreadableReason = 'malformed' | 'newer-app-needed';
export type ParsedRecord =
  | { readonly ok: true; readonly record: EntryRecord }
  | { readonly ok: false; readonly reason: UnreadableReason };
export type ParsedTombstone =
  | { readonly ok: true; readonly tombstone: Tombstone }
  | { readonly ok: false; readonly reason: UnreadableReason };

const VERSION = 1;
const LATEST_MS = 8.64e15;
const RECORD_NAMES = new Set(['v', 'r', 'c', 'm', 'p', 's', 'w', 'wh', 't', 'f', 'x', 'mv', 'o']);
const TOMBSTONE_NAMES = new Set(['v', 'r', 'c', 'p', 's', 'to']);

export function encodeRecord(record: EntryRecord): Bytes {
  const table = new Map<Stamp, number>();
  const index = (stamp: Stamp): number => {
    const known = table.get(stamp);
    if (known !== undefined) return known;
    table.set(stamp, table.size);
    return table.size - 1;
  };
  const { when, own, source } = record;
  const written = record.written - stampMs(record.whenStamp);
  const w = whenItems(index(record.whenStamp), when);
  const wh = record.whenHistory?.map((past) => [
    ...whenItems(index(past.stamp), past.value),
    ...(past.value.precision === 'undated' ? [] : [past.value.day]),
  ]);
  const f = Object.fromEntries(
    Object.entries(record.fields).map(([name, field]) => [name, fieldItems(field, index)]),
  );
  return utf8(
    JSON.stringify({
      ...record.rest,
      v: VERSION,
      r: record.rec,
      c: record.cat,
      m: record.moment,
      p: [record.place.month, record.place.day],
      w,
      ...(wh !== undefined && wh.length > 0 && { wh }),
      ...(written !== 0 && { t: written }),
      f,
      ...(own !== undefined && { x: ownItems(own, index(own.stamp)) }),
      ...(record.moved !== undefined && { mv: index(record.moved) }),
      ...(source !== undefined && { o: [source.app, source.file, source.row] }),
      s: [...table.keys()],
    }),
  );
}

/** A record from decrypted bytes. Its day is taken from its place; the caller compares the place with the key's. */
export function parseRecord(bytes: Uint8Array): ParsedRecord {
  const json = readJson(bytes);
  if (!json.ok) return json;
  const wire = recordSchema.safeParse(json.value);
  if (!wire.success) return { ok: false, reason: 'malformed' };
  const record = recordFromWire(wire.data);
  if (record === undefined || !fieldsAreSound(record)) return { ok: false, reason: 'malformed' };
  return { ok: true, record };
}

export function encodeTombstone(tombstone: Tombstone): Bytes {
  const { movedTo, place } = tombstone;
  return utf8(
    JSON.stringify({
      ...tombstone.rest,
      v: VERSION,
      r: tombstone.rec,
      c: tombstone.cat,
      p: [place.month, place.day],
      s: tombstone.seen,
      ...(movedTo !== undefined && {
        to: [movedTo.rec, movedTo.cat, movedTo.place.month, movedTo.place.day, movedTo.stamp],
      }),
    }),
  );
}

export function parseTombstone(bytes: Uint8Array): ParsedTombstone {
  const json = readJson(bytes);
  if (!json.ok) return json;
  const wire = tombstoneSchema.safeParse(json.value);
  if (!wire.success) return { ok: false, reason: 'malformed' };
  const { r, c, p, s, to } = wire.data;
  const place = placeFrom(p);
  const target = to && placeFrom([to[2], to[3]]);
  if (place === undefined || (to !== undefined && target === undefined))
    return { ok: false, reason: 'malformed' };
  const rest = restOf(wire.data, TOMBSTONE_NAMES);
  if (rest === null) return { ok: false, reason: 'malformed' };
  return {
    ok: true,
    tombstone: {
      rec: r,
      cat: c,
      place,
      seen: s,
      ...(to !== undefined &&
        target !== undefined && { movedTo: { rec: to[0], cat: to[1], place: target, stamp: to[4] } }),
      ...(rest !== undefined && { rest }),
    },
  };
}

const indexSchema = z.int().check(z.gte(0), z.lte(0xffff));
const instantSchema = z.int().check(z.gte(-LATEST_MS), z.lte(LATEST_MS));
const zoneSchema = z.string().check(z.refine(isZoneName));
const whenSchema = z.tuple([indexSchema, z.nullable(zoneSchema), z.nullable(instantSchema)]);
const pastWhenSchema = z.tuple([
  indexSchema,
  z.nullable(zoneSchema),
  z.nullable(instantSchema),
  z.optional(z.string().check(z.refine(isLocalDay))),
]);
const pastSchema = z.tuple([indexSchema, jsonSchema]);
const fieldSchema = z.union([pastSchema, z.tuple([indexSchema, jsonSchema, z.array(pastSchema)])]);
const placeSchema = z.tuple([z.int(), z.int()]);

const recordSchema = z.looseObject({
  r: recordIdSchema,
  c: categoryNumberSchema,
  m: momentIdSchema,
  p: placeSchema,
  s: z.array(stampSchema).check(z.minLength(1)),
  w: whenSchema,
  wh: z.optional(z.array(pastWhenSchema)),
  t: z.optional(instantSchema),
  f: z.record(z.string().check(z.minLength(1), z.maxLength(200)), fieldSchema),
  x: z.optional(
    z.union([
      z.tuple([categoryNumberSchema, indexSchema, z.literal('n')]),
      z.tuple([categoryNumberSchema, indexSchema, z.literal('b'), instantSchema, z.enum(['c', 'n'])]),
    ]),
  ),
  mv: z.optional(indexSchema),
  o: z.optional(
    z.tuple([sourceAppSchema, z.string().check(z.minLength(1), z.maxLength(43)), z.int().check(z.gte(0))]),
  ),
});
type RecordWire = z.infer<typeof recordSchema>;

const tombstoneSchema = z.looseObject({
  r: recordIdSchema,
  c: categoryNumberSchema,
  p: placeSchema,
  s: z.array(stampSchema),
  to: z.optional(z.tuple([recordIdSchema, categoryNumberSchema, z.int(), z.int(), stampSchema])),
});

const headSchema = z.looseObject({ v: z.int().check(z.gte(1)), c: z.int().check(z.gte(1), z.lte(255)) });

function readJson(
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: UnreadableReason } {
  const text = utf8ToText(bytes);
  if (text === null) return { ok: false, reason: 'malformed' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'malformed' };
  }
  const head = headSchema.safeParse(value);
  if (!head.success) return { ok: false, reason: 'malformed' };
  if (head.data.v > VERSION || !isCategoryNumber(head.data.c))
    return { ok: false, reason: 'newer-app-needed' };
  return { ok: true, value };
}

function recordFromWire(wire: RecordWire): EntryRecord | undefined {
  const stampAt = (index: number): Stamp => {
    const stamp = wire.s[index];
    if (stamp === undefined) throw new NoSuchStamp();
    return stamp;
  };
  try {
    const place = placeFrom(wire.p);
    const when = place && whenFrom(wire.w, dayOfPlace(place));
    if (place === undefined || when === undefined) return undefined;
    const whenStamp = stampAt(wire.w[0]);
    const written = stampMs(whenStamp) + (wire.t ?? 0);
    if (Math.abs(written) > LATEST_MS) return undefined;
    const own = wire.x && ownFrom(wire.x, stampAt(wire.x[1]));
    if ((wire.c === CATEGORY_NUMBERS.private) !== (own !== undefined)) return undefined;
    const whenHistory: Past<When>[] = [];
    for (const past of wire.wh ?? []) {
      const value = whenFrom([past[0], past[1], past[2]], past[3]);
      if (value === undefined) return undefined;
      whenHistory.push({ stamp: stampAt(past[0]), value });
    }
    const rest = restOf(wire, RECORD_NAMES);
    if (rest === null) return undefined;
    return {
      rec: wire.r,
      cat: wire.c,
      moment: wire.m,
      place,
      when,
      whenStamp,
      ...(whenHistory.length > 0 && { whenHistory }),
      written,
      ...(own !== undefined && { own }),
      ...(wire.mv !== undefined && { moved: stampAt(wire.mv) }),
      ...(wire.o !== undefined && { source: { app: wire.o[0], file: wire.o[1], row: wire.o[2] } }),
      fields: Object.fromEntries(
        Object.entries(wire.f).map(([name, [stamp, value, history]]): [string, Field] => [
          name,
          {
            stamp: stampAt(stamp),
            value,
            ...(history !== undefined &&
              history.length > 0 && {
                history: history.map((past) => ({ stamp: stampAt(past[0]), value: past[1] })),
              }),
          },
        ]),
      ),
      ...(rest !== undefined && { rest }),
    };
  } catch (fault) {
    if (fault instanceof NoSuchStamp) return undefined;
    throw fault;
  }
}

class NoSuchStamp extends Error {
  override readonly name = 'NoSuchStamp';
}

/** Known fields of known categories hold what they may hold, and a mood was at some time about something. */
function fieldsAreSound(record: EntryRecord): boolean {
  const subject = subjectOf(record);
  for (const [name, field] of Object.entries(record.fields)) {
    const schema = fieldSchemaOf(subject, name);
    if (schema === undefined) continue;
    if (!schema.safeParse(field.value).success) return false;
    for (const past of field.history ?? []) if (!schema.safeParse(past.value).success) return false;
  }
  return subject !== CATEGORY_NUMBERS.mood || wasAMood(record);
}

function wasAMood(record: EntryRecord): boolean {
  return Object.entries(record.fields).some(([name, field]) => {
    if (!Object.hasOwn(moodFieldSchemas, name)) return false;
    return field.value !== null || (field.history ?? []).some((past) => past.value !== null);
  });
}

function whenItems(stamp: number, when: When): readonly Json[] {
  if (when.precision === 'minute') return [stamp, when.zone, when.at];
  return when.precision === 'day' ? [stamp, when.zone, null] : [stamp, null, when.at];
}

function whenFrom(
  [, zone, at]: readonly [number, string | null, number | null],
  day: string | undefined,
): When | undefined {
  if (zone === null) return at === null || day !== undefined ? undefined : { precision: 'undated', at };
  if (day === undefined) return undefined;
  return at === null ? onDay(day, zone) : { precision: 'minute', at, zone, day };
}

function fieldItems(field: Field, index: (stamp: Stamp) => number): readonly Json[] {
  const now = [index(field.stamp), field.value];
  if (field.history === undefined || field.history.length === 0) return now;
  return [...now, field.history.map((past) => [index(past.stamp), past.value])];
}

function ownItems(own: Own, stamp: number): readonly Json[] {
  if (own.why === 'not-for-sharing') return [own.cat, stamp, 'n'];
  return [own.cat, stamp, 'b', own.binnedAt, own.backTo === 'category' ? 'c' : 'n'];
}

function ownFrom(
  x: readonly [CategoryNumber, number, 'n'] | readonly [CategoryNumber, number, 'b', number, 'c' | 'n'],
  stamp: Stamp,
): Own | undefined {
  const cat = x[0];
  if (cat === CATEGORY_NUMBERS.private) return undefined;
  if (x[2] === 'n') return { cat, stamp, why: 'not-for-sharing' };
  return { cat, stamp, why: 'binned', binnedAt: x[3], backTo: x[4] === 'c' ? 'category' : 'not-for-sharing' };
}

function placeFrom([month, day]: readonly [number, number]): Place | undefined {
  if (month < 0) return undefined;
  const place = { month, day };
  return samePlace(place, UNDATED_PLACE) || dayOfPlace(place) !== undefined ? place : undefined;
}

/** What stands beside the known names; undefined when nothing does, null when it is not plain JSON. */
function restOf(
  wire: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): Readonly<Record<string, Json>> | undefined | null {
  const rest: [string, Json][] = [];
  for (const [name, value] of Object.entries(wire)) {
    if (known.has(name)) continue;
    const parsed = jsonSchema.safeParse(value);
    if (!parsed.success) return null;
    rest.push([name, parsed.data]);
  }
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}
