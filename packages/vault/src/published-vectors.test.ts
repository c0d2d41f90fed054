import { readFileSync } from 'node:fs';
import { type Bytes, bytesToPublicKey, toBase64url, toHex, z } from '@evenkeel/protocol';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { expect, test } from 'vitest';
import { hsalsa20, secretbox, secretboxOpen as secretboxOpenAgain } from '../second/xsalsa20-poly1305.ts';
import { secretOfWords, wordsOfSecret } from './recovery-kit.ts';
import { boxPublicKey, secretboxOpen, secretboxSeal, sharedSecret } from './seal.ts';
import { Secret } from './secret.ts';
import { openSigningKey, openWithNoble } from './sign.ts';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const hex = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'hex'));
const base64 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'base64'));

function wycheproof<Shape extends z.core.$ZodShape>(file: string, shape: Shape) {
  const { numberOfTests, testGroups } = z
    .object({
      numberOfTests: z.int(),
      testGroups: z.array(
        z.object({ tests: z.array(z.object({ tcId: z.int(), result: z.string(), ...shape })) }),
      ),
    })
    .parse(read(`../vectors/${file}`));
  const tests = testGroups.flatMap((group) => group.tests);
  expect(tests).toHaveLength(numberOfTests);
  return tests;
}

test('the 768 NaCl secretboxes are sealed and opened as published, by both implementations', () => {
  const vectors = z
    .array(z.tuple([z.string(), z.string(), z.string(), z.string()]))
    .parse(read('../vectors/secretbox.random.json'));
  expect(vectors).toHaveLength(768);
  for (const [key, nonce, message, box] of vectors.map((vector) => vector.map(base64))) {
    if (!key || !nonce || !message || !box) throw new Error('a field is missing');
    expect(toBase64url(secretboxSeal(key, nonce, message))).toBe(toBase64url(box));
    expect(secretboxOpen(key, nonce, box)).toEqual(message);
    const [key2, nonce2, message2, box2] = [
      Buffer.from(key),
      Buffer.from(nonce),
      Buffer.from(message),
      Buffer.from(box),
    ];
    expect(secretbox(key2, nonce2, message2).equals(box2)).toBe(true);
    expect(secretboxOpenAgain(key2, nonce2, box2)?.equals(message2)).toBe(true);
  }
});

test('the 256 NaCl boxes come out of our X25519 and secretbox', () => {
  const vectors = z
    .array(z.tuple([z.string(), z.string(), z.string(), z.string()]))
    .parse(read('../vectors/box.random.json'));
  expect(vectors).toHaveLength(256);
  for (const [publicKey, secretKey, message, box] of vectors) {
    const shared = sharedSecret(new Secret(base64(secretKey)), bytesToPublicKey(base64(publicKey)));
    if (shared === null) throw new Error('refused');
    const key = hsalsa20(Buffer.from(shared.reveal()), Buffer.alloc(16));
    expect(toBase64url(secretboxSeal(key, new Uint8Array(24), base64(message)))).toBe(
      toBase64url(base64(box)),
    );
  }
});

test('the 518 Wycheproof X25519 vectors are right, and the 31 with a zero shared secret are refused', () => {
  const vectors = wycheproof('x25519_test.json', {
    public: z.string(),
    private: z.string(),
    shared: z.string(),
  });
  expect(vectors).toHaveLength(518);
  let refused = 0;
  for (const { public: theirs, private: ours, shared } of vectors) {
    const found = sharedSecret(new Secret(hex(ours)), bytesToPublicKey(hex(theirs)));
    if (/^0+$/.test(shared)) {
      expect(found).toBeNull();
      refused += 1;
    } else {
      expect(found === null ? null : toHex(found.reveal())).toBe(shared);
    }
  }
  expect(refused).toBe(31);
});

test('the 86 Wycheproof HKDF-SHA-256 vectors are right', () => {
  const vectors = wycheproof('hkdf_sha256_test.json', {
    ikm: z.string(),
    salt: z.string(),
    info: z.string(),
    size: z.int(),
    okm: z.string(),
  });
  expect(vectors).toHaveLength(86);
  for (const { ikm, salt, info, size, okm, result } of vectors) {
    const derive = () => toHex(hkdf(sha256, hex(ikm), hex(salt), hex(info), size));
    if (result === 'valid') expect(derive()).toBe(okm);
    else expect(derive).toThrow();
  }
});

test('the 174 Wycheproof HMAC-SHA-256 vectors are right', () => {
  const vectors = wycheproof('hmac_sha256_test.json', { key: z.string(), msg: z.string(), tag: z.string() });
  expect(vectors).toHaveLength(174);
  for (const { key, msg, tag, result } of vectors) {
    const made = toHex(hmac(sha256, hex(key), hex(msg))).slice(0, tag.length);
    expect(made === tag).toBe(result === 'valid');
  }
});

test('the 24 BIP39 vectors of Trezor turn into words and back; those of 32 bytes are kits', async () => {
  const { english } = z
    .object({ english: z.array(z.tuple([z.string(), z.string(), z.string(), z.string()])) })
    .parse(read('../vectors/bip39-trezor-english.json'));
  expect(english).toHaveLength(24);
  let kits = 0;
  for (const [entropy, words] of english) {
    expect(entropyToMnemonic(hex(entropy), wordlist)).toBe(words);
    expect(toHex(mnemonicToEntropy(words, wordlist))).toBe(entropy);
    const secret = await secretOfWords(words);
    if (entropy.length !== 64) {
      expect(secret).toBeNull();
      continue;
    }
    kits += 1;
    expect((await wordsOfSecret(new Secret(hex(entropy)))).join(' ')).toBe(words);
    expect(secret === null ? null : toHex(secret.reveal())).toBe(entropy);
  }
  expect(kits).toBe(8);
});

test('both signers make the 1,024 signatures of the Ed25519 authors', async () => {
  const vectors = z
    .array(z.tuple([z.string(), z.string(), z.string()]))
    .parse(read('../../protocol/vectors/sign.spec.json'));
  expect(vectors).toHaveLength(1024);
  const made = await Promise.all(
    vectors.map(async ([secretKey, message], i) => {
      const seed = new Secret(base64(secretKey).subarray(0, 32));
      const keys = [await openSigningKey(seed), ...(i % 8 === 0 ? [await openWithNoble(seed)] : [])];
      expect(keys.every((key) => key.publicKey === toBase64url(base64(secretKey).subarray(32)))).toBe(true);
      return Promise.all(keys.map(async (key) => toBase64url(await key.sign(base64(message)))));
    }),
  );
  vectors.forEach(([, , signature], i) =>
    expect(new Set(made[i])).toEqual(new Set([toBase64url(base64(signature))])),
  );
});

test('the public half of an X25519 secret is the one the other side computes with', () => {
  const [a, b] = [Secret.random(32), Secret.random(32)];
  expect(sharedSecret(a, boxPublicKey(b))?.reveal()).toEqual(sharedSecret(b, boxPublicKey(a))?.reveal());
});
