/** Editing a record: only what changed gets a new stamp, and what it replaces becomes history. */
import type { Clock } from './clock.ts';
import { type EntryRecord, type Field, type When, latestStamp, placeOfWhen } from './entry.ts';
import { type Json, canonicalJson } from './json.ts';
import { samePlace } from './local-day.ts';
import { fieldWith, pastsOfWhen, settleWhen } from './merge.ts';
import { type Change, moveToDay } from './move.ts';
import type { Stamp } from './stamp.ts';

/** New values by field name (null clears a field; a name not given is left alone), and a new time. */
export type Edit = { readonly fields?: Readonly<Record<string, Json>>; readonly when?: When };

/** Null when nothing is different. A change of day is a move (see `Change`). */
export function editRecord(record: EntryRecord, edit: Edit, clock: Clock): Change | null {
  const changed = Object.entries(edit.fields ?? {}).filter(
    ([name, value]) => !holds(record.fields, name, value),
  );
  const when =
    edit.when !== undefined && canonicalJson(edit.when) !== canonicalJson(record.when) ? edit.when : null;
  if (changed.length === 0 && when === null) return null;

  const stamp = clock.stampAfter(latestStamp(record));
  const edited =
    changed.length === 0 ? record : { ...record, fields: withValues(record.fields, changed, stamp) };
  if (when === null) return { kind: 'edited', record: edited };

  const place = placeOfWhen(when);
  if (place !== undefined && samePlace(place, record.place)) {
    const settled = settleWhen([{ stamp, value: when }, ...pastsOfWhen(record)], record.place);
    return { kind: 'edited', record: { ...edited, ...settled } };
  }
  return moveToDay(edited, when, clock);
}

function holds(fields: EntryRecord['fields'], name: string, value: Json): boolean {
  const present = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (present === undefined) return value === null;
  return canonicalJson(present.value) === canonicalJson(value);
}

function withValues(
  fields: EntryRecord['fields'],
  changed: readonly (readonly [string, Json])[],
  stamp: Stamp,
): Readonly<Record<string, Field>> {
  const added = changed.map(([name, value]): [string, Field] => {
    const present = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return [name, fieldWith(present, stamp, value)];
  });
  return Object.fromEntries([...Object.entries(fields), ...added]);
}
