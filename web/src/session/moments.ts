/** From records, as the replica holds them, to moments, as screens show them; and from a draft to a moment. */
import {
  CHECK_IN_CATEGORIES,
  type EntryRecord,
  type MomentDraft,
  type Stamp,
  type When,
  atInstant,
  categoryNumber,
  compareStamps,
  conditionsOf,
  emotionWordById,
  historyOf,
  isBinned,
  isNotForSharing,
  latestStamp,
  instantOfWallTime,
  onDay,
  partsOfRecords,
  planOf,
  stampParts,
  subjectOf,
  wasWrittenWhileLocked,
} from '@evenkeel/journal';
import type { MomentId } from '@evenkeel/protocol';
import { linesOf } from '../ui/timeline/shown-line.ts';
import type { ShownStanding } from '../ui/timeline/shown-standing.ts';
import type { ShownMoment } from '../ui/timeline/shown-moment.ts';
import type { BinnedMoment, CheckInDraft, EarlierMoment, Moment, MomentContent, Safety } from './contract.ts';

const BIN_MS = 30 * 86_400_000;
const CONTENT_CATEGORIES: ReadonlySet<number> = new Set(
  CHECK_IN_CATEGORIES.map((category) => categoryNumber(category)),
);

/** Whether a record is part of a moment, and not a setting or a note. */
export function isContent(record: EntryRecord): boolean {
  return CONTENT_CATEGORIES.has(subjectOf(record));
}

/** Records by the moment they were written in. */
export function byMoment(records: Iterable<EntryRecord>): ReadonlyMap<MomentId, readonly EntryRecord[]> {
  const groups = new Map<MomentId, EntryRecord[]>();
  for (const record of records) {
    if (!isContent(record)) continue;
    const group = groups.get(record.moment);
    if (group === undefined) groups.set(record.moment, [record]);
    else group.push(record);
  }
  return groups;
}

/** One moment out of its records that are not in the bin; undefined when none is left. */
export function momentOf(records: readonly EntryRecord[], safety: Safety): Moment | undefined {
  const kept = records.filter((record) => !isBinned(record));
  const [first] = kept;
  return first === undefined ? undefined : assemble(first, kept, safety);
}

/** The same of what is in the bin. */
export function binnedMomentOf(records: readonly EntryRecord[], safety: Safety): BinnedMoment | undefined {
  const binned = records.filter(isBinned);
  const [first] = binned;
  if (first === undefined || binned.length < records.length) return undefined;
  const binnedAt = Math.max(
    ...binned.map((record) => (record.own?.why === 'binned' ? record.own.binnedAt : 0)),
  );
  return { ...assemble(first, binned, safety), binnedAt, erasedOn: binnedAt + BIN_MS };
}

/** What a moment said before each of its changes, newest first. */
export function earlierOf(records: readonly EntryRecord[]): readonly EarlierMoment[] {
  const kept = records.filter((record) => !isBinned(record));
  const stamps = new Set<Stamp>(kept.flatMap((record) => historyOf(record).map((step) => step.stamp)));
  const firstWritten = new Set<Stamp>(kept.flatMap((record) => historyOf(record).at(-1)?.stamp ?? []));
  return [...stamps]
    .filter((stamp) => !firstWritten.has(stamp))
    .toSorted((a, b) => compareStamps(b, a))
    .flatMap((stamp) => {
      const before = kept.flatMap((record) => asBefore(record, stamp) ?? []);
      const [first] = before;
      return first === undefined
        ? []
        : [{ ...contentOf(before), when: first.when, until: stampParts(stamp).ms }];
    });
}

