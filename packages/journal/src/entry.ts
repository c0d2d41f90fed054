/**
 * A record is one category's part of one moment: the mood of Tuesday evening, or the words of it. It is what
 * an envelope holds, what is merged when two devices edited it, and the smallest thing that can be shared.
 */
import { type MomentId, type RecordId, z } from '@evenkeel/protocol';
import { CATEGORY_NUMBERS, type CategoryNumber } from './categories.ts';
import type { Json } from './json.ts';
import { type LocalDay, type Place, UNDATED_PLACE, noonOfDay, placeOfDay } from './local-day.ts';
import { type Stamp, compareStamps } from './stamp.ts';

/** When it was about. `at` is milliseconds UTC, `zone` the IANA zone the person was in. */
export type When =
  | { readonly precision: 'minute'; readonly at: number; readonly zone: string; readonly day: LocalDay }
  /** Only the day is known; `at` is noon UTC of that day, to sort by, never to show as a time. */
  | { readonly precision: 'day'; readonly at: number; readonly zone: string; readonly day: LocalDay }
  /** Tied to no day (a setting); `at` is when it was written. */
  | { readonly precision: 'undated'; readonly at: number };

/** An earlier value of a field, with the stamp it was written under. */
export type Past<Value> = { readonly stamp: Stamp; readonly value: Value };

/** A field: its value now, and up to seven earlier ones, newest first. A cleared field holds null. */
export type Field = {
  readonly stamp: Stamp;
  readonly value: Json;
  readonly history?: readonly Past<Json>[];
};

/** Why a record lies in the private category, and the category it belongs to. */
export type Own = { readonly cat: CategoryNumber; readonly stamp: Stamp } & (
  | { readonly why: 'not-for-sharing' }
  /** `binnedAt` in milliseconds UTC; `backTo` is where it lay before and where restoring puts it. */
  | { readonly why: 'binned'; readonly binnedAt: number; readonly backTo: 'category' | 'not-for-sharing' }
);

/** Where an imported record came from. `file`: which import; `row`: counted from 1. */
export type Source = { readonly app: string; readonly file: string; readonly row: number };

export type EntryRecord = {
  readonly rec: RecordId;
  /** The category whose stream it lies in; 241 for what is binned or not for sharing (then see `own`). */
  readonly cat: CategoryNumber;
  readonly moment: MomentId;
  /** Must be the place whose keys sealed it, and the place of `when`. A reader quarantines anything else. */
  readonly place: Place;
  readonly when: When;
  readonly whenStamp: Stamp;
  readonly whenHistory?: readonly Past<When>[];
  /** When it was first written, milliseconds UTC by the clock of the device. */
  readonly written: number;
  /** Present exactly when `cat` is 241. */
  readonly own?: Own;
  /** The stamp of the move that made this record out of another one; absent when it was written here. */
  readonly moved?: Stamp;
  readonly source?: Source;
  readonly fields: Readonly<Record<string, Field>>;
  /** What a newer app wrote beside the parts above: carried through edits and merges, never read. */
  readonly rest?: Readonly<Record<string, Json>>;
};

/** Where a moved record went. `stamp` orders two moves that did not know of each other. */
export type MovedTo = {
  readonly rec: RecordId;
  readonly cat: CategoryNumber;
  readonly place: Place;
  readonly stamp: Stamp;
};

/** What is left of a record that was deleted or moved. It holds nothing that the person wrote. */
export type Tombstone = {
  readonly rec: RecordId;
  readonly cat: CategoryNumber;
  readonly place: Place;
  /** The stamps of everything that the deletion knew of, in order. */
  readonly seen: readonly Stamp[];
  readonly movedTo?: MovedTo;
  readonly rest?: Readonly<Record<string, Json>>;
};

/** One version of a record as the replica holds it. */
export type Version =
  | { readonly kind: 'record'; readonly record: EntryRecord }
  | { readonly kind: 'tombstone'; readonly tombstone: Tombstone };

export const sourceAppSchema = z.string().check(z.regex(/^[a-z0-9-]{1,32}$/));

/** The category a record is about, wherever it lies. */
export function subjectOf(record: EntryRecord): CategoryNumber {
  return record.own?.cat ?? record.cat;
}

export function isBinned(record: EntryRecord): boolean {
  return record.own?.why === 'binned';
}

/** Kept out of every share by the person's choice, in the bin or not. */
export function isNotForSharing(record: EntryRecord): boolean {
  const { own } = record;
  if (own === undefined) return false;
  return own.why === 'not-for-sharing' || own.backTo === 'not-for-sharing';
}

export function isPrivate(record: EntryRecord): boolean {
  return record.cat === CATEGORY_NUMBERS.private;
}

/** Where in the key tree something about `when` lies; undefined for a day that the tree does not have. */
export function placeOfWhen(when: When): Place | undefined {
  return when.precision === 'undated' ? UNDATED_PLACE : placeOfDay(when.day);
}

/** The local day a record is about, or undefined when it is tied to none. */
export function dayOf(record: EntryRecord): LocalDay | undefined {
  return record.when.precision === 'undated' ? undefined : record.when.day;
}

/** A day whose hour is not known. */
export function onDay(day: LocalDay, zone: string): When {
  return { precision: 'day', at: noonOfDay(day), zone, day };
}

/** The value of a field now; null when it was cleared, undefined when it never had one. */
export function valueOf(record: EntryRecord, field: string): Json | undefined {
  return Object.hasOwn(record.fields, field) ? record.fields[field]?.value : undefined;
}

/** Every stamp in a record, now and in its histories, each once, in order. */
export function stampsOf(record: EntryRecord): readonly Stamp[] {
  const stamps = new Set<Stamp>([record.whenStamp]);
  for (const past of record.whenHistory ?? []) stamps.add(past.stamp);
  for (const field of Object.values(record.fields)) {
    stamps.add(field.stamp);
    for (const past of field.history ?? []) stamps.add(past.stamp);
  }
  if (record.own !== undefined) stamps.add(record.own.stamp);
  if (record.moved !== undefined) stamps.add(record.moved);
  return [...stamps].toSorted(compareStamps);
}

/** The greatest stamp in a record: what an edit of it must come after. */
export function latestStamp(record: EntryRecord): Stamp {
  return stampsOf(record).at(-1) ?? record.whenStamp;
}
