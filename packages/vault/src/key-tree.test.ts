import {
  type KeyId,
  accountIdSchema,
  bytesToAccountId,
  bytesToKeyId,
  bytesToStreamId,
  randomBytes,
  toHex,
} from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { VaultFault } from './fault.ts';
import { UNDATED_MONTH, isPlace, openKeyTree } from './key-tree.ts';
import { Secret } from './secret.ts';
import { openStreamKeys } from './stream-keys.ts';

const ACCT = bytesToAccountId(new Uint8Array(16).fill(5));
const cat = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 240, 241);
const month = fc.oneof(fc.integer({ min: 0, max: 1211 }), fc.constant(UNDATED_MONTH));
const place = fc
  .record({ cat, month, day: fc.integer({ min: 0, max: 31 }) })
  .map((at) => (at.month === UNDATED_MONTH ? { ...at, day: 0 } : at));
const epoch = fc.integer({ min: 0, max: 0xffff });

test('the same root gives the same keys everywhere, another root or account none of them', () => {
  const root = randomBytes(32);
  const trees = [openKeyTree(new Secret(root), ACCT), openKeyTree(new Secret(root), ACCT)];
  const other = openKeyTree(new Secret(randomBytes(32)), ACCT);
  const at = { cat: 1, month: 322, day: 3 };
  const [a, b] = trees.map((tree) => tree.dayKey(at, 0));
  expect(a?.kid).toBe(b?.kid);
  expect(other.dayKey(at, 0).kid).not.toBe(a?.kid);
  const elsewhere = openKeyTree(new Secret(root), accountIdSchema.parse('AAAAAAAAAAAAAAAAAAAAAA'));
  expect(elsewhere.dayKey(at, 0).kid).not.toBe(a?.kid);
  expect(elsewhere.sidOf(1, 322)).toBe(trees[0]?.sidOf(1, 322));
});

test('a stream keeps its id through the epochs, and its keys through none', () => {
  using tree = openKeyTree(Secret.random(32), ACCT);
  const keys = [0, 1, 2].map((number) => toHex(tree.stream(1, 322, number).key.reveal()));
  expect(new Set(keys).size).toBe(3);
  expect(tree.sidOf(1, 322)).toBe(tree.sidOf(1, 322));
});

test('places that differ in category, month, day or epoch share no key and no key id', () => {
  using tree = openKeyTree(Secret.random(32), ACCT);
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(place, epoch, (at, number) => {
      const { kid, key } = tree.dayKey(at, number);
      const name = JSON.stringify([at, number]);
      const before = seen.get(kid) ?? name;
      seen.set(kid, name);
      expect(before).toBe(name);
      expect(toHex(key.reveal())).not.toBe(toHex(tree.stream(at.cat, at.month, number).key.reveal()));
    }),
    { numRuns: 1000 },
  );
});

test('a stream id and a key id of ours lead back to where they belong', () => {
  using tree = openKeyTree(Secret.random(32), ACCT);
  fc.assert(
    fc.property(place, epoch, (at, number) => {
      const { kid } = tree.dayKey(at, number);
      const sid = tree.sidOf(at.cat, at.month);
      expect(tree.placeOfStream(sid)).toEqual({ cat: at.cat, month: at.month });
      expect(tree.placeOf(sid, kid, number)).toEqual(at);
      expect(tree.placeOf(sid, kid, number ^ 1)).toBeNull();
    }),
    { numRuns: 1000 },
  );
});

test('a stream id is found without having been derived before, wherever in 2000 to 2100 it lies', () => {
  const root = randomBytes(32);
  const writer = openKeyTree(new Secret(root), ACCT);
  for (const [category, at] of [
    [1, 322],
    [13, 0],
    [4, 1211],
    [240, UNDATED_MONTH],
    [2, 200],
  ] as const) {
    using reader = openKeyTree(new Secret(root), ACCT);
    expect(reader.placeOfStream(writer.sidOf(category, at))).toEqual({ cat: category, month: at });
  }
  using reader = openKeyTree(new Secret(root), ACCT);
  expect(reader.placeOfStream(bytesToStreamId(randomBytes(16)))).toBeNull();
  expect(reader.placeOf(writer.sidOf(1, 322), bytesToKeyId(randomBytes(16)), 0)).toBeNull();
});

test('there is no key for a place that is none', () => {
  using tree = openKeyTree(Secret.random(32), ACCT);
  const wrong = [
    { cat: 0, month: 1, day: 1 },
    { cat: 14, month: 1, day: 1 },
    { cat: 242, month: 1, day: 1 },
    { cat: 1, month: -1, day: 1 },
    { cat: 1, month: 1212, day: 1 },
    { cat: 1, month: 1, day: 32 },
    { cat: 1, month: 1, day: -1 },
    { cat: 1, month: 1.5, day: 1 },
    { cat: 1, month: UNDATED_MONTH, day: 1 },
    { cat: 1.5, month: 1, day: 1 },
    { cat: Number.NaN, month: 1, day: 1 },
  ];
  for (const at of wrong) {
    expect(isPlace(at), JSON.stringify(at)).toBe(false);
    expect(() => tree.dayKey(at, 0)).toThrow(VaultFault);
  }
});

test('a closed tree has zeroed every key it gave', () => {
  const tree = openKeyTree(Secret.random(32), ACCT);
  const { key } = tree.dayKey({ cat: 1, month: 1, day: 1 }, 0);
  const bytes = key.reveal();
  tree[Symbol.dispose]();
  expect(bytes.every((byte) => byte === 0)).toBe(true);
});

test('a day key opens its own day: the key ids of a month are 32 and all different', () => {
  const keys = openStreamKeys(Secret.random(32), ACCT);
  const kids: KeyId[] = Array.from({ length: 32 }, (_, day) => keys.day(day).kid);
  expect(new Set(kids).size).toBe(32);
  kids.forEach((kid, day) => expect(keys.dayOf(kid)).toBe(day));
});
