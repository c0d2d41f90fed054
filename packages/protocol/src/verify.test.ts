import { readFileSync } from 'node:fs';
import { ed25519 } from '@noble/curves/ed25519.js';
import nacl from 'tweetnacl';
import { expect, test, vi } from 'vitest';
import { type Bytes, concat, toHex } from './bytes.ts';
import { bytesToPublicKey, randomBytes } from './ids.ts';
import { makeKeyPair } from './signer.test-support.ts';
import {
  isPinnableKey,
  isPlainPublicKey,
  isPlainSignature,
  verifySignature,
  verifyWithNoble,
} from './verify.ts';
import { z } from './z.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));
const hex = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'hex'));
const base64 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'base64'));

const wycheproof = z
  .object({
    numberOfTests: z.literal(151),
    testGroups: z.array(
      z.object({
        publicKey: z.object({ pk: z.string() }),
        tests: z.array(
          z.object({ tcId: z.int(), msg: z.string(), sig: z.string(), result: z.enum(['valid', 'invalid']) }),
        ),
      }),
    ),
  })
  .parse(read('ed25519_test.json'))
  .testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((vector) => ({ ...vector, pk: hex(publicKey.pk) })),
  );

test('both verifiers judge the 151 Wycheproof vectors rightly', async () => {
  expect(wycheproof).toHaveLength(151);
  const wrong: string[] = [];
  for (const { tcId, pk, msg, sig, result } of wycheproof) {
    const valid = result === 'valid';
    if ((await verifySignature(bytesToPublicKey(pk), hex(msg), hex(sig))) !== valid)
      wrong.push(`webcrypto ${tcId}`);
    if ((await verifyWithNoble(pk, hex(msg), hex(sig))) !== valid) wrong.push(`noble ${tcId}`);
  }
  expect(wrong).toEqual([]);
});

test('the 1,024 signatures of the Ed25519 authors verify, and none over another message', async () => {
  const vectors = z.array(z.tuple([z.string(), z.string(), z.string()])).parse(read('sign.spec.json'));
  expect(vectors).toHaveLength(1024);
  const verdicts = await Promise.all(
    vectors.map(async ([secretKey, message, signature]) => {
      const key = bytesToPublicKey(base64(secretKey).subarray(32));
      const right = await verifySignature(key, base64(message), base64(signature));
      const wrong = await verifySignature(key, concat(base64(message), new Uint8Array(1)), base64(signature));
      return right && !wrong;
    }),
  );
  expect(verdicts.every(Boolean)).toBe(true);
});

/** The eight points whose order divides 8: multiples of a point that generates them, and their second spellings. */
function smallOrderKeys(): Bytes[] {
  const torsion = ed25519.Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
  const points = [ed25519.Point.ZERO];
  for (let i = 1; i < 8; i += 1) points.push(points[i - 1]?.add(torsion) ?? ed25519.Point.ZERO);
  return points.map((point) => new Uint8Array(point.toBytes()));
}

test('the identity point with one constant signature fits every message for tweetnacl, and none for us', async () => {
  const [identity] = smallOrderKeys();
  if (identity === undefined) throw new Error('no point');
  expect(toHex(identity)).toBe(`01${'00'.repeat(31)}`);
  // R is the identity and S is zero: 0·B = R + h·A whatever h is.
  const signature = concat(identity, new Uint8Array(32));
  for (let i = 0; i < 50; i += 1) {
    const message = randomBytes(40);
    expect(nacl.sign.detached.verify(message, signature, identity)).toBe(true);
    expect(await verifySignature(bytesToPublicKey(identity), message, signature)).toBe(false);
    expect(await verifyWithNoble(identity, message, signature)).toBe(false);
  }
  expect(await isPinnableKey(bytesToPublicKey(identity))).toBe(false);
});

test('no key of small order is plain or can be pinned, in either sign', async () => {
  const keys = smallOrderKeys();
  expect(new Set(keys.map(toHex)).size).toBe(8);
  for (const key of keys) {
    const mirrored = key.map((byte, i) => (i === 31 ? byte ^ 0x80 : byte));
    for (const spelling of [key, mirrored]) {
      expect(isPlainPublicKey(spelling), toHex(spelling)).toBe(false);
      expect(await isPinnableKey(bytesToPublicKey(spelling))).toBe(false);
    }
  }
});

