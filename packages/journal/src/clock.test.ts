import { bytesToDeviceId, toHex, fromBase64url } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { type Stamp, ZERO_STAMP, compareStamps, makeStamp, stampParts, stampSchema } from './stamp.ts';

const dev = bytesToDeviceId(new Uint8Array(16).fill(7));
const other = bytesToDeviceId(new Uint8Array(16).fill(9));
const YEAR = 365 * 24 * 3600 * 1000;
const NOW = Date.UTC(2026, 10, 22);

const LAST_MS = 2 ** 48 - 2 ** 32 - 1;

const stampUpTo = (ms: number) =>
  fc
    .record({
      ms: fc.nat({ max: ms }),
      counter: fc.nat({ max: 0xffff }),
      dev: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(bytesToDeviceId),
    })
    .map(makeStamp);

const anyStamp = stampUpTo(LAST_MS);

test('the very last stamp is the only kind that nothing can follow, and saying so is refused, not wrapped round', () => {
  const clock = createClock({ now: () => NOW, dev });
  const last = makeStamp({ ms: LAST_MS, counter: 0xffff, dev });
  expect(() => clock.stampAfter(last)).toThrow();
  const before = makeStamp({ ms: LAST_MS, counter: 0xfffe, dev: other });
  expect(compareStamps(clock.stampAfter(before), before)).toBeGreaterThan(0);
});

test('stamps are ordered as the bytes behind them', () => {
  const hex = (stamp: Stamp) => toHex(fromBase64url(stamp) ?? new Uint8Array());
  fc.assert(
    fc.property(anyStamp, anyStamp, (a, b) => {
      const [x, y] = [hex(a), hex(b)];
      expect(Math.sign(compareStamps(a, b))).toBe(x === y ? 0 : x < y ? -1 : 1);
      expect(makeStamp(stampParts(a))).toBe(a);
    }),
    { numRuns: 1000 },
  );
});

test('a later edit always comes after the stamp it overwrites, however far off any clock is', () => {
  fc.assert(
    fc.property(
      stampUpTo(LAST_MS - 1000),
      fc.array(fc.integer({ min: -YEAR * 80, max: YEAR * 2000 }), { minLength: 1 }),
      (overwritten, times) => {
        let now = 0;
        const clock = createClock({ now: () => now, dev });
        let last = overwritten;
        for (const time of times) {
          now = NOW + time;
          const stamp = clock.stampAfter(last);
          expect(compareStamps(stamp, last)).toBeGreaterThan(0);
          expect(stampSchema.safeParse(stamp).success).toBe(true);
          last = stamp;
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('a clock that stands still still gives a new stamp each time, in order', () => {
  const clock = createClock({ now: () => NOW, dev });
  let last = clock.stampAfter();
  for (let i = 0; i < 70_000; i += 1) {
    const stamp = clock.stampAfter();
    expect(compareStamps(stamp, last)).toBeGreaterThan(0);
    last = stamp;
  }
});

test('a stamp more than ten minutes ahead does not advance this clock; a nearer one does', () => {
  const clock = createClock({ now: () => NOW, dev });
  clock.observe(makeStamp({ ms: NOW + 10 * 60_000 + 1, counter: 3, dev: other }));
  expect(stampParts(clock.stampAfter()).ms).toBe(NOW);
  clock.observe(makeStamp({ ms: NOW + 10 * 60_000, counter: 3, dev: other }));
  expect(stampParts(clock.stampAfter())).toMatchObject({ ms: NOW + 10 * 60_000, counter: 4 });
});

test('a phone set years ahead does not win for ever: the tablet that edits after it wins, then keeps its own time', () => {
  const phone = createClock({ now: () => NOW + 70 * YEAR, dev: other });
  const tablet = createClock({ now: () => NOW, dev });
  const wrong = phone.stampAfter();
  tablet.observe(wrong);
  expect(compareStamps(tablet.stampAfter(wrong), wrong)).toBeGreaterThan(0);
  expect(stampParts(tablet.stampAfter()).ms).toBe(NOW);
});

test('a clock that was set right again forgets the years it was ahead', () => {
  let now = NOW + 20 * YEAR;
  const clock = createClock({ now: () => now, dev });
  const wrong = clock.stampAfter();
  now = NOW;
  expect(stampParts(clock.stampAfter()).ms).toBe(NOW);
  expect(stampParts(createClock({ now: () => NOW, dev, last: wrong }).stampAfter()).ms).toBe(NOW);
});

test('a clock that was put away goes on from where it was', () => {
  const clock = createClock({ now: () => NOW, dev });
  const stamp = clock.stampAfter();
  const last = clock.last();
  const again = createClock({ now: () => NOW, dev, ...(last !== undefined && { last }) });
  expect(compareStamps(again.stampAfter(), stamp)).toBeGreaterThan(0);
});

test('nobody can write a stamp that leaves no room for a greater one', () => {
  expect(stampSchema.safeParse('_'.repeat(32)).success).toBe(false);
  expect(stampSchema.safeParse(`__8${'A'.repeat(29)}`).success).toBe(false);
  expect(stampSchema.safeParse(`__7${'_'.repeat(29)}`).success).toBe(true);
  expect(compareStamps(ZERO_STAMP, makeStamp({ ms: 0, counter: 0, dev }))).toBeLessThan(0);
});

test('stamps stay in order around an edit of something from far ahead, and around seeing it', () => {
  const clock = createClock({ now: () => NOW, dev });
  const far = makeStamp({ ms: NOW + 9 * YEAR, counter: 0, dev: other });
  const made = [clock.stampAfter()];
  clock.observe(far);
  made.push(clock.stampAfter());
  clock.stampAfter(far);
  expect(stampParts(clock.last() ?? far).ms).toBe(NOW);
  made.push(clock.stampAfter());
  expect(made.map((stamp) => stampParts(stamp).counter)).toEqual([0, 1, 3]);
});
