import { createClock } from '@evenkeel/journal';
import { bytesToDeviceId, bytesToHash32, bytesToStreamId, randomBytes } from '@evenkeel/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HeldRecord } from './record-index.ts';
import { NOON, momentRecords } from './test-device.ts';
import { digestOf, encodeVolume, parseVolume } from './volume.ts';

const clock = createClock({ now: () => NOON, dev: bytesToDeviceId(randomBytes(16)) });
const sid = bytesToStreamId(randomBytes(16));

function held(words: string): readonly HeldRecord[] {
  return momentRecords(clock, { at: NOON, words: `. ${words}` }).map((record) => ({
    record,
    sid,
    leaf: bytesToHash32(randomBytes(32)),
    rev: 3,
    epoch: 2,
    height: 5,
    heldSince: NOON,
  }));
}

test('what a volume was made of is what it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 50 }), { maxLength: 12 }), (texts) => {
      const records = texts.flatMap(held);
      expect(parseVolume(sid, encodeVolume(sid, records))).toEqual(records);
    }),
    { numRuns: 200 },
  );
});

test('a volume of another stream, cut short or changed is not read', () => {
  const records = held('words');
  const bytes = encodeVolume(sid, records);
  expect(parseVolume(bytesToStreamId(randomBytes(16)), bytes)).toBeNull();
  for (let length = 0; length < bytes.length; length += 7)
    expect(parseVolume(sid, bytes.subarray(0, length))).toBeNull();
  expect(digestOf(records)).toBe(digestOf(records.toReversed()));
  expect(digestOf(records)).not.toBe(digestOf(records.slice(1)));
});

test('random bytes are never a volume', () => {
  for (let i = 0; i < 2000; i += 1) expect(parseVolume(sid, randomBytes(i % 200))).toBeNull();
});
