import { createClock } from '@evenkeel/journal';
import { type Hash32, ZERO_HASH, bytesToDeviceId, bytesToStreamId, randomBytes } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { type IndexChange, createIndex } from './record-index.ts';
import { NOON, momentRecords } from './test-device.ts';

const clock = createClock({ now: () => NOON, dev: bytesToDeviceId(randomBytes(16)) });
const sid = bytesToStreamId(randomBytes(16));

function held(at: number, height = 1, leaf: Hash32 = ZERO_HASH): readonly IndexChange[] {
  return momentRecords(clock, { at, words: 'by the canal' }).map((record) => ({
    kind: 'held',
    held: { record, sid, leaf, rev: 1, epoch: 0, height, heldSince: NOON },
  }));
}

test('a moment in which nothing changed stays the same object, so that nothing of it is drawn again', () => {
  const index = createIndex();
  index.apply(held(NOON));
  const [before] = index.snapshot().moments();
  index.apply(held(NOON + 60_000));
  index.apply(held(NOON + 120_000));
  const after = index.snapshot().moments();
  expect(after).toHaveLength(3);
  expect(after[2]).toBe(before);
});

test('a moment that lost an entry is another object', () => {
  const index = createIndex();
  index.apply(held(NOON));
  const [before] = index.snapshot().moments();
  const [first, second] = before?.records ?? [];
  if (first === undefined || second === undefined) throw new Error('the moment has two entries');
  index.apply([{ kind: 'gone', rec: second.rec, height: 2 }]);
  expect(index.snapshot().moments()).toEqual([{ ...before, records: [first] }]);
});
