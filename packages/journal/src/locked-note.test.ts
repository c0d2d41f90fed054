import { bytesToDeviceId, randomMomentId, utf8 } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { encodeRecord, parseRecord } from './entry-codec.ts';
import {
  type LockedNote,
  encodeLockedNote,
  momentOfLockedNote,
  parseLockedNote,
  wasWrittenWhileLocked,
} from './locked-note.ts';

const at = Date.UTC(2026, 10, 27, 3, 12);
const note: LockedNote = {
  id: randomMomentId(),
  at,
  zone: 'Europe/London',
  mood: { valence: -0.6, arousal: 0.4, words: [{ id: 'anxious' }, { own: 'wired' }] },
  text: 'could not sleep',
};

test('a note is read as it was written', () => {
  const wordsAlone = { ...note, mood: {} };
  const moodAlone = { ...note, text: '' };
  for (const one of [note, wordsAlone, moodAlone])
    expect(parseLockedNote(encodeLockedNote(one))).toEqual(one);
});

test('what this app would not write is no note', () => {
  const planted = [
    'nothing',
    JSON.stringify({ v: 2, ...note }),
    JSON.stringify({ v: 1, ...note, zone: 'Nowhere/Land' }),
    JSON.stringify({ v: 1, ...note, id: 'short' }),
    JSON.stringify({ v: 1, ...note, mood: { valence: 3 } }),
    JSON.stringify({ v: 1, ...note, text: 'x'.repeat(1_000_000) }),
    JSON.stringify({ v: 1, ...note, more: true }),
  ];
  for (const text of planted) expect(parseLockedNote(utf8(text)), text.slice(0, 60)).toBeNull();
});

test('its records keep their own time and their mark, and have the same ids however often they are made', () => {
  const clock = createClock({ dev: bytesToDeviceId(new Uint8Array(16).fill(7)), now: () => at + 86_400_000 });
  const [first, second] = [momentOfLockedNote(note, clock), momentOfLockedNote(note, clock)];
  if (!first.ok || !second.ok) throw new Error('no moment');
  expect(first.records.map(({ rec }) => rec)).toEqual(second.records.map(({ rec }) => rec));
  expect(new Set(first.records.map(({ rec }) => rec)).size).toBe(2);
  for (const record of first.records) {
    expect(record).toMatchObject({ moment: note.id, written: at, when: { precision: 'minute', at } });
    const parsed = parseRecord(encodeRecord(record));
    expect(parsed.ok && wasWrittenWhileLocked(parsed.record)).toBe(true);
  }
});
