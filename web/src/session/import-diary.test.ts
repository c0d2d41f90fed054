import { handWoundClock } from '@evenkeel/test-kit';
import { somebody } from '@evenkeel/test-kit/somebody';
import { expect, test } from 'vitest';
import { createBackupBook } from './backup-book.ts';
import { bringInFile } from './import-diary.ts';
import { openForms } from './kept-forms.ts';
import { notesOf } from './notes.ts';

const START = Date.UTC(2026, 9, 10, 9);
const ROWS = 700;

/** A file of one mood and one activity a day, newest first. */
function daylioFile(): string {
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const day = new Date(START - row * 86_400_000).toISOString().slice(0, 10);
    return `${day},"","",21:30,good,"walking","",""`;
  });
  return ['full_date,date,weekday,time,mood,activities,note_title,note', ...rows].join('\n');
}

test('when one part of an import finds no room and the next one does, what was stored is counted', async () => {
  const clock = handWoundClock(START);
  await using one = await somebody('Sam', clock);
  const file = new TextEncoder().encode(daylioFile());
  let asked = 0;
  const replica: typeof one.replica = {
    ...one.replica,
    save: async (records) => {
      if (records.length < 100) return one.replica.save(records);
      asked += 1;
      return asked === 1 ? { ok: false, reason: 'storage-full' } : one.replica.save(records);
    },
  };
  const settings = {
    autoLockMinutes: 5,
    lockOnHide: false,
    shared: false,
    shownName: '',
    paused: false,
    remindersSeenAt: 0,
    pushEndpoint: null,
    installRefused: false,
  } as const;
  const opened = {
    ...one,
    replica,
    now: clock.now,
    forms: await openForms(one),
    backups: createBackupBook(one.store),
    settings: { read: () => settings, change: async () => undefined },
  };
  const outcome = await bringInFile(
    opened,
    file,
    { zone: 'Europe/London', valenceByMood: new Map() },
    () => undefined,
  );
  const stored = one.replica.index.snapshot().moments().length;
  expect(stored).toBeGreaterThan(0);
  expect(outcome).toMatchObject({ ok: false, reason: 'no-room', added: stored });
  expect(notesOf(opened, 'import').map(({ body }) => body.entries)).toEqual([stored]);
});
