import { deviceIdOf, bytesToPublicKey, randomBytes } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { encodeRecord, parseRecord } from '../entry-codec.ts';
import { editNote, newNote, newSetting } from '../moment.ts';
import { settingOf } from './settings.ts';
import { noteOf } from './notes.ts';

const dev = deviceIdOf(bytesToPublicKey(randomBytes(32)));

test('a note survives being written and read, and is never taken for a setting', () => {
  const clock = createClock({ now: () => 1_760_000_000_000, dev });
  const record = newNote(
    { kind: 'contact', body: { name: 'Dr Ahmed', words: ['a', 'b'] } },
    { clock, now: 1 },
  );
  const parsed = parseRecord(encodeRecord(record));
  if (!parsed.ok) throw new Error(parsed.reason);
  expect(noteOf(parsed.record)).toEqual({ kind: 'contact', body: { name: 'Dr Ahmed', words: ['a', 'b'] } });
  expect(settingOf(parsed.record)).toBeUndefined();
});

test('a setting is never taken for a note', () => {
  const clock = createClock({ now: () => 1_760_000_000_000, dev });
  const setting = newSetting(
    { kind: 'value', text: 'honesty', area: 'other', importance: 5, order: 1, archived: false },
    { clock, now: 1 },
  );
  expect(setting === null ? null : noteOf(setting)).toBeUndefined();
});

test('editing a note changes its body and keeps its record', () => {
  const clock = createClock({ now: () => 1_760_000_000_000, dev });
  const record = newNote({ kind: 'contact', body: 1 }, { clock, now: 1 });
  const edited = editNote(record, { kind: 'contact', body: 2 }, clock);
  expect(edited?.rec).toBe(record.rec);
  expect(edited === null ? null : noteOf(edited)?.body).toBe(2);
  expect(editNote(record, { kind: 'contact', body: 1 }, clock)).toBeNull();
});
