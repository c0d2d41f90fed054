import { createClock } from '@evenkeel/journal';
import { bytesToDeviceId, bytesToHash32, bytesToStreamId, randomBytes, utf8 } from '@evenkeel/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunzip, gzip } from './gzip.ts';
import { parseHead, unpackHead } from './local-cache.ts';
import type { HeldRecord } from './record-index.ts';
import { NOON, momentRecords } from './test-device.ts';
import { digestOf, packVolume, parseVolume, unpackVolume } from './volume.ts';

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

test('what a volume was made of is what it holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 50 }), { maxLength: 12 }),
      async (texts) => {
        const records = texts.flatMap(held);
        expect(await unpackVolume(sid, await packVolume(sid, records))).toEqual(records);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a volume of another stream, cut short or changed is not read', async () => {
  const records = held('words');
  const bytes = await packVolume(sid, records);
  expect(await unpackVolume(bytesToStreamId(randomBytes(16)), bytes)).toBeNull();
  for (let length = 0; length < bytes.length; length += 7)
    expect(await unpackVolume(sid, bytes.slice(0, length))).toBeNull();
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    // What the format of gzip leaves open may change; what is inside may not.
    const read = await unpackVolume(sid, changed);
    if (read !== null) expect(read).toEqual(records);
  }
  expect(digestOf(records)).toBe(digestOf(records.toReversed()));
  expect(digestOf(records)).not.toBe(digestOf(records.slice(1)));
});

const INPUTS = 200_000;

/** xorshift32: quick, and the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

test('whatever bytes come, a volume gives its records or is none', async () => {
  const random = generator(0x9e3779b9);
  const open = await gunzip(await packVolume(sid, held('words').slice(0, 1)), 10_000);
  if (open === null) throw new Error('what was packed did not open');
  const said = { none: 0, records: 0 };
  for (let i = 0; i < INPUTS; i += 1) {
    const bytes = open.slice(0, random(4) === 0 ? random(open.length + 1) : open.length);
    for (let changes = random(9); changes > 0; changes -= 1) bytes[random(bytes.length)] = random(256);
    said[parseVolume(sid, bytes) === null ? 'none' : 'records'] += 1;
  }
  expect(said.none + said.records).toBe(INPUTS);
  expect(Math.min(said.none, said.records)).toBeGreaterThan(1000);
  for (let i = 0; i < 2000; i += 1) expect(await unpackVolume(sid, randomBytes(i % 200))).toBeNull();
}, 60_000);

test('whatever bytes come, the head of the cache is read or is none', async () => {
  const random = generator(0x51ed270b);
  const text = JSON.stringify({
    v: 1,
    mark: { id: 'x', lwt: 3 },
    volumes: [{ sid, cat: 1, month: 321, count: 2, digest: 'd' }],
    days: [
      { day: '2026-10-15', moments: 1, moods: 1, valence: 0.5, strongest: { valence: 0.5 }, useFree: true },
    ],
    inUse: [{ sid, cat: 1, month: 321, epoch: 0, days: [15] }],
    clock: null,
  });
  expect(await unpackHead(await gzip(utf8(text)))).toMatchObject({
    mark: { lwt: 3 },
    volumes: [{ count: 2 }],
  });
  const said = { none: 0, head: 0 };
  for (let i = 0; i < INPUTS; i += 1) {
    const bytes = utf8(text);
    for (let changes = random(9); changes > 0; changes -= 1) bytes[random(bytes.length)] = random(256);
    const end = random(4) === 0 ? random(bytes.length + 1) : bytes.length;
    said[parseHead(bytes.subarray(0, end)) === null ? 'none' : 'head'] += 1;
  }
  expect(said.none + said.head).toBe(INPUTS);
  expect(Math.min(said.none, said.head)).toBeGreaterThan(1000);
}, 60_000);
