import 'fake-indexeddb/auto';
import {
  type Hash32,
  ZERO_HASH,
  bytesToAccountId,
  bytesToDeviceId,
  bytesToHash32,
  bytesToKeyId,
  bytesToStreamId,
  chainNext,
  randomBytes,
  randomRecordId,
  randomServerEpoch,
} from '@evenkeel/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Arrived, StreamBook } from './stream-book.ts';

const owner = { acct: bytesToAccountId(randomBytes(16)), serverEpoch: randomServerEpoch(), scope: 'own|x|y' };
const sid = bytesToStreamId(randomBytes(16));
const dev = bytesToDeviceId(randomBytes(16));
const kid = bytesToKeyId(randomBytes(16));
const leaf = (): Hash32 => bytesToHash32(randomBytes(32));
const body = (n: number, replaces: Hash32 = ZERO_HASH): Arrived => ({
  n,
  leaf: leaf(),
  replaces,
  stub: null,
  rec: randomRecordId(),
});

test('whatever order leaves come in, and however often, the book ends with the chain of all of them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 40 }), (order) => {
      const length = Math.max(...order) + 1;
      const leaves = Array.from({ length }, (_, i) => body(i + 1));
      const book = new StreamBook(owner, sid, undefined);
      const said = [...order, ...leaves.keys()]
        .flatMap((i) => leaves[i] ?? [])
        .map((one) => book.receive(one));
      expect(said).not.toContain('changed');
      const again = new StreamBook(owner, sid, book.toRow());
      expect(again.n).toBe(length);
      expect(again.hasGap()).toBe(false);
      expect(again.chain).toBe(leaves.reduce((chain, one) => chainNext(chain, one.leaf), book.start));
      const held = leaves.map(({ rec }) => rec && again.acknowledged(rec));
      expect(held).toEqual(leaves.map(({ leaf, n }) => ({ leaf, n })));
    }),
    { numRuns: 1000 },
  );
});

test('another leaf at a verified position is told', () => {
  const book = new StreamBook(owner, sid, undefined);
  book.receive(body(1));
  expect(book.receive(body(1))).toBe('changed');
  expect(book.n).toBe(1);
});

test('a missing body is owed until something later replaces it, or it comes', () => {
  const book = new StreamBook(owner, sid, undefined);
  const gone = { ...body(1), stub: kid, rec: null };
  book.receive(gone);
  expect(book.openStubs()).toEqual([kid]);
  book.receive(body(2, gone.leaf));
  expect(book.openStubs()).toEqual([]);
  const later = { ...body(3), stub: kid, rec: null };
  book.receive(later);
  expect(new StreamBook(owner, sid, book.toRow()).openStubs()).toEqual([kid]);
  book.receive({ ...later, stub: null, rec: randomRecordId() });
  expect(book.openStubs()).toEqual([]);
});

test('a head that knows more, or another history, is not settled', () => {
  const book = new StreamBook(owner, sid, undefined);
  const [one, two] = [body(1), body(2)];
  book.receive(one);
  const chain = chainNext(chainNext(book.start, one.leaf), two.leaf);
  book.claim({ dev, n: 2, chain, time: 1 });
  expect(book.settle().withheld).toHaveLength(1);
  book.receive(two);
  expect(book.settle()).toEqual({ withheld: [], forked: [] });
  book.claim({ dev, n: 1, chain: leaf(), time: 2 });
  expect(book.settle().forked).toHaveLength(1);
});

test('what a push was answered with never takes the place of a later version', () => {
  const book = new StreamBook(owner, sid, undefined);
  const rec = randomRecordId();
  const [first, second] = [leaf(), leaf()];
  book.acknowledge(rec, second, 7);
  book.acknowledge(rec, first, 3);
  expect(book.acknowledged(rec)).toEqual({ leaf: second, n: 7 });
  book.acknowledge(rec, first, 0);
  expect(book.acknowledged(rec)).toEqual({ leaf: first, n: 7 });
});

test('nothing of an honest history is called a replay, and every earlier version at its end is one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 30 }),
      fc.nat({ max: 30 }),
      (edits, firstLook) => {
        const recs = Array.from({ length: 4 }, randomRecordId);
        const newest = new Map<number, Hash32>();
        const history = edits.map((which, i): Arrived & { readonly which: number } => {
          const one = {
            n: i + 1,
            leaf: leaf(),
            replaces: newest.get(which) ?? ZERO_HASH,
            stub: null,
            rec: recs[which] ?? null,
            which,
          };
          newest.set(which, one.leaf);
          return one;
        });
        const book = new StreamBook(owner, sid, undefined);
        // A server shows what was replaced by then as stubs.
        for (const [from, to] of [
          [0, firstLook],
          [firstLook, history.length],
        ] as const) {
          const known = history.slice(0, to);
          for (const one of known.slice(from)) {
            const isCurrent = known.findLast(({ which }) => which === one.which) === one;
            const arrived = isCurrent ? one : { ...one, stub: kid, rec: null };
            expect(book.isReplayed(arrived)).toBe(false);
            book.receive(arrived);
          }
        }
        for (const one of history) expect(book.isReplayed({ ...one, n: history.length + 1 })).toBe(true);
      },
    ),
  );
});
