/**
 * Everything a diary holds, as one JSON file that a person can read and another program can use. Lossless: what
 * is read back is what was written, with history, times and zones. EXPORT-FORMAT.md describes each part.
 */
import {
  CATEGORY_NUMBERS,
  type Category,
  type EntryRecord,
  type Field,
  type Json,
  type Own,
  type Past,
  type Tombstone,
  type When,
  categoryByNumber,
  encodeRecord,
  encodeTombstone,
  isLocalDay,
  isZoneName,
  jsonSchema,
  parseRecord,
  parseTombstone,
  sameRecord,
  stampSchema,
} from '@evenkeel/journal';
import { momentIdSchema, recordIdSchema, z } from '@evenkeel/protocol';

export const EXPORT_FORMAT = 'evenkeel-export';
export const EXPORT_VERSION = 1;

export type DiaryExport = {
  /** Milliseconds UTC. */
  readonly exportedAt: number;
  readonly records: readonly EntryRecord[];
  readonly tombstones: readonly Tombstone[];
  /** What the caller adds beside the diary (logs, grants, consents), carried as it is. */
  readonly sections: Readonly<Record<string, Json>>;
};

export type ParsedExport =
  | { readonly ok: true; readonly export: DiaryExport }
  | {
      readonly ok: false;
      /** `not-an-export`: some other file. `malformed`: an export of ours with a part that is wrong. */
      readonly reason: 'not-an-export' | 'newer-app-needed' | 'malformed';
    };

/** The text of an export file, indented so that it can be read. */
export function exportJson(diary: DiaryExport): string {
  const file = {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    exportedAt: isoOf(diary.exportedAt),
    records: diary.records.map(recordToJson),
    tombstones: diary.tombstones.map(tombstoneToJson),
    sections: diary.sections,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export function parseExportJson(text: string): ParsedExport {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, reason: 'not-an-export' };
  }
  const head = headSchema.safeParse(value);
  if (!head.success) return { ok: false, reason: 'not-an-export' };
  if (head.data.version > EXPORT_VERSION) return { ok: false, reason: 'newer-app-needed' };
  const file = fileSchema.safeParse(value);
  if (!file.success) return { ok: false, reason: 'malformed' };

  const records: EntryRecord[] = [];
  for (const json of file.data.records) {
    const record = sound(recordFromJson(json));
    if (record === null) return { ok: false, reason: 'malformed' };
    records.push(record);
  }
  const tombstones: Tombstone[] = [];
  for (const json of file.data.tombstones) {
    const parsed = parseTombstone(encodeTombstone(tombstoneFromJson(json)));
    if (!parsed.ok) return { ok: false, reason: 'malformed' };
    tombstones.push(parsed.tombstone);
  }
  return {
    ok: true,
    export: { exportedAt: file.data.exportedAt, records, tombstones, sections: file.data.sections },
  };
}

const headSchema = z.looseObject({ format: z.literal(EXPORT_FORMAT), version: z.int().check(z.gte(1)) });
const timeSchema = z.pipe(
  z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
  z.transform((text) => Date.parse(text)),
);
const categorySchema = z.pipe(
  z.string().check(z.refine(isCategory)),
  z.transform((name) => (isCategory(name) ? CATEGORY_NUMBERS[name] : CATEGORY_NUMBERS.mood)),
);
const placeSchema = z.object({ month: z.int(), day: z.int() });
const zoneSchema = z.string().check(z.refine(isZoneName));
const daySchema = z.string().check(z.refine(isLocalDay));
const whenSchema = z.discriminatedUnion('precision', [
  z.object({ precision: z.literal('minute'), at: timeSchema, zone: zoneSchema, day: daySchema }),
  z.object({ precision: z.literal('day'), at: timeSchema, zone: zoneSchema, day: daySchema }),
  z.object({ precision: z.literal('undated'), at: timeSchema }),
]);
const ownSchema = z.discriminatedUnion('why', [
  z.object({ why: z.literal('not-for-sharing'), category: categorySchema, stamp: stampSchema }),
  z.object({
    why: z.literal('binned'),
    category: categorySchema,
    stamp: stampSchema,
    binnedAt: timeSchema,
    backTo: z.enum(['category', 'not-for-sharing']),
  }),
]);
const pastSchema = z.object({ stamp: stampSchema, value: jsonSchema });
const fieldSchema = z.object({
  stamp: stampSchema,
  value: jsonSchema,
  history: z.optional(z.array(pastSchema)),
});
const restSchema = z.optional(z.record(z.string(), jsonSchema));

