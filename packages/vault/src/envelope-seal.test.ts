import {
  type Envelope,
  type EnvelopeHeader,
  ZERO_HASH,
  bytesToRecordId,
  concat,
  encodeEnvelopeHeader,
  envelopeSignedBytes,
  idToBytes,
  pad,
  parseEnvelope,
  randomBytes,
  randomGrantId,
  randomRecordId,
  utf8,
  verifySignature,
} from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { poly1305, xsalsa20 } from '../second/xsalsa20-poly1305.ts';
import { createVault } from './create-vault.ts';
import { deriveKey } from './derive.ts';
import { openEnvelope, sealEnvelope } from './envelope-seal.ts';
import { openHeldKeys } from './held-keys.ts';
import { deriveIdentity, makeDevice } from './identity.ts';
import { openKeyTree } from './key-tree.ts';
import { secretboxOpen, secretboxSeal } from './seal.ts';
import { Secret } from './secret.ts';
import { keyIdOf } from './stream-keys.ts';

async function writer() {
  const root = Secret.random(32);
  const { acct } = await deriveIdentity(root);
  const device = await makeDevice();
  const tree = openKeyTree(root, acct);
  const at = { cat: 1, month: 322, day: 22 };
  const { kid, key } = tree.dayKey(at, 0);
  const header: EnvelopeHeader = {
    type: 'record',
    epoch: 0,
    sid: tree.sidOf(1, 322),
    kid,
    rec: randomRecordId(),
    rev: 1,
    dev: device.dev,
    replaces: ZERO_HASH,
  };
  const seal = (plaintext: Uint8Array, over: Partial<EnvelopeHeader> = {}) =>
    sealEnvelope(acct, { ...header, ...over }, key, device.signing, plaintext);
  return { acct, device, tree, key, header, seal };
}

function parsed(bytes: Uint8Array): Envelope {
  const outcome = parseEnvelope(bytes);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.envelope;
}

