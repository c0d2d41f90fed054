import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  concat,
  fromBase64url,
  readUint,
  sameBytes,
  toBase64url,
  toHex,
  u16,
  u32,
  u48,
  u64,
  u8,
  utf8,
  utf8ToText,
} from './bytes.ts';

const bytes = (maxLength = 200) => fc.uint8Array({ maxLength }).map((array) => new Uint8Array(array));
const runs = { numRuns: 1000 };

test('what is written as base64url is what is read, and another program reads the same', () => {
  fc.assert(
    fc.property(bytes(), (input) => {
      const text = toBase64url(input);
      expect(fromBase64url(text)).toEqual(input);
      expect(text).toBe(Buffer.from(input).toString('base64url'));
    }),
    runs,
  );
});

test('every text is either the one spelling of some bytes or refused', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const alphabet = [...letters.split(''), '+', '/', '=', ' ', 'é', '\u{1f30a}'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 20 }), (characters) => {
      const text = characters.join('');
      const read = fromBase64url(text);
      if (read !== null) expect(toBase64url(read)).toBe(text);
    }),
    runs,
  );
});

test('padding, left-over bits, a lone character and other alphabets are refused', () => {
  for (const text of ['AA==', 'AB', 'AAB', 'A', 'AA+A', 'AA/A', 'AA A', 'AAé', 'AAAA\n'])
    expect(fromBase64url(text), text).toBeNull();
});

test('long bytes keep every character', () => {
  const long = new Uint8Array(100_001).map((_, i) => (i * 7) % 256);
  expect(fromBase64url(toBase64url(long))).toEqual(long);
});

test('an integer of any width is read as it was written, and one that does not fit is a defect', () => {
  const widths = [
    [u8, 1],
    [u16, 2],
    [u32, 4],
    [u48, 6],
    [u64, 8],
  ] as const;
  for (const [write, length] of widths) {
    const most = Math.min(2 ** (8 * length) - 1, Number.MAX_SAFE_INTEGER);
    fc.assert(
      fc.property(
        fc.maxSafeNat().map((n) => n % (most + 1)),
        (value) => {
          expect(write(value)).toHaveLength(length);
          expect(readUint(write(value), 0, length)).toBe(value);
        },
      ),
      runs,
    );
    for (const wrong of [-1, 0.5, Number.NaN, 2 ** (8 * length), Number.MAX_SAFE_INTEGER + 2])
      expect(() => write(wrong)).toThrow(RangeError);
  }
});

test('text comes back from UTF-8, and broken UTF-8 or a byte order mark is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      fc.pre(!text.startsWith('\ufeff'));
      expect(utf8ToText(utf8(text))).toBe(text);
    }),
    runs,
  );
  for (const broken of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xef, 0xbb, 0xbf, 0x41]]) {
    expect(utf8ToText(new Uint8Array(broken))).toBeNull();
  }
});

test('bytes are the same only when length and every byte agree', () => {
  fc.assert(
    fc.property(bytes(20), bytes(20), (a, b) => {
      expect(sameBytes(a, b)).toBe(toHex(a) === toHex(b));
      expect(concat(a, b)).toHaveLength(a.length + b.length);
    }),
    runs,
  );
});
