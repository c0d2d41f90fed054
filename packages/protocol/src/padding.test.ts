import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat, u32 } from './bytes.ts';
import { pad, paddedSize, unpad } from './padding.ts';

const runs = { numRuns: 1000 };

test('what was padded comes back, whatever it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6000 }), (bytes) => {
      const plaintext = new Uint8Array(bytes);
      const padded = pad(plaintext);
      expect(padded).toHaveLength(paddedSize(plaintext.length));
      expect(unpad(padded)).toEqual(plaintext);
    }),
    runs,
  );
});

test('short texts share five sizes, and a longer one grows by at most 12 %', () => {
  const sizes = new Set(Array.from({ length: 4093 }, (_, length) => paddedSize(length)));
  expect([...sizes]).toEqual([256, 512, 1024, 2048, 4096]);
  fc.assert(
    fc.property(fc.integer({ min: 4093, max: 50_000_000 }), (length) => {
      const size = paddedSize(length);
      expect(size).toBeGreaterThanOrEqual(length + 4);
      expect(size / (length + 4)).toBeLessThanOrEqual(1.12);
      expect(paddedSize(size - 4)).toBe(size);
    }),
    runs,
  );
});

test('a longer text never pads to fewer bytes', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 10_000 }), (length, more) => {
      expect(paddedSize(length + more)).toBeGreaterThanOrEqual(paddedSize(length));
    }),
    runs,
  );
});

test('padding that is not zero, a length that lies and a size that is none of ours are refused', () => {
  const padded = pad(new Uint8Array([1, 2, 3]));
  for (let at = 7; at < padded.length; at += 1) {
    const changed = new Uint8Array(padded);
    changed[at] = 1;
    expect(unpad(changed)).toBeNull();
  }
  // The same bytes with another length: 253 pads to 512, 2 leaves a byte that should be zero.
  for (const length of [2, 253, 0xffffffff])
    expect(unpad(concat(u32(length), padded.subarray(4)))).toBeNull();
  for (const size of [0, 3, 4, 255, 257, 4097]) expect(unpad(new Uint8Array(size))).toBeNull();
});