/** What a timeline draws of each moment: the person's own preview and the clinician's desk alike. Oldest first. */
export function shownMomentsOf(records: Iterable<EntryRecord>): readonly ShownMoment[] {
  const shown: ShownMoment[] = [];
  for (const [id, group] of byMoment(records)) {
    const moment = momentOf(group, { where: 'this-device' });
    if (moment === undefined || moment.when.precision === 'undated') continue;
    const { mood, values, surroundings, questionnaire, text, when } = moment;
    const around = Object.values(surroundings).flatMap((words) => words);
    const lines = linesOf(moment, when);
    shown.push({
      id,
      at: when.at,
      zone: when.zone,
      day: when.day,
      precision: when.precision,
      written: moment.written,
      ...(mood !== undefined && {
        mood: {
          ...(mood.valence !== undefined && { valence: mood.valence }),
          ...(mood.arousal !== undefined && { arousal: mood.arousal }),
          ...(mood.answer !== undefined && { answer: mood.answer }),
          words: (mood.words ?? []).map((word) =>
            'own' in word ? word.own : (emotionWordById(word.id)?.label ?? word.id),
          ),
        },
      }),
      ...(values.length > 0 && { values }),
      ...(around.length > 0 && { surroundings: around }),
      ...(questionnaire !== undefined && { questionnaire }),
      ...(lines.length > 0 && { lines }),
      ...(text !== '' && { text }),
    });
  }
  return shown.toSorted((a, b) => a.at - b.at || a.written - b.written);
}

/** What is tied to no day, of records that a share opens or would open. */
export function shownStandingOf(records: readonly EntryRecord[]): ShownStanding {
  return { conditions: conditionsOf(records), plan: planOf(records) };
}

/** When a draft is about; null when there is no such day or time, or it lies in the future. */
export function whenOf(draft: CheckInDraft, now: number, zone: string): When | null {
  const { about } = draft;
  switch (about.kind) {
    case 'now':
      return atInstant(now, zone);
    case 'day': {
      const today = atInstant(now, zone);
      return today.precision === 'undated' || about.day > today.day ? null : onDay(about.day, zone);
    }
    case 'minute': {
      const [hour = Number.NaN, minute = Number.NaN] = about.time.split(':').map(Number);
      const wall = instantOfWallTime(about.day, hour, minute, zone);
      return wall === null || wall.ms > now
        ? null
        : { precision: 'minute', at: wall.ms, zone, day: about.day };
    }
  }
}

export function momentDraftOf(draft: CheckInDraft, when: When): MomentDraft {
  const { about: _about, placedBy: _placedBy, was: _was, text, ...parts } = draft;
  return { when, ...parts, words: text };
}

function assemble(first: EntryRecord, records: readonly EntryRecord[], safety: Safety): Moment {
  const written = Math.min(...records.map((record) => record.written));
  const changed = records.filter((record) => historyOf(record).length > 1);
  const edited =
    changed.length === 0
      ? undefined
      : Math.max(...changed.map((record) => stampParts(latestStamp(record)).ms));
  return {
    id: first.moment,
    ...contentOf(records),
    when: first.when,
    written,
    ...(edited !== undefined && { edited }),
    safety,
    notForSharing: records.some(isNotForSharing),
    writtenWhileLocked: records.some(wasWrittenWhileLocked),
  };
}

function contentOf(records: readonly EntryRecord[]): MomentContent {
  const { values = [], surroundings = {}, words = '', ...parts } = partsOfRecords(records);
  return { ...parts, values, surroundings, text: words };
}

/** A record as it was just before `stamp`: every field at its greatest earlier stamp. Undefined when it was not yet. */
function asBefore(record: EntryRecord, stamp: Stamp): EntryRecord | undefined {
  const fields = Object.entries(record.fields).flatMap(([name, field]) => {
    const past = [field, ...(field.history ?? [])].find(
      (candidate) => compareStamps(candidate.stamp, stamp) < 0,
    );
    return past === undefined ? [] : [[name, { stamp: past.stamp, value: past.value }] as const];
  });
  if (fields.length === 0) return undefined;
  const when = [{ stamp: record.whenStamp, value: record.when }, ...(record.whenHistory ?? [])].find(
    (candidate) => compareStamps(candidate.stamp, stamp) < 0,
  );
  return { ...record, fields: Object.fromEntries(fields), when: when?.value ?? record.when };
}
