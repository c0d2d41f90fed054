/**
 * What becomes of a record when one device edited it and another deleted or moved it. A deletion wins unless
 * the other side holds something the deletion had not seen; a move carries unseen edits to where it went.
 */
import { type EntryRecord, type Tombstone, type Version, stampsOf } from './entry.ts';
import { canonicalJson, compareText } from './json.ts';
import { mergeRecords, sameRecord } from './merge.ts';
import { rehome } from './move.ts';
import { type Stamp, compareStamps } from './stamp.ts';

/**
 * `version` takes the place of both. Each of `also` is a version of *another* record (see its `rec`): merge it,
 * in this same way, with what is held of that record, or store it as it is when nothing is held. Store `also`
 * before `version`, so that a crash in between loses no edit; doing it twice changes nothing.
 */
export type MergedVersions = { readonly version: Version; readonly also: readonly Version[] };

/**
 * Merges two versions of one record (same `rec`). The outcome does not depend on the order of the two, and
 * doing it again changes nothing. Among three versions, whether the record lives, where, and every value that
 * no deletion had seen do not depend on the order either; values that a deletion *had* seen come back with a
 * record that outlives it only if they are still at hand, because a tombstone keeps none.
 */
export function mergeVersions(a: Version, b: Version): MergedVersions {
  if (a.kind === 'record') {
    if (b.kind === 'record') {
      return { version: { kind: 'record', record: mergeRecords(a.record, b.record) }, also: [] };
    }
    return mergeWithTombstone(a.record, b.tombstone);
  }
  return b.kind === 'record'
    ? mergeWithTombstone(b.record, a.tombstone)
    : mergeTombstones(a.tombstone, b.tombstone);
}

export function versionRec(version: Version): EntryRecord['rec'] {
  return version.kind === 'record' ? version.record.rec : version.tombstone.rec;
}

/** Whether two versions say the same: then the one already stored is kept, byte for byte. */
export function sameVersion(a: Version, b: Version): boolean {
  if (a.kind === 'record') return b.kind === 'record' && sameRecord(a.record, b.record);
  return b.kind === 'tombstone' && canonicalJson(a.tombstone) === canonicalJson(b.tombstone);
}

function mergeWithTombstone(record: EntryRecord, tombstone: Tombstone): MergedVersions {
  const seen = new Set(tombstone.seen);
  const isSeen = stampsOf(record).every((stamp) => seen.has(stamp));
  if (tombstone.movedTo === undefined) {
    return { version: isSeen ? { kind: 'tombstone', tombstone } : { kind: 'record', record }, also: [] };
  }
  return {
    version: { kind: 'tombstone', tombstone },
    also: isSeen ? [] : [{ kind: 'record', record: rehome(record, tombstone.movedTo) }],
  };
}

/** Moving beats deleting, because it keeps more; of two moves the later wins and the other is folded into it. */
function mergeTombstones(a: Tombstone, b: Tombstone): MergedVersions {
  if (a.movedTo === undefined && b.movedTo === undefined) {
    return { version: { kind: 'tombstone', tombstone: { ...greater(a, b), seen: union(a, b) } }, also: [] };
  }
  if (a.movedTo === undefined) return { version: { kind: 'tombstone', tombstone: b }, also: [] };
  if (b.movedTo === undefined) return { version: { kind: 'tombstone', tombstone: a }, also: [] };

  const [to, other] =
    compareMoves(a.movedTo, b.movedTo) >= 0 ? [a.movedTo, b.movedTo] : [b.movedTo, a.movedTo];
  const tombstone = { ...greater(a, b), seen: union(a, b), movedTo: to };
  const folded: Tombstone = { rec: other.rec, cat: other.cat, place: other.place, seen: [], movedTo: to };
  return {
    version: { kind: 'tombstone', tombstone },
    also: to.rec === other.rec ? [] : [{ kind: 'tombstone', tombstone: folded }],
  };
}

function compareMoves(a: NonNullable<Tombstone['movedTo']>, b: NonNullable<Tombstone['movedTo']>): number {
  return compareStamps(a.stamp, b.stamp) || compareText(canonicalJson(a), canonicalJson(b));
}

function union(a: Tombstone, b: Tombstone): readonly Stamp[] {
  return [...new Set([...a.seen, ...b.seen])].toSorted(compareStamps);
}

/** Parts that both tombstones of a record share; when they do not, one is chosen the same way everywhere. */
function greater(a: Tombstone, b: Tombstone): Tombstone {
  return compareText(homeOf(a), homeOf(b)) >= 0 ? a : b;
}

function homeOf({ cat, place, rest }: Tombstone): string {
  return canonicalJson([cat, place.month, place.day, rest ?? null]);
}
