import { type EntryRecord, binRecord, createClock, editRecord, newMoment, onDay } from '@evenkeel/journal';
import { bytesToDeviceId } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { preview } from './preview.ts';
import type { Scope } from './scope.ts';

const NOW = Date.UTC(2026, 9, 15, 9);
const clock = createClock({ now: () => NOW, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });

function entry(day: string, notForSharing = false): readonly EntryRecord[] {
  const made = newMoment(
    { when: onDay(day, 'Europe/London'), mood: { valence: 0.5 }, words: 'a quiet day', notForSharing },
    { clock, now: NOW },
  );
  if (!made.ok) throw new Error(made.reason);
  return made.records;
}

const MOOD_OF_TEN_DAYS: Scope = {
  categories: [1],
  period: { kind: 'between', first: '2026-10-01', last: '2026-10-10' },
};

test('a preview opens exactly the kinds and days of the share', () => {
  const records = ['2026-09-30', '2026-10-01', '2026-10-10', '2026-10-11'].flatMap((day) => entry(day));
  const shown = preview(records, MOOD_OF_TEN_DAYS);
  expect(shown.opened.map(({ cat, place }) => [cat, place.day])).toEqual([
    [1, 1],
    [1, 10],
  ]);
  expect(shown.opened.length + shown.closed.length).toBe(records.length);
  expect(shown.byCategory).toEqual([{ cat: 1, opened: 2, closed: 2 }]);
  expect(shown.days).toEqual({ first: '2026-10-01', last: '2026-10-10' });
});

test('it says how many other entries can be counted, though not read', () => {
  const records = ['2026-10-05', '2026-10-11', '2026-10-12', '2026-09-30'].flatMap((day) => entry(day));
  expect(preview(records, MOOD_OF_TEN_DAYS).onlyCounted).toBe(2);
});

test('what is in the bin or not for sharing stays shut, and is said to be held back', () => {
  const [mood, words] = entry('2026-10-05');
  if (mood === undefined || words === undefined) throw new Error('expected a mood and words');
  const binned = binRecord(mood, { clock, now: NOW });
  if (binned === null) throw new Error('expected a move to the bin');
  const records = [binned.record, words, ...entry('2026-10-06', true)];
  const shown = preview(records, MOOD_OF_TEN_DAYS);
  expect(shown.opened).toEqual([]);
  expect(shown.heldBack).toBe(2);
});

test('it says how many earlier values travel with what is opened', () => {
  const [mood] = entry('2026-10-05');
  if (mood === undefined) throw new Error('expected a mood');
  const edited = editRecord(mood, { fields: { valence: -0.5 } }, clock);
  if (edited === null) throw new Error('expected an edit');
  expect(preview([edited.record], MOOD_OF_TEN_DAYS).earlierValues).toEqual({ records: 1, values: 1 });
  expect(preview([mood], MOOD_OF_TEN_DAYS).earlierValues).toEqual({ records: 0, values: 0 });
});
