import { createHash } from 'node:crypto';
import { labelledHash, randomBytes, u16 } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { EFF_WORD_COUNT, effWords } from './eff-words.ts';
import { fingerprintWords, wordPositions } from './fingerprint-words.ts';
import { PASSPHRASE_WORDS, generatePassphrase } from './generate-passphrase.ts';
import { phraseStrength } from './phrase-strength.ts';

test("the word list is EFF's, all 7,776 words in their order", async () => {
  const words = await effWords();
  expect(words).toHaveLength(EFF_WORD_COUNT);
  expect(new Set(words).size).toBe(EFF_WORD_COUNT);
  expect(words.every((word) => /^[a-z]+(-[a-z]+)?$/.test(word))).toBe(true);
  // Written out with its dice numbers, it is the file EFF publishes, to the byte.
  const dice = (i: number) =>
    (
      11_111 +
      Number(
        [7776, 1296, 216, 36, 6]
          .slice(1)
          .concat(1)
          .map((unit) => Math.floor(i / unit) % 6)
          .join(''),
      )
    ).toString();
  const file = words.map((word, i) => `${dice(i)}\t${word}\n`).join('');
  expect(createHash('sha256').update(file).digest('hex')).toBe(
    'addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e',
  );
});

test('a generated passphrase is five words of the list, another each time, long enough and strong', async () => {
  const words = new Set(await effWords());
  const phrases = await Promise.all(Array.from({ length: 200 }, generatePassphrase));
  expect(new Set(phrases).size).toBe(200);
  for (const phrase of phrases) {
    const parts = phrase.split(' ');
    expect(parts).toHaveLength(PASSPHRASE_WORDS);
    expect(parts.every((word) => words.has(word))).toBe(true);
    expect(['fair', 'strong']).toContain(phraseStrength(phrase).verdict);
  }
});

test('every word is drawn as often as any other', async () => {
  const words = await effWords();
  const position = new Map(words.map((word, i) => [word, i]));
  const thirds = [0, 0, 0];
  for (let i = 0; i < 1200; i += 1) {
    for (const word of (await generatePassphrase()).split(' ')) {
      const third = Math.floor((3 * (position.get(word) ?? 0)) / EFF_WORD_COUNT);
      thirds[third] = (thirds[third] ?? 0) + 1;
    }
  }
  // 6,000 draws: each third gets 2,000, give or take seven standard deviations (36.5).
  for (const count of thirds) expect(Math.abs(count - 2000)).toBeLessThan(256);
});

test('a draw beyond the last whole round of the list is drawn again', async () => {
  const draws = [0xf301, 0, 0xffff, 1, 2, 0xf2ff, 7775];
  const spy = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    if (array instanceof Uint8Array) array.set(u16(draws.shift() ?? 0));
    return array;
  });
  try {
    expect(await generatePassphrase()).toBe('abacus abdomen abdominal zoom zoom');
  } finally {
    spy.mockRestore();
  }
  expect(draws).toEqual([]);
});

test('fingerprint words take the first 51 bits for four words and 77 for six, and no bit more', async () => {
  for (const [count, bits] of [
    [4, 51],
    [6, 77],
  ] as const) {
    const hash = labelledHash('ek1/words', randomBytes(20));
    const words = (await fingerprintWords(hash, count)).join(' ');
    expect(words.split(' ')).toHaveLength(count);
    for (let bit = 0; bit < 256; bit += 1) {
      const flipped = hash.map((byte, i) => (i === bit >> 3 ? byte ^ (128 >> (bit & 7)) : byte));
      expect((await fingerprintWords(flipped, count)).join(' ') === words).toBe(bit >= bits);
    }
  }
});

test('a fingerprint is a number in base 7776, and lies within the list', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
      const positions = wordPositions(hash, 6);
      expect(positions).toHaveLength(6);
      const value = positions.reduce((sum, at) => sum * BigInt(EFF_WORD_COUNT) + BigInt(at), 0n);
      expect(value).toBe(BigInt(`0x${Buffer.from(hash).toString('hex')}`) >> BigInt(256 - 77));
      expect(positions.every((at) => at >= 0 && at < EFF_WORD_COUNT)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('what everybody tries first is called common or weak, however long it is written', () => {
  const verdicts = (phrases: readonly string[]) =>
    new Set(phrases.map((phrase) => phraseStrength(phrase).verdict));
  expect(verdicts(['', 'short', 'fourteen chars', '  fourteen chars   '])).toEqual(new Set(['too-short']));
  expect(
    verdicts([
      'passwordpassword',
      'P@ssw0rd!P@ssw0rd!',
      '123456789012345678',
      'qwertyuiopasdfgh',
      'thequickbrownfoxjumps',
      'password password password',
    ]),
  ).toEqual(new Set(['common']));
  expect(verdicts(['aaaaaaaaaaaaaaaaaaaa', 'Liverpool2024!!!'])).toEqual(new Set(['weak']));
  expect(verdicts(['my cat likes tuna a lot'])).toEqual(new Set(['fair']));
  expect(verdicts(['the lighthouse keeper forgot his umbrella'])).toEqual(new Set(['strong']));
});

test('a longer phrase is never called weaker for a further word, and repetition adds nothing', () => {
  const word = fc.constantFrom(
    'otter',
    'lantern',
    'quill',
    'harbour',
    'velvet',
    'thistle',
    'ember',
    'granite',
    'plover',
    'sorrel',
  );
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 8 }), (words) => {
      expect(phraseStrength(words.join(' ')).bits).toBeGreaterThanOrEqual(
        phraseStrength(words.slice(1).join(' ')).bits,
      );
      expect(phraseStrength([...words, ...words].join(' ')).bits).toBe(phraseStrength(words.join(' ')).bits);
    }),
    { numRuns: 1000 },
  );
});
