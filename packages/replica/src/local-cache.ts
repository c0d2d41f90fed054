/**
 * The sealed local cache: one volume per (category, month) under its opaque stream id, and one head that says what
 * there is, with a few numbers for every day. The app opens from it, so that starting does not grow with the length
 * of the history. It is only ever a copy: rebuilt from the envelopes whenever in doubt, written behind a change,
 * and emptied of a record before that record is erased.
 */
import { type DaySummary, type Stamp, stampSchema } from '@evenkeel/journal';
import { type Bytes, type StreamId, streamIdSchema, utf8, utf8ToText, z } from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import type { DeviceStore } from './device-store.ts';
import type { StoreMark } from './envelopes.ts';
import { gunzip, gzip } from './gzip.ts';
import type { HeldRecord } from './record-index.ts';
import type { StreamInUse } from './replica.ts';
import { inTurns } from './serial.ts';
import { digestOf, packVolume, unpackVolume } from './volume.ts';

export type VolumeNote = {
  readonly sid: StreamId;
  readonly cat: number;
  readonly month: number;
  readonly count: number;
  readonly digest: string;
};

export type CacheHead = {
  /** Up to where in the envelope store's order of writes the cache is complete; null while nothing is known. */
  readonly mark: StoreMark | null;
  readonly volumes: readonly VolumeNote[];
  readonly days: readonly DaySummary[];
  readonly inUse: readonly StreamInUse[];
  readonly clock: Stamp | null;
};

const monthSchema = z.int().check(z.gte(0), z.lte(0xffff));
const countSchema = z.int().check(z.gte(0));
const headSchema = z.strictObject({
  v: z.literal(1),
  mark: z.nullable(z.strictObject({ id: z.string(), lwt: z.number() })),
  volumes: z.array(
    z.strictObject({
      sid: streamIdSchema,
      cat: countSchema,
      month: monthSchema,
      count: countSchema,
      digest: z.string(),
    }),
  ),
  days: z.array(
    z.strictObject({
      day: z.string(),
      moments: countSchema,
      moods: countSchema,
      valence: z.optional(z.number()),
      arousal: z.optional(z.number()),
      strongest: z.optional(z.strictObject({ valence: z.number(), arousal: z.optional(z.number()) })),
      sleepMinutes: z.optional(z.number()),
      alcoholUnits: z.optional(z.number()),
      useFree: z.optional(z.literal(true)),
    }),
  ),
  inUse: z.array(
    z.strictObject({
      sid: streamIdSchema,
      cat: countSchema,
      month: monthSchema,
      epoch: countSchema,
      days: z.array(countSchema),
    }),
  ),
  clock: z.nullable(stampSchema),
});

const HEAD_LABEL = 'cache/head';
const VOLUME_LABEL = 'cache/volume';
const HEAD_ID = 'head';
const MOST_HEAD_BYTES = 64 * 1_048_576;

export type LocalCache = {
  readonly readHead: () => Promise<CacheHead | null>;
  /** Records of volumes; null when one is missing, unreadable, or another than the head says. */
  readonly readVolumes: (notes: readonly VolumeNote[]) => Promise<readonly HeldRecord[] | null>;
  /** Writes volumes and the head in one transaction; an empty volume is removed. */
  readonly write: (volumes: ReadonlyMap<StreamId, readonly HeldRecord[]>, head: CacheHead) => Promise<void>;
  /** Removes volumes at once, before something in them is erased; what is left no longer agrees with its head. */
  readonly purge: (sids: Iterable<StreamId>) => Promise<void>;
  readonly clear: () => Promise<void>;
};

export function createCache(vault: Vault, store: DeviceStore): LocalCache {
  const { volumes, caches } = store.tables;
  return {
    async readHead() {
      const row = await caches.get(HEAD_ID);
      if (row === undefined) return null;
      const [bytes] = await vault.openLocal(HEAD_LABEL, [row.box]);
      return bytes === undefined || bytes === null ? null : unpackHead(bytes);
    },
    async readVolumes(notes) {
      const rows = await volumes.bulkGet(notes.map(({ sid }) => sid));
      const boxes: Bytes[] = [];
      for (const row of rows) {
        if (row === undefined) return null;
        boxes.push(row.box);
      }
      const opened = await vault.openLocal(VOLUME_LABEL, boxes);
      const records: HeldRecord[] = [];
      const turn = inTurns();
      for (const [i, note] of notes.entries()) {
        const bytes = opened[i];
        const held = bytes === undefined || bytes === null ? null : await unpackVolume(note.sid, bytes);
        if (held === null || held.length !== note.count || digestOf(held) !== note.digest) return null;
        records.push(...held);
        await turn();
      }
      return records;
    },
    async write(changed, head) {
      const sids = [...changed.keys()];
      const filled = [...changed].filter(([, records]) => records.length > 0);
      const encoded: Bytes[] = [];
      const turn = inTurns();
      for (const [sid, records] of filled) {
        encoded.push(await packVolume(sid, records));
        await turn();
      }
      const [boxes, headBoxes] = await Promise.all([
        vault.sealLocal(VOLUME_LABEL, encoded),
        gzip(utf8(JSON.stringify({ v: 1, ...head }))).then((bytes) => vault.sealLocal(HEAD_LABEL, [bytes])),
      ]);
      const [headBox] = headBoxes;
      if (headBox === undefined) return;
      const rows = filled.flatMap(([id], i) => {
        const box = boxes[i];
        return box === undefined ? [] : [{ id, box }];
      });
      await store.db.transaction('rw', [volumes, caches], async () => {
        await volumes.bulkDelete(sids);
        await volumes.bulkPut(rows);
        await caches.put({ id: HEAD_ID, box: headBox });
      });
    },
    async purge(sids) {
      await volumes.bulkDelete([...sids]);
    },
    async clear() {
      await store.db.transaction('rw', [volumes, caches], async () => {
        await volumes.clear();
        await caches.clear();
      });
    },
  };
}

export function noteOf(
  sid: StreamId,
  cat: number,
  month: number,
  records: readonly HeldRecord[],
): VolumeNote {
  return { sid, cat, month, count: records.length, digest: digestOf(records) };
}

/** The head of a cache, or null when it cannot be read: then the cache is made anew. */
export async function unpackHead(bytes: Bytes): Promise<CacheHead | null> {
  const open = await gunzip(bytes, MOST_HEAD_BYTES);
  return open === null ? null : parseHead(open);
}

/** As `unpackHead`, of what lies inside. */
export function parseHead(open: Uint8Array): CacheHead | null {
  let value: unknown;
  try {
    value = JSON.parse(utf8ToText(open) ?? '');
  } catch {
    return null;
  }
  const parsed = headSchema.safeParse(value);
  if (!parsed.success) return null;
  const { mark, volumes, inUse, clock } = parsed.data;
  const days = parsed.data.days.map(({ day, moments, moods, valence, arousal, strongest, ...more }) => ({
    day,
    moments,
    moods,
    ...(valence !== undefined && { valence }),
    ...(arousal !== undefined && { arousal }),
    ...(strongest !== undefined && {
      strongest: {
        valence: strongest.valence,
        ...(strongest.arousal !== undefined && { arousal: strongest.arousal }),
      },
    }),
    ...(more.sleepMinutes !== undefined && { sleepMinutes: more.sleepMinutes }),
    ...(more.alcoholUnits !== undefined && { alcoholUnits: more.alcoholUnits }),
    ...(more.useFree !== undefined && { useFree: more.useFree }),
  }));
  return { mark, volumes, days, inUse, clock };
}
