/**
 * The tree of keys below one root (docs/protocol.md, "Key tree"). Nothing of it is stored: a key is derived
 * when it is first needed and remembered until the vault locks.
 *
 *     root ─ sid(category, month)                  opaque stream id, the same in every epoch
 *          └ stream(category, month, epoch) ─ day(0..31) ─ kid, env
 */
import {
  type AccountId,
  type KeyId,
  type StreamId,
  bytesToStreamId,
  concat,
  u16,
  u8,
} from '@evenkeel/protocol';
import { deriveKey, deriveSecret } from './derive.ts';
import { VaultFault } from './fault.ts';
import type { Secret } from './secret.ts';
import { type DayKey, type StreamKeys, openStreamKeys } from './stream-keys.ts';
import type { Place } from './vault.ts';

export type CategoryMonth = { readonly cat: number; readonly month: number };

export type KeyTree = Disposable & {
  readonly sidOf: (cat: number, month: number) => StreamId;
  readonly stream: (cat: number, month: number, epoch: number) => StreamKeys;
  readonly dayKey: (place: Place, epoch: number) => DayKey;
  /** Which category and month a stream id of ours stands for; null when it is not ours. */
  readonly placeOfStream: (sid: StreamId) => CategoryMonth | null;
  /** The place of a key id; null when it does not derive. */
  readonly placeOf: (sid: StreamId, kid: KeyId, epoch: number) => Place | null;
};

/** Final numbers, never reused (docs/protocol.md, "Key tree"): 1 mood … 13 profile, 240 settings, 241 private. */
const CATEGORIES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 240, 241] as const;
/** Categories from here on are never shared. */
export const FIRST_PRIVATE_CATEGORY = 240;
export const UNDATED_MONTH = 0xffff;
const LAST_DATED_MONTH = 12 * 101 - 1;
const SID_BYTES = 16;

export function openKeyTree(root: Secret, acct: AccountId): KeyTree {
  const sidByPlace = new Map<number, StreamId>();
  const placeBySid = new Map<StreamId, CategoryMonth>();
  const streamByPlace = new Map<string, StreamKeys>();
  const unlooked = monthsRecentFirst();

  const sidOf = (cat: number, month: number): StreamId => {
    const at = cat * 0x10000 + month;
    const known = sidByPlace.get(at);
    if (known !== undefined) return known;
    mustBePlace({ cat, month, day: 0 });
    const sid = bytesToStreamId(deriveKey(root.reveal(), 'sid', concat(u8(cat), u16(month)), SID_BYTES));
    sidByPlace.set(at, sid);
    placeBySid.set(sid, { cat, month });
    return sid;
  };

  const stream = (cat: number, month: number, epoch: number): StreamKeys => {
    const at = `${cat}/${month}/${epoch}`;
    const known = streamByPlace.get(at);
    if (known !== undefined) return known;
    mustBePlace({ cat, month, day: 0 });
    const key = deriveSecret(root, 'stream', concat(u8(cat), u16(month), u16(epoch)));
    const keys = openStreamKeys(key, acct);
    streamByPlace.set(at, keys);
    return keys;
  };

  const placeOfStream = (sid: StreamId): CategoryMonth | null => {
    for (;;) {
      const known = placeBySid.get(sid);
      if (known !== undefined) return known;
      const next = unlooked.next();
      if (next.done === true) return null;
      for (const cat of CATEGORIES) sidOf(cat, next.value);
    }
  };

  return {
    sidOf,
    stream,
    dayKey: (place, epoch) => {
      mustBePlace(place);
      return stream(place.cat, place.month, epoch).day(place.day);
    },
    placeOfStream,
    placeOf: (sid, kid, epoch) => {
      const at = placeOfStream(sid);
      if (at === null) return null;
      const day = stream(at.cat, at.month, epoch).dayOf(kid);
      return day === null ? null : { ...at, day };
    },
    [Symbol.dispose]: () => {
      for (const keys of streamByPlace.values()) keys[Symbol.dispose]();
      streamByPlace.clear();
      sidByPlace.clear();
      placeBySid.clear();
    },
  };
}

/** Whether an envelope can lie there: a known category, a month of 2000–2100 with a day 0–31, or undated with day 0. */
export function isPlace({ cat, month, day }: Place): boolean {
  if (!CATEGORIES.some((known) => known === cat)) return false;
  if (month === UNDATED_MONTH) return day === 0;
  return isWithin(month, LAST_DATED_MONTH) && isWithin(day, 31);
}

function mustBePlace(place: Place): void {
  if (!isPlace(place)) throw new VaultFault('no-such-place');
}

function isWithin(value: number, last: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= last;
}

/** Undated, then this month back to 2000, then forward to 2100: a diary's streams are nearly all found at once. */
function* monthsRecentFirst(): Generator<number, undefined> {
  const today = new Date();
  const now = Math.min(12 * (today.getUTCFullYear() - 2000) + today.getUTCMonth() + 1, LAST_DATED_MONTH);
  yield UNDATED_MONTH;
  for (let month = now; month >= 0; month -= 1) yield month;
  for (let month = now + 1; month <= LAST_DATED_MONTH; month += 1) yield month;
}
