/** Bringing in a Daylio file: read, show what is in it, write it in batches, and take it back. */
import { deviceZone } from '@evenkeel/journal';
import {
  type BadRow,
  type MoodChoice,
  importIdOf,
  planImport,
  readDaylioCsv,
  recordsOfImport,
  reportOn,
  suggestedMapping,
  valenceOfLevel,
} from '@evenkeel/interchange';
import { type Bytes, type RecordId, fromBase64url, randomBytes, toBase64url } from '@evenkeel/protocol';
import type { ImportChoices, ImportOutcome, ImportRead, OnProgress } from './me-contract.ts';
import { changeNote, keepNote, notesOf } from './notes.ts';
import type { Opened } from './opened.ts';

const RECORDS_AT_ONCE = 500;

export async function readImportFile(opened: Opened, file: Uint8Array): Promise<ImportRead> {
  const reading = readDaylioCsv(file);
  if (!reading.ok)
    return { ok: false, reason: reading.reason === 'not-text' ? 'unreadable' : reading.reason };
  await opened.replica.loaded;
  const report = reportOn(reading);
  const plan = await planImport(reading, suggestedMapping(report), {
    ...(await setup(opened, file)),
    zone: deviceZone(),
  });
  const rows = plan.ok ? plan.rows : { added: 0, alreadyHere: 0 };
  const bad = plan.ok ? plan.badRows : report.badRows;
  return {
    ok: true,
    report: {
      rows: report.rows + report.badRows.length,
      entries: rows.added,
      alreadyHere: rows.alreadyHere,
      firstDay: report.firstDay,
      lastDay: report.lastDay,
      withNotes: report.notes,
      moods: report.moods.map(({ name, count, suggestion }) => ({
        name,
        rows: count,
        suggested: suggestion?.kind === 'level' ? valenceOfLevel(suggestion.level) : null,
      })),
      bad: bad.map(({ row, reason }: BadRow) => ({ row: row + 1, reason })),
    },
  };
}

export async function bringInFile(
  opened: Opened,
  file: Uint8Array,
  choices: ImportChoices,
  onProgress: OnProgress,
): Promise<ImportOutcome> {
  const { replica, now } = opened;
  const id = importIdOf(file);
  const reading = readDaylioCsv(file);
  const plan = reading.ok
    ? await planImport(
        reading,
        { moods: choicesOf(choices), scales: 'as-tags' },
        { ...(await setup(opened, file)), zone: choices.zone },
      )
    : null;
  if (plan === null || !plan.ok) return { ok: true, id, added: 0, alreadyHere: 0 };
  const { records, rows } = plan;
  let written = 0;
  const note = async (entries: number): Promise<void> => {
    if (entries > 0) await keepNote(opened, 'import', { id, at: now(), entries, undone: false });
  };
  const saveFrom = (at: number) => replica.save(records.slice(at, at + RECORDS_AT_ONCE));
  let next = saveFrom(0);
  while (written < records.length) {
    const saving = next;
    // Sealed while these are being stored; what becomes of it is looked at in its own turn.
    next = saveFrom(written + RECORDS_AT_ONCE);
    next.catch(() => undefined);
    const saved = await saving;
    if (!saved.ok) {
      // A smaller batch may still have found the room that this one did not.
      const isNextStored = await next.then(
        ({ ok }) => ok,
        () => false,
      );
      const after = written + RECORDS_AT_ONCE;
      const stored = [
        ...records.slice(0, written),
        ...(isNextStored ? records.slice(after, after + RECORDS_AT_ONCE) : []),
      ];
      const added = new Set(stored.flatMap(({ moment }) => moment ?? [])).size;
      await note(added);
      return { ok: false, reason: 'no-room', id, added };
    }
    written += RECORDS_AT_ONCE;
    onProgress({ done: Math.min(written, records.length), of: records.length });
  }
  await note(rows.added);
  return { ok: true, id, added: rows.added, alreadyHere: rows.alreadyHere };
}

export async function undoImport(
  opened: Opened,
  id: string,
  onProgress: OnProgress,
): Promise<{ readonly removed: number }> {
  const { replica } = opened;
  await replica.loaded;
  const snapshot = replica.index.snapshot();
  const all = [
    ...snapshot.moments().flatMap(({ records }) => records),
    ...snapshot.binned().map(({ record }) => record),
  ];
  const brought = recordsOfImport(all, id);
  const recs: readonly RecordId[] = brought.map((record) => record.rec);
  for (let done = 0; done < recs.length; done += RECORDS_AT_ONCE) {
    await replica.eraseForGood(recs.slice(done, done + RECORDS_AT_ONCE));
    onProgress({ done: Math.min(done + RECORDS_AT_ONCE, recs.length), of: recs.length });
  }
  for (const held of notesOf(opened, 'import')) {
    if (held.body.id === id && !held.body.undone)
      await changeNote(opened, 'import', held, { ...held.body, undone: true });
  }
  return { removed: new Set(brought.map((record) => record.moment)).size };
}

async function setup(opened: Opened, file: Uint8Array) {
  const { replica, now } = opened;
  const snapshot = replica.index.snapshot();
  return {
    importId: importIdOf(file),
    idKey: await importKey(opened),
    clock: replica.clock,
    now: now(),
    isHeld: (rec: RecordId) => snapshot.record(rec) !== undefined,
  };
}

/** Made at the first import and known to each device of the account, so that an import is the same on all of them. */
async function importKey(opened: Opened): Promise<Bytes> {
  const [held] = notesOf(opened, 'import-key');
  const known = held === undefined ? null : fromBase64url(held.body.key);
  if (known !== null) return known;
  const made = randomBytes(32);
  await keepNote(opened, 'import-key', { key: toBase64url(made) });
  return made;
}

function choicesOf({ valenceByMood }: ImportChoices): ReadonlyMap<string, MoodChoice> {
  return new Map(
    [...valenceByMood].map(([name, valence]) => [
      name,
      valence === null ? { kind: 'word-only' } : { kind: 'valence', valence },
    ]),
  );
}