test('what was sealed is what is opened, whatever was written', async () => {
  const { acct, device, key, seal } = await writer();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.nat({ max: 0xffffffff }), async (bytes, rev) => {
      const plaintext = new Uint8Array(bytes);
      const sealed = await seal(plaintext, { rev });
      const envelope = parsed(sealed);
      expect(openEnvelope(acct, envelope, key)).toEqual(plaintext);
      const signed = envelopeSignedBytes(acct, sealed.subarray(0, -64));
      expect(await verifySignature(device.signing.publicKey, signed, envelope.signature)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('the same words sealed twice share no byte but what is clear', async () => {
  const { seal } = await writer();
  const [one, two] = [parsed(await seal(utf8('slept badly'))), parsed(await seal(utf8('slept badly')))];
  expect(one.nonce).not.toEqual(two.nonce);
  expect(one.box).not.toEqual(two.box);
  expect(Buffer.from(one.bytes).includes('slept')).toBe(false);
});

test('no bit of an envelope can be flipped: the signature fails', async () => {
  const { acct, device, seal } = await writer();
  const sealed = await seal(utf8('{"valence":0.5}'));
  let refused = 0;
  for (let bit = 0; bit < 8 * sealed.length; bit += 1) {
    const flipped = sealed.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    const outcome = parseEnvelope(flipped);
    const verified =
      outcome.ok &&
      (await verifySignature(
        device.signing.publicKey,
        envelopeSignedBytes(acct, flipped.subarray(0, -64)),
        outcome.envelope.signature,
      ));
    expect(verified).toBe(false);
    refused += 1;
  }
  expect(refused).toBe(8 * (256 + 208));
});

test('with the signature unchecked, no bit before it can be flipped either: the key is bound to the header', async () => {
  const { acct, key, seal } = await writer();
  const sealed = await seal(utf8('{"valence":0.5}'));
  for (let bit = 0; bit < 8 * (sealed.length - 64); bit += 1) {
    const flipped = sealed.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    const outcome = parseEnvelope(flipped);
    // The right day key is used whatever the header now says: only the binding is left to refuse.
    expect(outcome.ok && openEnvelope(acct, outcome.envelope, key)).toBeFalsy();
  }
});

test('no flipped bit passes the vault itself', async () => {
  const vault = createVault();
  const { holder } = await vault.create({ deviceName: 'phone', now: 0 });
  const request = {
    cat: 1,
    month: 322,
    day: 22,
    type: 'record',
    epoch: 0,
    rec: randomRecordId(),
    rev: 1,
    replaces: ZERO_HASH,
    plaintext: utf8('hello'),
  } as const;
  const [sealed] = await vault.seal([request]);
  if (sealed === undefined) throw new Error('nothing sealed');
  const flips = Array.from({ length: 8 * (sealed.length - 64) }, (_, bit) =>
    sealed.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
  );
  const outcomes = await vault.open(flips.map((envelope) => ({ owner: holder.acct, envelope })));
  expect(outcomes.every((outcome) => !outcome.ok)).toBe(true);
  const reasons = new Set(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.reason)));
  expect([...reasons].toSorted()).toEqual(['malformed', 'newer-app-needed', 'no-key', 'tampered']);
  // A flipped key id is no missing key: the stream is ours, so somebody changed it.
  const kidFlips = outcomes.slice(8 * 20, 8 * 36);
  expect(kidFlips.every((outcome) => !outcome.ok && outcome.reason === 'tampered')).toBe(true);
});

test('every truncation of an envelope is malformed', async () => {
  const { seal } = await writer();
  const sealed = await seal(utf8('{"valence":0.5}'));
  for (let length = 0; length < sealed.length; length += 1)
    expect(parseEnvelope(sealed.subarray(0, length)).ok).toBe(false);
});

test('an envelope of one account does not open in another with the same key', async () => {
  const { key, seal } = await writer();
  const other = await writer();
  expect(openEnvelope(other.acct, parsed(await seal(utf8('x'))), key)).toBeNull();
});

test('a box whose padding lies opens to nothing, though its key and signature are right', async () => {
  const { acct, device, key, header } = await writer();
  const padded = pad(utf8('four'));
  for (const changed of [
    concat(padded.subarray(0, 255), new Uint8Array([1])),
    concat(new Uint8Array([0, 0, 1, 0]), padded.subarray(4)),
  ]) {
    const nonce = randomBytes(24);
    const headerBytes = encodeEnvelopeHeader(header, nonce);
    const envKey = deriveKey(key.reveal(), 'env', concat(idToBytes(acct), headerBytes), 32, nonce);
    const unsigned = concat(headerBytes, secretboxSeal(envKey, nonce, changed));
    const sealed = concat(unsigned, await device.signing.sign(envelopeSignedBytes(acct, unsigned)));
    expect(openEnvelope(acct, parsed(sealed), key)).toBeNull();
  }
});

test('a day key opens its own day and no other, an epoch only its own', async () => {
  const root = Secret.random(32);
  const { acct } = await deriveIdentity(root);
  const device = await makeDevice();
  const tree = openKeyTree(root, acct);
  const place = fc.record({
    cat: fc.integer({ min: 1, max: 13 }),
    month: fc.integer({ min: 300, max: 340 }),
    day: fc.integer({ min: 0, max: 31 }),
  });
  const epoch = fc.integer({ min: 0, max: 3 });
  await fc.assert(
    fc.asyncProperty(place, epoch, place, epoch, async (at, number, elsewhere, other) => {
      const { kid, key } = tree.dayKey(at, number);
      const header: EnvelopeHeader = {
        type: 'record',
        epoch: number,
        sid: tree.sidOf(at.cat, at.month),
        kid,
        rec: bytesToRecordId(randomBytes(16)),
        rev: 1,
        dev: device.dev,
        replaces: ZERO_HASH,
      };
      const envelope = parsed(await sealEnvelope(acct, header, key, device.signing, utf8('x')));
      const same = JSON.stringify([at, number]) === JSON.stringify([elsewhere, other]);
      expect(openEnvelope(acct, envelope, tree.dayKey(elsewhere, other).key) !== null).toBe(same);
      expect(openEnvelope(acct, envelope, tree.dayKey(at, number).key)).toEqual(utf8('x'));
      expect(openEnvelope(acct, envelope, tree.stream(at.cat, at.month, number).key)).toBeNull();
    }),
    { numRuns: 1000 },
  );
});

/** A box that two keys open: one block of ciphertext is solved for, so that both Poly1305 tags agree. */
function boxUnderTwoKeys(one: Buffer, two: Buffer, nonce: Buffer, length: number): Buffer {
  const prime = (1n << 130n) - 5n;
  const little = (bytes: Uint8Array): bigint =>
    bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const mod = (value: bigint): bigint => ((value % prime) + prime) % prime;
  const power = (base: bigint, exponent: bigint): bigint => {
    let [result, square] = [1n, mod(base)];
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = mod(result * square);
      square = mod(square * square);
    }
    return result;
  };
  const polyKeys = [one, two].map((key) => xsalsa20(key, nonce, 32));
  const [r1, r2] = polyKeys.map((key) => little(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn);
  const [s1, s2] = polyKeys.map((key) => little(key.subarray(16, 32)));
  if (r1 === undefined || r2 === undefined || s1 === undefined || s2 === undefined)
    throw new Error('no keys');
  for (;;) {
    const cipher = Buffer.from(randomBytes(length));
    const blocks = Array.from(
      { length: length / 16 - 1 },
      (_, i) => little(cipher.subarray(16 * i, 16 * i + 16)) + (1n << 128n),
    );
    const before = (r: bigint): bigint => blocks.reduce((sum, block) => mod((sum + block) * r), 0n);
    const [a1, a2] = [mod(before(r1) * r1), mod(before(r2) * r2)];
    for (let k = -4n; k <= 4n; k += 1n) {
      const last = mod((s2 - s1 + (k << 128n) - (a1 - a2)) * power(r1 - r2, prime - 2n));
      const value = last - (1n << 128n);
      if (value < 0n || value >= 1n << 128n) continue;
      for (let i = 0; i < 16; i += 1) cipher[length - 16 + i] = Number((value >> BigInt(8 * i)) & 0xffn);
      const tags = polyKeys.map((key) => poly1305(key, cipher));
      if (tags[0] !== undefined && tags[1]?.equals(tags[0]) === true) return Buffer.concat([tags[0], cipher]);
    }
  }
}

test('a box made to open under two keys opens for nobody but the one its key id names', async () => {
  const { acct, tree, header, key } = await writer();
  const otherDay = tree.dayKey({ cat: 1, month: 322, day: 23 }, 0).key;
  const nonce = randomBytes(24);
  const headerBytes = encodeEnvelopeHeader(header, nonce);
  const boxKey = (day: Secret) =>
    Buffer.from(deriveKey(day.reveal(), 'env', concat(idToBytes(acct), headerBytes), 32, nonce));
  const [first, second] = [boxKey(key), boxKey(otherDay)];
  const box = boxUnderTwoKeys(first, second, Buffer.from(nonce), 256);
  // The danger is real: secretbox itself opens it under both, to different things.
  expect(secretboxOpen(first, nonce, box)).not.toBeNull();
  expect(secretboxOpen(second, nonce, box)).not.toBeNull();
  expect(secretboxOpen(first, nonce, box)).not.toEqual(secretboxOpen(second, nonce, box));
  // A key is only ever looked up by its id, and the id is a hash of the key: the second one never comes up,
  // neither for the owner nor for a clinician who holds nothing but that day.
  expect(tree.placeOf(header.sid, header.kid, 0)?.day).toBe(22);
  const held = openHeldKeys();
  const entry = { sid: header.sid, cat: 1, month: 322, epoch: 0, day: 23, key: otherDay };
  held.keep(acct, randomGrantId(), [entry]);
  expect(held.find(acct, header.sid, header.kid, 0)).toEqual({ ok: false, reason: 'no-key' });
  expect(held.find(acct, header.sid, keyIdOf(otherDay, acct), 0).ok).toBe(true);
});
