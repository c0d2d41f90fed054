/**
 * From the rows of another app's diary to records of ours. Nothing is written here: the person sees a report,
 * says what each mood means, and only then a plan is made, which can be undone as a whole.
 *
 * [Note: running twice adds nothing] Ids are made from what a row says and from a key of the account, so the same
 * row always gets the same ids. The key is needed because record ids are seen by the server: without it, it could
 * guess days and times until an id fits.
 */
import {
  type Clock,
  type EntryRecord,
  type MomentDraft,
  type WallInstant,
  type When,
  dayOfInstant,
  isKnownZone,
  instantOfWallTime,
  newMoment,
  onDay,
} from '@evenkeel/journal';
import {
  type Bytes,
  type RecordId,
  bytesToMomentId,
  bytesToRecordId,
  concat,
  labelledHash,
  sha256,
  toBase64url,
  utf8,
} from '@evenkeel/protocol';
import { type BadRow, type DaylioReading, type DaylioRow, badRow } from './daylio-csv.ts';

/**
 * One of Daylio's five levels, 5 rad … 1 awful; a valence of the person's own, −1…+1; or only the word, when they
 * do not want to place it.
 */
export type MoodChoice =
  | { readonly kind: 'level'; readonly level: 1 | 2 | 3 | 4 | 5 }
  | { readonly kind: 'valence'; readonly valence: number }
  | { readonly kind: 'word-only' };

export type Counted = { readonly name: string; readonly count: number };

/** What a file holds, shown before anything is brought in. */
export type ImportReport = {
  /** Rows that can be brought in. */
  readonly rows: number;
  readonly badRows: readonly BadRow[];
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** Rows without a time: they are kept as days, with no time made up. */
  readonly withoutTime: number;
  readonly notes: number;
  /** Most frequent first. `suggestion` only for the five names Daylio begins with. */
  readonly moods: readonly (Counted & { readonly suggestion: MoodChoice | null })[];
  readonly activities: readonly Counted[];
  /** Scales by name; brought in as tags when chosen. */
  readonly scales: readonly Counted[];
  /** Columns that are not brought in, with the number of rows that have something there. */
  readonly notBroughtIn: readonly Counted[];
};

export type ImportMapping = {
  /** By mood name. A mood that is not here keeps its word and gets no place on the sea. */
  readonly moods: ReadonlyMap<string, MoodChoice>;
  readonly scales: 'as-tags' | 'leave-out';
};

export type ImportSetup = {
  /** The IANA zone the diary was kept in: the file does not say, so the person is asked. */
  readonly zone: string;
  /** `importIdOf(the file)`: names this import in the source of each record, so that it can be undone. */
  readonly importId: string;
  /** 32 secret bytes of the account, the same on each of its devices. */
  readonly idKey: Uint8Array;
  readonly clock: Clock;
  /** Milliseconds UTC, kept as the time of writing. */
  readonly now: number;
  /** Whether this diary has, or had and moved, a record with this id. One erased for good counts as not held. */
  readonly isHeld?: (rec: RecordId) => boolean;
  /** Called every 250 rows and waited for, so that a screen stays alive; by default only lets others run. */
  readonly onProgress?: (done: number, of: number) => void | Promise<void>;
};

export type ImportPlan =
  | {
      readonly ok: true;
      readonly importId: string;
      /** To be written; nothing that is already there is among them. */
      readonly records: readonly EntryRecord[];
      readonly rows: { readonly added: number; readonly alreadyHere: number };
      /** Rows whose time summer time skipped, or that came twice, and were set to the hour after, or the first. */
      readonly clockChanges: { readonly skipped: number; readonly twice: number };
      /** Rows whose mood keeps its word and has no place on the sea. */
      readonly withoutValence: number;
      readonly badRows: readonly BadRow[];
    }
  | { readonly ok: false; readonly reason: 'no-such-zone' };

type Reading = Extract<DaylioReading, { ok: true }>;

/** A few milliseconds of work on a slow phone. */
const ROWS_AT_ONCE = 250;

const LEVEL_BY_NAME: Readonly<Record<string, 1 | 2 | 3 | 4 | 5>> = {
  rad: 5,
  good: 4,
  meh: 3,
  bad: 2,
  awful: 1,
};

function valenceOf(choice: MoodChoice | undefined): number | null {
  if (choice?.kind === 'valence') return choice.valence;
  return choice?.kind === 'level' ? valenceOfLevel(choice.level) : null;
}

/** Where a level lies: the middle of its fifth of the valence line, −0.8 … +0.8. Energy is never made up. */
export function valenceOfLevel(level: 1 | 2 | 3 | 4 | 5): number {
  return (level - 3) * 0.4;
}

export function reportOn(reading: Reading): ImportReport {
  const { rows } = reading;
  const days = rows.map((row) => row.day).toSorted();
  return {
    rows: rows.length,
    badRows: reading.badRows,
    firstDay: days[0] ?? null,
    lastDay: days.at(-1) ?? null,
    withoutTime: rows.filter((row) => row.time === null).length,
    notes: rows.filter((row) => row.words !== '').length,
    moods: count(rows.flatMap((row) => (row.mood === '' ? [] : [row.mood]))).map((mood) => ({
      ...mood,
      suggestion: suggestionFor(mood.name),
    })),
    activities: count(rows.flatMap((row) => row.activities)),
    scales: count(rows.flatMap((row) => row.scales.map((scale) => scale.split(':')[0] ?? scale))),
    notBroughtIn: reading.unknownColumns.map(({ name, filled }) => ({ name, count: filled })),
  };
}