test('a key written with a y of the field prime or above is refused', async () => {
  // p + 0 … p + 18 are the second spellings of 0 … 18.
  for (let y = 0; y < 19; y += 1) {
    for (const sign of [0x7f, 0xff]) {
      const key = new Uint8Array(32).fill(0xff);
      key[0] = 0xed + y;
      key[31] = sign;
      expect(isPlainPublicKey(key), toHex(key)).toBe(false);
      expect(await isPinnableKey(bytesToPublicKey(key))).toBe(false);
    }
  }
});

test('a key with a torsion part, and one that is no point, cannot be pinned; an honest one can', async () => {
  const { publicKey } = await makeKeyPair();
  expect(await isPinnableKey(publicKey)).toBe(true);
  const [, torsion] = smallOrderKeys();
  if (torsion === undefined) throw new Error('no point');
  const mixed = ed25519.Point.BASE.add(ed25519.Point.fromBytes(torsion)).toBytes();
  expect(await isPinnableKey(bytesToPublicKey(mixed))).toBe(false);
  const noPoint = new Uint8Array(32);
  noPoint[0] = 2;
  expect(isPlainPublicKey(noPoint)).toBe(true);
  expect(await isPinnableKey(bytesToPublicKey(noPoint))).toBe(false);
});

test('S plus the group order is the same signature to tweetnacl and no signature to us', async () => {
  const { publicKey, sign } = await makeKeyPair();
  const message = randomBytes(30);
  const signature = await sign(message);
  expect(await verifySignature(publicKey, message, signature)).toBe(true);
  let s = 0n;
  for (let i = 63; i >= 32; i -= 1) s = (s << 8n) | BigInt(signature[i] ?? 0);
  s += 2n ** 252n + 27742317777372353535851937790883648493n;
  const malleable = new Uint8Array(signature);
  for (let i = 32; i < 64; i += 1) {
    malleable[i] = Number(s & 0xffn);
    s >>= 8n;
  }
  const key = new Uint8Array(Buffer.from(publicKey, 'base64url'));
  expect(nacl.sign.detached.verify(message, malleable, key)).toBe(true);
  expect(isPlainSignature(malleable)).toBe(false);
  expect(await verifySignature(publicKey, message, malleable)).toBe(false);
  expect(await verifyWithNoble(key, message, malleable)).toBe(false);
});

test('an R written with a y of the field prime or above is no signature', () => {
  const plain = new Uint8Array(64);
  expect(isPlainSignature(plain)).toBe(true);
  for (let y = 0; y < 19; y += 1) {
    for (const sign of [0x7f, 0xff]) {
      const signature = new Uint8Array(64).fill(0xff, 0, 32);
      signature[0] = 0xed + y;
      signature[31] = sign;
      expect(isPlainSignature(signature)).toBe(false);
    }
  }
});

test('a signature that is too short, too long or flipped in any bit does not verify', async () => {
  const { publicKey, sign } = await makeKeyPair();
  const message = randomBytes(30);
  const signature = await sign(message);
  expect(await verifySignature(publicKey, message, signature.subarray(1))).toBe(false);
  expect(await verifySignature(publicKey, message, concat(signature, new Uint8Array(1)))).toBe(false);
  for (let bit = 0; bit < 512; bit += 1) {
    const flipped = signature.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    expect(await verifySignature(publicKey, message, flipped)).toBe(false);
  }
});

test('a key or a signature of another length is not plain', () => {
  for (const length of [0, 31, 33])
    expect(isPlainPublicKey(new Uint8Array(length).fill(3)), String(length)).toBe(false);
  for (const length of [0, 63, 65])
    expect(isPlainSignature(new Uint8Array(length)), String(length)).toBe(false);
});

test('what a lenient browser would take is refused before it is asked', async () => {
  const [identity] = smallOrderKeys();
  if (identity === undefined) throw new Error('no point');
  const signature = concat(identity, new Uint8Array(32));
  const message = randomBytes(40);
  const { publicKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  // A WebCrypto that judges as bare tweetnacl does, as some browsers have.
  const asks = vi
    .spyOn(crypto.subtle, 'verify')
    .mockImplementation(async () => nacl.sign.detached.verify(message, signature, identity));
  const imports = vi.spyOn(crypto.subtle, 'importKey').mockImplementation(async () => publicKey);
  try {
    expect(await crypto.subtle.verify('Ed25519', publicKey, signature, message)).toBe(true);
    expect(await verifySignature(bytesToPublicKey(identity), message, signature)).toBe(false);
    expect(asks).toHaveBeenCalledTimes(1);
  } finally {
    asks.mockRestore();
    imports.mockRestore();
  }
});
