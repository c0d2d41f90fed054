/**
 * A moment is what one check-in is about: a mood, what mattered, a night's sleep, words. Each part that was
 * filled in becomes a record of its own, so that each can be shared, or not, by itself.
 */
import { type MomentId, type RecordId, randomMomentId, randomRecordId } from '@evenkeel/protocol';
import {
  CATEGORY_NUMBERS,
  CHECK_IN_CATEGORIES,
  type CheckInCategory,
  type UndatedCategory,
} from './categories.ts';
import { fieldSchemaOf } from './categories/field-schemas.ts';
import { type Condition, conditionFields, isCondition } from './categories/conditions.ts';
import { type Note, noteFields } from './categories/notes.ts';
import { type PlanLine, isPlanLine, planLineFields } from './categories/plan.ts';
import { type Setting, isSetting, settingFields } from './categories/settings.ts';
import { type Clock, FAR_AHEAD_MS } from './clock.ts';
import { editRecord } from './edit.ts';
import {
  type EntryRecord,
  type Own,
  type Source,
  type When,
  isBinned,
  isNotForSharing,
  placeOfWhen,
  subjectOf,
} from './entry.ts';
import type { Json } from './json.ts';
import { UNDATED_PLACE, dayOfInstant } from './local-day.ts';
import { type MomentParts, fieldsOfParts, partsOfRecords, unkeepablePart } from './moment-parts.ts';
import { type Change, binRecord } from './move.ts';
import { type Stamp, stampMs } from './stamp.ts';

/** What the person filled in, and when it was. */
export type MomentDraft = MomentParts & {
  readonly when: When;
  /** Kept out of every share from the start. */
  readonly notForSharing?: boolean;
};

export type DraftRefusal =
  /** Nothing was filled in. */
  | 'nothing-filled-in'
  /** The day does not exist or lies before 2000. */
  | 'day-out-of-range'
  /** A part is longer, or holds more, than can be kept; `part` says which. */
  | 'too-much';

export type NewMoment =
  | { readonly ok: true; readonly moment: MomentId; readonly records: readonly EntryRecord[] }
  | { readonly ok: false; readonly reason: DraftRefusal; readonly part?: CheckInCategory };

/** What making records needs from outside. `now` is milliseconds UTC; ids are random unless an import names them. */
export type Makers = {
  readonly clock: Clock;
  readonly now: number;
  readonly momentId?: () => MomentId;
  readonly recordId?: (category: CheckInCategory) => RecordId;
  readonly source?: Source;
};

/** About this instant (ms UTC), where the person is. */
export function atInstant(at: number, zone: string): When {
  return { precision: 'minute', at, zone, day: dayOfInstant(at, zone) };
}

export function newMoment(draft: MomentDraft, makers: Makers): NewMoment {
  const refusal = refusalOf(draft);
  if (refusal !== null) return { ok: false, ...refusal };
  const parts = fieldsOfParts(draft);
  if (parts.size === 0) return { ok: false, reason: 'nothing-filled-in' };
  const moment = (makers.momentId ?? randomMomentId)();
  const records = [...parts].map(([category, fields]) => newRecord(category, fields, moment, draft, makers));
  return { ok: true, moment, records };
}

export type EditedMoment =
  | { readonly ok: true; readonly changes: readonly Change[]; readonly added: readonly EntryRecord[] }
  | { readonly ok: false; readonly reason: DraftRefusal; readonly part?: CheckInCategory };

/**
 * Makes the records of a moment say what the draft says: parts that differ are edited, new parts are added,
 * and parts left blank go to the bin. `records`: all of that moment that are not in the bin. Whether the
 * moment is for sharing is not changed here; new parts follow those that are there.
 */
export function editMoment(
  records: readonly EntryRecord[],
  draft: MomentDraft,
  makers: Makers,
): EditedMoment {
  const refusal = refusalOf(draft);
  if (refusal !== null) return { ok: false, ...refusal };
  const parts = fieldsOfParts(draft);
  const first = records.find((record) => !isBinned(record));
  if (parts.size === 0 || first === undefined) return { ok: false, reason: 'nothing-filled-in' };

  const present = new Map(
    records.filter((record) => !isBinned(record)).map((record) => [subjectOf(record), record]),
  );
  const changes: Change[] = [];
  const added: EntryRecord[] = [];
  const rule = { ...draft, notForSharing: isNotForSharing(first) };
  for (const category of CHECK_IN_CATEGORIES) {
    const record = present.get(CATEGORY_NUMBERS[category]);
    const fields = parts.get(category);
    if (record === undefined) {
      if (fields !== undefined) added.push(newRecord(category, fields, first.moment, rule, makers));
    } else if (fields === undefined) {
      const change = binRecord(record, makers);
      if (change !== null) changes.push(change);
    } else {
      const change = editRecord(
        record,
        { fields: replacing(record, category, fields), when: draft.when },
        makers.clock,
      );
      if (change !== null) changes.push(change);
    }
  }
  return { ok: true, changes, added };
}

