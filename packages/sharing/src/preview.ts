/**
 * What a share would open, drawn from the person's own records before anything is given: the clinician's page
 * is shown from exactly `opened`. docs/protocol.md, "Grant, Extend, KeyPack".
 */
import { type EntryRecord, type LocalDay, dayOf, isPrivate } from '@evenkeel/journal';
import { type Scope, covers } from './scope.ts';

export type Preview = {
  readonly opened: readonly EntryRecord[];
  /** Everything else, whatever the reason. */
  readonly closed: readonly EntryRecord[];
  /** Of `closed`: inside the days and kinds, but in the bin or marked not for sharing. */
  readonly heldBack: number;
  readonly byCategory: readonly CategoryCount[];
  readonly days: { readonly first: LocalDay; readonly last: LocalDay } | null;
  /**
   * Entries outside the shared days, in months of which only some days are shared: that they exist can be
   * counted, though nothing of them can be read.
   */
  readonly onlyCounted: number;
  /** Earlier values of a field travel with it: how many opened records have any, and how many values. */
  readonly earlierValues: { readonly records: number; readonly values: number };
};

export type CategoryCount = { readonly cat: number; readonly opened: number; readonly closed: number };

/** `records`: the current version of all the person's records, the bin included. */
export function preview(records: readonly EntryRecord[], scope: Scope): Preview {
  const opened: EntryRecord[] = [];
  const closed: EntryRecord[] = [];
  for (const record of records) (isOpened(record, scope) ? opened : closed).push(record);
  return {
    opened,
    closed,
    heldBack: closed.filter((record) => isHeldBack(record, scope)).length,
    byCategory: scope.categories.map((cat) => ({
      cat,
      opened: opened.filter((record) => record.cat === cat).length,
      closed: closed.filter((record) => record.cat === cat).length,
    })),
    days: spanOf(opened),
    onlyCounted: countOnlyCounted(opened, closed),
    earlierValues: earlierValuesOf(opened),
  };
}

/** A record in the bin or not for sharing lies in the private category, which no scope covers. */
function isOpened(record: EntryRecord, scope: Scope): boolean {
  return covers(scope, record.cat, record.place);
}

function isHeldBack(record: EntryRecord, scope: Scope): boolean {
  return isPrivate(record) && record.own !== undefined && covers(scope, record.own.cat, record.place);
}

function countOnlyCounted(opened: readonly EntryRecord[], closed: readonly EntryRecord[]): number {
  const streams = new Set(opened.map(streamOf));
  return closed.filter((record) => streams.has(streamOf(record))).length;
}

function streamOf(record: EntryRecord): string {
  return `${record.cat}/${record.place.month}`;
}

function spanOf(records: readonly EntryRecord[]): Preview['days'] {
  const days = records.flatMap((record) => dayOf(record) ?? []).toSorted();
  const [first] = days;
  const last = days.at(-1);
  return first === undefined || last === undefined ? null : { first, last };
}

function earlierValuesOf(records: readonly EntryRecord[]): Preview['earlierValues'] {
  const counts = records.map((record) => countEarlier(record)).filter((count) => count > 0);
  return { records: counts.length, values: counts.reduce((sum, count) => sum + count, 0) };
}

function countEarlier(record: EntryRecord): number {
  const fields = Object.values(record.fields).map((field) => field.history?.length ?? 0);
  return fields.reduce((sum, count) => sum + count, record.whenHistory?.length ?? 0);
}
