/**
 * Moving a record: to another day, into the bin, out of every share, and back. Keys follow category and day, so
 * a move is a tombstone where it lay and a new record where it goes (docs/protocol.md, "Key tree"). Each
 * move makes a record with an id of its own; two moves of one record that did not know of each other are folded
 * into the later one when they meet (see merge-versions.ts).
 */
import { randomRecordId } from '@evenkeel/protocol';
import { CATEGORY_NUMBERS, type CategoryNumber } from './categories.ts';
import type { Clock } from './clock.ts';
import {
  type EntryRecord,
  type MovedTo,
  type Own,
  type Tombstone,
  type When,
  latestStamp,
  onDay,
  placeOfWhen,
  stampsOf,
  subjectOf,
} from './entry.ts';
import { type Place, UNDATED_PLACE, dayOfPlace, samePlace } from './local-day.ts';
import { pastsOfWhen, settleWhen } from './merge.ts';
import { type Stamp, ZERO_STAMP } from './stamp.ts';

/**
 * What to store after a change. `edited`: a new version of the same record. `moved`: store the new record
 * first, then the tombstone in the place of the old one, so that a crash between the two loses nothing.
 */
export type Change =
  | { readonly kind: 'edited'; readonly record: EntryRecord }
  | { readonly kind: 'moved'; readonly record: EntryRecord; readonly tombstone: Tombstone };

/** How long what was binned can be taken out again. */
export const BIN_DAYS = 30;
const BIN_MS = BIN_DAYS * 24 * 60 * 60 * 1000;

/**
 * Puts a record in the bin: out of sight and out of every share, restorable for 30 days. `now` in ms UTC. Null
 * (here and below) when there is nothing to change.
 */
export function binRecord(
  record: EntryRecord,
  { clock, now }: { readonly clock: Clock; readonly now: number },
): Change | null {
  const backTo = record.own?.why === 'not-for-sharing' ? 'not-for-sharing' : 'category';
  if (record.own?.why === 'binned') return null;
  return withOwn(record, clock, (own) => ({ ...own, why: 'binned', binnedAt: now, backTo }));
}

/** Takes a record out of the bin, back to where it lay. */
export function restoreRecord(record: EntryRecord, { clock }: { readonly clock: Clock }): Change | null {
  if (record.own?.why !== 'binned') return null;
  return record.own.backTo === 'category'
    ? moveRecord(record, { cat: record.own.cat }, clock)
    : withOwn(record, clock, (own) => ({ ...own, why: 'not-for-sharing' }));
}

/** Keeps a record out of every share, present and future. */
export function hideFromSharing(record: EntryRecord, { clock }: { readonly clock: Clock }): Change | null {
  const own = record.own;
  if (own?.why === 'not-for-sharing') return null;
  if (own?.why === 'binned') {
    return withOwn(record, clock, (kept) => ({
      ...kept,
      why: 'binned',
      binnedAt: own.binnedAt,
      backTo: 'not-for-sharing',
    }));
  }
  return withOwn(record, clock, (kept) => ({ ...kept, why: 'not-for-sharing' }));
}

/** Lets shares that cover its day and category show a record again. One in the bin stays there. */
export function allowSharing(record: EntryRecord, { clock }: { readonly clock: Clock }): Change | null {
  const own = record.own;
  if (own === undefined) return null;
  if (own.why === 'binned') {
    return withOwn(record, clock, (kept) => ({
      ...kept,
      why: 'binned',
      binnedAt: own.binnedAt,
      backTo: 'category',
    }));
  }
  return moveRecord(record, { cat: own.cat }, clock);
}

/** Moves a record to another day, with its time there. */
export function moveToDay(record: EntryRecord, when: When, clock: Clock): Change {
  return moveRecord(
    record,
    { cat: record.cat, when, ...(record.own !== undefined && { own: record.own }) },
    clock,
  );
}

/** What is left when a record is deleted for good: nothing that was written. */
export function eraseRecord(record: EntryRecord): Tombstone {
  return { rec: record.rec, cat: record.cat, place: record.place, seen: stampsOf(record) };
}

/**
 * Whether 30 days in the bin are over. `heldSince`: when this device first had the record as binned, ms UTC.
 * The later of the two counts, so that a device whose clock is years behind cannot have something erased the
 * day it was binned.
 */
export function isDueForErasure(record: EntryRecord, now: number, heldSince: number): boolean {
  if (record.own?.why !== 'binned') return false;
  return now - Math.max(record.own.binnedAt, heldSince) >= BIN_MS;
}

/**
 * A record as it would be after a move that this device only knows by its tombstone. What is not known of the
 * target gets stamp zero, so that what the target says of itself (its time, why it is private) wins when the two
 * are merged.
 */
export function rehome(record: EntryRecord, to: MovedTo): EntryRecord {
  const standIn = { stamp: ZERO_STAMP, value: placeholder(record.when, to.place) };
  const own = to.cat === CATEGORY_NUMBERS.private ? hidden(subjectOf(record)) : undefined;
  const { own: _own, whenHistory: _history, ...kept } = record;
  return {
    ...kept,
    rec: to.rec,
    cat: to.cat,
    place: to.place,
    ...settleWhen([...pastsOfWhen(record), standIn], to.place),
    ...(own !== undefined && { own }),
    moved: to.stamp,
  };
}

function withOwn(
  record: EntryRecord,
  clock: Clock,
  change: (own: { readonly cat: CategoryNumber; readonly stamp: Stamp }) => Own,
): Change {
  const stamp = clock.stampAfter(latestStamp(record));
  const cat = record.own?.cat ?? record.cat;
  if (record.own !== undefined) return { kind: 'edited', record: { ...record, own: change({ cat, stamp }) } };
  return moveRecord(record, { cat: CATEGORY_NUMBERS.private, own: change({ cat, stamp }), stamp }, clock);
}

function moveRecord(
  record: EntryRecord,
  to: { readonly cat: CategoryNumber; readonly own?: Own; readonly when?: When; readonly stamp?: Stamp },
  clock: Clock,
): Change {
  const stamp = to.stamp ?? clock.stampAfter(latestStamp(record));
  const place = to.when === undefined ? record.place : placeOfWhen(to.when);
  if (place === undefined)
    throw new RangeError('a record cannot be moved to a day that the key tree does not have');
  const rec = randomRecordId();
  const movedTo: MovedTo = { rec, cat: to.cat, place, stamp };
  const { own: _own, ...kept } = record;
  return {
    kind: 'moved',
    record: {
      ...kept,
      rec,
      cat: to.cat,
      place,
      moved: stamp,
      ...(to.own !== undefined && { own: to.own }),
      ...(to.when !== undefined && settleWhen([{ stamp, value: to.when }, ...pastsOfWhen(record)], place)),
    },
    tombstone: { ...eraseRecord(record), movedTo },
  };
}

function placeholder(when: When, place: Place): When {
  const day = dayOfPlace(place);
  if (day === undefined || samePlace(place, UNDATED_PLACE)) return { precision: 'undated', at: when.at };
  return onDay(day, when.precision === 'undated' ? 'UTC' : when.zone);
}

function hidden(cat: CategoryNumber): Own {
  return { cat, stamp: ZERO_STAMP, why: 'not-for-sharing' };
}