/** The draft that shows what a moment's records say: where editing begins. */
export function draftOf(records: readonly EntryRecord[]): MomentDraft | undefined {
  const [first] = records;
  if (first === undefined) return undefined;
  return {
    when: first.when,
    ...partsOfRecords(records),
    ...(isNotForSharing(first) && { notForSharing: true }),
  };
}

/** A new setting as a record; null when a text is blank or too long. Its record id is the setting's id. */
export function newSetting(setting: Setting, makers: SettingMakers): EntryRecord | null {
  return isSetting(setting) ? newUndated('settings', settingFields(setting), makers) : null;
}

/** An edited setting; null when nothing is different or a text is blank or too long. */
export function editSetting(record: EntryRecord, setting: Setting, clock: Clock): EntryRecord | null {
  if (!isSetting(setting)) return null;
  return editRecord(record, { fields: settingFields(setting) }, clock)?.record ?? null;
}

/** A new condition as a record; null when a text is blank or too long, or the date is none. */
export function newCondition(condition: Condition, makers: SettingMakers): EntryRecord | null {
  return isCondition(condition) ? newUndated('conditions', conditionFields(condition), makers) : null;
}

/** An edited condition; null as for a new one, and when nothing is different. */
export function editCondition(record: EntryRecord, condition: Condition, clock: Clock): EntryRecord | null {
  if (!isCondition(condition)) return null;
  return editRecord(record, { fields: conditionFields(condition) }, clock)?.record ?? null;
}

/** A new line of the safety plan as a record; null when it is blank or too long, or the number is none. */
export function newPlanLine(line: PlanLine, makers: SettingMakers): EntryRecord | null {
  return isPlanLine(line) ? newUndated('plan', planLineFields(line), makers) : null;
}

/** An edited line; null as for a new one, and when nothing is different. */
export function editPlanLine(record: EntryRecord, line: PlanLine, clock: Clock): EntryRecord | null {
  if (!isPlanLine(line)) return null;
  return editRecord(record, { fields: planLineFields(line) }, clock)?.record ?? null;
}

/** A new note of the account's own as a record. */
export function newNote(note: Note, makers: SettingMakers): EntryRecord {
  return newUndated('settings', noteFields(note), makers);
}

/** The note with another body; null when nothing is different. */
export function editNote(record: EntryRecord, note: Note, clock: Clock): EntryRecord | null {
  return editRecord(record, { fields: noteFields(note) }, clock)?.record ?? null;
}

/** `rec`: the record's id where it is not to be a random one. */
export type SettingMakers = { readonly clock: Clock; readonly now: number; readonly rec?: RecordId };

function newUndated(
  category: UndatedCategory | 'settings',
  fields: Readonly<Record<string, Json>>,
  makers: SettingMakers,
): EntryRecord {
  const stamp = makers.clock.stampAfter();
  return {
    rec: makers.rec ?? randomRecordId(),
    cat: CATEGORY_NUMBERS[category],
    moment: randomMomentId(),
    place: UNDATED_PLACE,
    when: { precision: 'undated', at: makers.now },
    whenStamp: stamp,
    written: makers.now,
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { stamp, value }])),
  };
}

function newRecord(
  category: CheckInCategory,
  fields: Readonly<Record<string, Json>>,
  moment: MomentId,
  draft: MomentDraft,
  makers: Makers,
): EntryRecord {
  const stamp = makers.clock.stampAfter();
  const cat = CATEGORY_NUMBERS[category];
  const place = placeOfWhen(draft.when);
  if (place === undefined) throw new RangeError('a draft was checked for its day before');
  const own: Own | undefined =
    draft.notForSharing === true ? { cat, stamp, why: 'not-for-sharing' } : undefined;
  return {
    rec: makers.recordId?.(category) ?? randomRecordId(),
    cat: own === undefined ? cat : CATEGORY_NUMBERS.private,
    moment,
    place,
    when: draft.when,
    whenStamp: stamp,
    written: writtenAt(stamp, makers.now),
    ...(own !== undefined && { own }),
    ...(makers.source !== undefined && { source: makers.source }),
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { stamp, value }])),
  };
}

/**
 * The time of the stamp when it is about now (milliseconds apart at most in an ordinary app): a record then needs
 * no second time in its bytes.
 */
function writtenAt(stamp: Stamp, now: number): number {
  const ms = stampMs(stamp);
  return Math.abs(ms - now) <= FAR_AHEAD_MS ? ms : now;
}

/** The new fields, with null for each field this app reads that the record has and the draft no longer does. */
function replacing(
  record: EntryRecord,
  category: CheckInCategory,
  fields: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> {
  const cat = CATEGORY_NUMBERS[category];
  const gone = Object.keys(record.fields).filter(
    (name) => !Object.hasOwn(fields, name) && fieldSchemaOf(cat, name) !== undefined,
  );
  return { ...fields, ...Object.fromEntries(gone.map((name) => [name, null])) };
}

function refusalOf(
  draft: MomentDraft,
): { readonly reason: DraftRefusal; readonly part?: CheckInCategory } | null {
  if (draft.when.precision === 'undated' || placeOfWhen(draft.when) === undefined)
    return { reason: 'day-out-of-range' };
  const part = unkeepablePart(draft);
  return part === null ? null : { reason: 'too-much', part };
}
