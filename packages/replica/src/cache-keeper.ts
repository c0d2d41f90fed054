/**
 * Keeps the sealed cache in step with the index: opens the newest months first, writes changed months a moment
 * after the last change, and never says more than it holds.
 */
import {
  type Clock,
  type LocalDay,
  type Stamp,
  UNDATED_PLACE,
  addDays,
  dayOfInstant,
  deviceZone,
  placeOfDay,
} from '@evenkeel/journal';
import type { StreamId } from '@evenkeel/protocol';
import type { StoreMark } from './envelopes.ts';
import type { InUse } from './in-use.ts';
import { type CacheHead, type LocalCache, type VolumeNote, noteOf } from './local-cache.ts';
import type { FillableIndex, HeldRecord } from './record-index.ts';
import { breathe, createSerial, inTurns } from './serial.ts';

export type Stream = { readonly sid: StreamId; readonly cat: number; readonly month: number };
export type LocalDirt = {
  /** A stream's records changed. `soon`: write at once (something was deleted). */
  readonly touch: (stream: Stream, soon: boolean) => void;
};

export type CacheKeeper = LocalDirt & {
  readonly readHead: () => Promise<CacheHead | null>;
  /** Opens the newest 60 days and what is tied to no day. False when the cache cannot be trusted. */
  readonly openNewest: (head: CacheHead) => Promise<boolean>;
  /** Opens the rest, newest first, letting the page answer in between. */
  readonly openOlder: () => Promise<boolean>;
  /** Where the envelope store's writes are known up to. */
  readonly mark: () => StoreMark | null;
  readonly setMark: (mark: StoreMark) => void;
  /** Everything is in the index now: from here on the cache may be written. */
  readonly complete: () => void;
  readonly flush: () => Promise<void>;
  /** Removes what the cache holds of these streams, now. */
  readonly purge: (sids: readonly StreamId[]) => Promise<void>;
  /** Forgets the cache: it will be written anew. */
  readonly reset: () => Promise<void>;
  readonly stop: () => void;
};

export const NEWEST_DAYS = 60;
const WRITE_BEHIND_MS = 400;
const VOLUMES_AT_ONCE = 8;

export function createCacheKeeper(parts: {
  readonly cache: LocalCache;
  readonly index: FillableIndex;
  readonly inUse: InUse;
  readonly clock: () => Clock;
  readonly now: () => number;
}): CacheKeeper {
  const { cache, index, inUse } = parts;
  const notes = new Map<StreamId, VolumeNote>();
  const streams = new Map<StreamId, Stream>();
  const dirty = new Set<StreamId>();
  const serial = createSerial();
  let older: readonly VolumeNote[] = [];
  let mark: StoreMark | null = null;
  let isComplete = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = false;
  let keptClock: Stamp | null = null;

  const openVolumes = async (wanted: readonly VolumeNote[]): Promise<boolean> => {
    const records = await cache.readVolumes(wanted);
    if (records === null) return false;
    index.apply(records.map((held) => ({ kind: 'held', held })));
    return true;
  };
  const later = (ms: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      keeper.flush().catch(() => undefined);
    }, ms);
  };

  const keeper: CacheKeeper = {
    readHead: () => cache.readHead(),
    async openNewest(head) {
      for (const note of head.volumes) {
        notes.set(note.sid, note);
        streams.set(note.sid, note);
      }
      mark = head.mark;
      keptClock = head.clock;
      inUse.seed(head.inUse);
      const from = firstNewMonth(parts.now());
      const newest = head.volumes.filter(({ month }) => month >= from);
      older = head.volumes.filter(({ month }) => month < from).toSorted((a, b) => b.month - a.month);
      index.seedSummaries(head.days);
      if (!(await openVolumes(newest))) return false;
      index.markLoaded(
        [...newest.map(({ month }) => month), ...monthsSince(from, parts.now())],
        older.length === 0,
      );
      return true;
    },
    async openOlder() {
      while (older.length > 0) {
        const part = untilMonthEnds(older, VOLUMES_AT_ONCE);
        if (stopped) return true;
        if (!(await openVolumes(part))) return false;
        older = older.slice(part.length);
        index.markLoaded(
          part.map(({ month }) => month),
          older.length === 0,
        );
        await breathe();
      }
      index.markLoaded([], true);
      return true;
    },
    mark: () => mark,
    setMark(next) {
      if (mark === null || next.lwt > mark.lwt || (next.lwt === mark.lwt && next.id > mark.id)) mark = next;
      if (isComplete) later(WRITE_BEHIND_MS);
    },
    complete() {
      isComplete = true;
      index.markLoaded([], true);
      if (dirty.size > 0) later(WRITE_BEHIND_MS);
    },
    touch(stream, soon) {
      streams.set(stream.sid, stream);
      dirty.add(stream.sid);
      if (isComplete) later(soon ? 0 : WRITE_BEHIND_MS);
    },
    flush: () =>
      serial(async () => {
        const clock = parts.clock().last() ?? null;
        if (!isComplete || stopped || (dirty.size === 0 && clock === keptClock)) return;
        // All of one moment; what changes while it is being written is dirty again.
        const taken = [...dirty];
        dirty.clear();
        const changed = recordsOf(taken);
        const known = { mark, days: index.snapshot().summaries(), inUse: inUse.list(), clock };
        try {
          const turn = inTurns();
          for (const [sid, records] of changed) {
            const stream = streams.get(sid);
            if (stream === undefined || records.length === 0) notes.delete(sid);
            else notes.set(sid, noteOf(sid, stream.cat, stream.month, records));
            await turn();
          }
          await cache.write(changed, { ...known, volumes: [...notes.values()] });
          keptClock = clock;
        } catch (fault) {
          for (const sid of taken) dirty.add(sid);
          throw fault;
        }
      }),
    purge: (sids) =>
      serial(async () => {
        for (const sid of sids) if (streams.has(sid)) dirty.add(sid);
        await cache.purge(sids);
      }),
    reset: () =>
      serial(async () => {
        notes.clear();
        dirty.clear();
        older = [];
        mark = null;
        isComplete = false;
        inUse.clear();
        await cache.clear();
      }),
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
  return keeper;

  function recordsOf(sids: readonly StreamId[]): ReadonlyMap<StreamId, readonly HeldRecord[]> {
    const found = new Map<StreamId, HeldRecord[]>();
    const months = new Set<number>();
    for (const sid of sids) {
      const stream = streams.get(sid);
      if (stream === undefined) continue;
      found.set(sid, []);
      months.add(stream.month);
    }
    for (const month of months) for (const held of index.inMonth(month)) found.get(held.sid)?.push(held);
    return found;
  }
}

/** The month that the newest 60 days reach back to. */
export function firstNewMonth(now: number): number {
  const today: LocalDay = dayOfInstant(now, deviceZone());
  return placeOfDay(addDays(today, -NEWEST_DAYS))?.month ?? 0;
}

/** Months without a volume are open as well: there is nothing in them. */
function monthsSince(from: number, now: number): readonly number[] {
  const last = placeOfDay(dayOfInstant(now, deviceZone()))?.month ?? from;
  return [...Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i), UNDATED_PLACE.month];
}

/** At least `least` volumes, and never half a month: a month that is marked open holds all its categories. */
function untilMonthEnds(volumes: readonly VolumeNote[], least: number): readonly VolumeNote[] {
  let end = Math.min(least, volumes.length);
  while (end < volumes.length && volumes[end]?.month === volumes[end - 1]?.month) end += 1;
  return volumes.slice(0, end);
}