/** The mapping a person begins with: the five default moods placed, every other one a word only. */
export function suggestedMapping(report: ImportReport): ImportMapping {
  return {
    moods: new Map(report.moods.map(({ name, suggestion }) => [name, suggestion ?? { kind: 'word-only' }])),
    scales: 'as-tags',
  };
}

/** Names a file among a person's imports: the first 6 bytes of its SHA-256, 8 characters of base64url. */
export function importIdOf(file: Uint8Array): string {
  return toBase64url(sha256(file).subarray(0, 6));
}

export async function planImport(
  reading: Reading,
  mapping: ImportMapping,
  setup: ImportSetup,
): Promise<ImportPlan> {
  if (!isKnownZone(setup.zone)) return { ok: false, reason: 'no-such-zone' };
  const isHeld = setup.isHeld ?? (() => false);
  const records: EntryRecord[] = [];
  const badRows: BadRow[] = [...reading.badRows];
  const clockChanges = { skipped: 0, twice: 0 };
  const rows = { added: 0, alreadyHere: 0 };
  let withoutValence = 0;

  for (const [index, { row, moment }] of withMoments(reading.rows, setup.idKey).entries()) {
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1)
      await (setup.onProgress ?? letOthersRun)(index, reading.rows.length);
    const { when, kind } = whenOf(row, setup.zone);
    const choice = mapping.moods.get(row.mood);
    const made = newMoment(draftOf(row, when, choice, mapping.scales), {
      clock: setup.clock,
      now: setup.now,
      momentId: () => bytesToMomentId(moment),
      recordId: (category) =>
        bytesToRecordId(
          labelledHash('evenkeel/imported-record', concat(moment, utf8(category))).subarray(0, 16),
        ),
      source: { app: 'daylio', file: setup.importId, row: row.row },
    });
    if (!made.ok) {
      badRows.push(
        badRow(row.line, row.row, made.reason === 'too-much' ? 'too-long' : 'nothing-in-it', row.raw),
      );
      continue;
    }
    const added = made.records.filter((record) => !isHeld(record.rec));
    records.push(...added);
    if (added.length === 0) {
      rows.alreadyHere += 1;
      continue;
    }
    rows.added += 1;
    if (kind !== 'exact') clockChanges[kind] += 1;
    if (row.mood !== '' && valenceOf(choice) === null) withoutValence += 1;
  }
  return {
    ok: true,
    importId: setup.importId,
    records,
    rows,
    clockChanges,
    withoutValence,
    badRows: badRows.toSorted((a, b) => a.line - b.line),
  };
}

/** The records that an import brought in, wherever they lie now: what "undo this import" erases. */
export function recordsOfImport(records: readonly EntryRecord[], importId: string): readonly EntryRecord[] {
  return records.filter((record) => record.source?.file === importId);
}

/**
 * Each row with the bytes of its moment id. What goes in: day, time and text; without a time also mood and
 * activities. Their names are left out otherwise, because renaming a mood in the other app renames it in every
 * row of its next export. Rows that are the same in all this are told apart by counting from the oldest, so that
 * a newer export, longer at its new end, counts them the same way.
 */
function withMoments(
  rows: readonly DaylioRow[],
  idKey: Uint8Array,
): readonly { readonly row: DaylioRow; readonly moment: Bytes }[] {
  const isNewestFirst = (rows[0]?.day ?? '') >= (rows.at(-1)?.day ?? '');
  const seen = new Map<string, number>();
  const found = (isNewestFirst ? rows.toReversed() : rows).map((row) => {
    const names = row.time === null ? [row.mood, row.activities] : [];
    const text = JSON.stringify([
      row.day,
      row.time?.hour,
      row.time?.minute,
      row.words.replaceAll(/\s+/g, ' '),
      ...names,
    ]);
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    const said = sha256(utf8(`daylio ${before} ${text}`));
    return {
      row,
      moment: labelledHash('evenkeel/imported-moment', concat(sha256(idKey), said)).subarray(0, 16),
    };
  });
  return isNewestFirst ? found.toReversed() : found;
}

function whenOf(row: DaylioRow, zone: string): { readonly when: When; readonly kind: WallInstant['kind'] } {
  const found = row.time === null ? null : instantOfWallTime(row.day, row.time.hour, row.time.minute, zone);
  if (found === null || dayOfInstant(found.ms, zone) !== row.day) {
    return { when: onDay(row.day, zone), kind: found?.kind ?? 'exact' };
  }
  return { when: { precision: 'minute', at: found.ms, zone, day: row.day }, kind: found.kind };
}

function draftOf(
  row: DaylioRow,
  when: When,
  choice: MoodChoice | undefined,
  scales: ImportMapping['scales'],
): MomentDraft {
  const valence = valenceOf(choice);
  return {
    when,
    ...(row.mood !== '' && {
      mood: {
        ...(valence !== null && { valence }),
        words: [{ own: row.mood }],
      },
    }),
    surroundings: { activities: row.activities, ...(scales === 'as-tags' && { tags: row.scales }) },
    words: row.words,
  };
}

function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function suggestionFor(mood: string): MoodChoice | null {
  const name = mood.toLowerCase();
  const level = Object.hasOwn(LEVEL_BY_NAME, name) ? LEVEL_BY_NAME[name] : undefined;
  return level === undefined ? null : { kind: 'level', level };
}

function count(names: readonly string[]): readonly Counted[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, found]) => ({ name, count: found })).toSorted((a, b) => b.count - a.count);
}