const recordSchema = z.object({
  id: recordIdSchema,
  category: categorySchema,
  moment: momentIdSchema,
  place: placeSchema,
  when: whenSchema,
  whenStamp: stampSchema,
  whenHistory: z.optional(z.array(z.object({ stamp: stampSchema, value: whenSchema }))),
  written: timeSchema,
  own: z.optional(ownSchema),
  moved: z.optional(stampSchema),
  source: z.optional(z.object({ app: z.string(), file: z.string(), row: z.int() })),
  fields: z.record(z.string(), fieldSchema),
  rest: restSchema,
});

const tombstoneSchema = z.object({
  id: recordIdSchema,
  category: categorySchema,
  place: placeSchema,
  seen: z.array(stampSchema),
  movedTo: z.optional(
    z.object({ id: recordIdSchema, category: categorySchema, place: placeSchema, stamp: stampSchema }),
  ),
  rest: restSchema,
});

const fileSchema = z.object({
  exportedAt: timeSchema,
  records: z.array(recordSchema),
  tombstones: z.array(tombstoneSchema),
  sections: z.record(z.string(), jsonSchema),
});

function recordToJson(record: EntryRecord) {
  const { rec, cat, when, own, whenHistory, written, ...kept } = record;
  return {
    id: rec,
    category: nameOf(cat),
    when: whenToJson(when),
    written: isoOf(written),
    ...(own !== undefined && { own: ownToJson(own) }),
    ...(whenHistory !== undefined && {
      whenHistory: whenHistory.map((past) => ({ stamp: past.stamp, value: whenToJson(past.value) })),
    }),
    ...kept,
  };
}

function recordFromJson(json: z.infer<typeof recordSchema>): EntryRecord {
  const { id, category, own, whenHistory, moved, source, rest, fields, ...kept } = json;
  return {
    ...kept,
    rec: id,
    cat: category,
    ...(own !== undefined && { own: ownFromJson(own) }),
    ...(whenHistory !== undefined && { whenHistory: whenHistory satisfies Past<When>[] }),
    ...(moved !== undefined && { moved }),
    ...(source !== undefined && { source }),
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, { stamp, value, history }]): [string, Field] => [
        name,
        { stamp, value, ...(history !== undefined && { history }) },
      ]),
    ),
    ...(rest !== undefined && { rest }),
  };
}

/** The record when it keeps all the rules of one: it must pass the door of decrypted bytes and come out the same. */
function sound(record: EntryRecord): EntryRecord | null {
  const parsed = parseRecord(encodeRecord(record));
  return parsed.ok && sameRecord(parsed.record, record) ? parsed.record : null;
}

function tombstoneToJson({ rec, cat, movedTo, ...kept }: Tombstone) {
  return {
    id: rec,
    category: nameOf(cat),
    ...kept,
    ...(movedTo !== undefined && {
      movedTo: { id: movedTo.rec, category: nameOf(movedTo.cat), place: movedTo.place, stamp: movedTo.stamp },
    }),
  };
}

function tombstoneFromJson({
  id,
  category,
  movedTo,
  rest,
  ...kept
}: z.infer<typeof tombstoneSchema>): Tombstone {
  return {
    rec: id,
    cat: category,
    ...kept,
    ...(movedTo !== undefined && {
      movedTo: { rec: movedTo.id, cat: movedTo.category, place: movedTo.place, stamp: movedTo.stamp },
    }),
    ...(rest !== undefined && { rest }),
  };
}

function whenToJson(when: When) {
  return { ...when, at: isoOf(when.at) };
}

function ownToJson(own: Own) {
  const { cat, ...kept } = own;
  return { category: nameOf(cat), ...kept, ...(own.why === 'binned' && { binnedAt: isoOf(own.binnedAt) }) };
}

function ownFromJson({ category, ...kept }: z.infer<typeof ownSchema>): Own {
  return { cat: category, ...kept };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

function nameOf(cat: EntryRecord['cat']): Category {
  const name = categoryByNumber(cat);
  if (name === undefined) throw new RangeError('a record has a category that has a name');
  return name;
}

function isCategory(name: string): name is Category {
  return Object.hasOwn(CATEGORY_NUMBERS, name);
}
