import {
  type Bytes,
  ZERO_HASH,
  accountIdOf,
  bytesToPublicKey,
  concat,
  encodeUnsignedObject,
  objectSignedBytes,
  publicKeySchema,
  randomBytes,
} from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { readAccount } from './pin.ts';

/** An Account that is signed by its own identity key, with whatever box key somebody puts in it. */
async function accountWith(boxKey: Uint8Array): Promise<Bytes> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('expected a key pair');
  const signPk = publicKeySchema.parse((await crypto.subtle.exportKey('jwk', pair.publicKey)).x);
  const boxPk = bytesToPublicKey(boxKey);
  const payload = { seq: 0, prev: ZERO_HASH, time: 0, signPk, boxPk };
  const unsigned = encodeUnsignedObject('account', accountIdOf(signPk, boxPk), 'identity', payload);
  const signed = objectSignedBytes('account', unsigned);
  return concat(unsigned, new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, signed)));
}

/** u coordinates of small order, little-endian: 0, 1, p − 1, p and p + 1 (RFC 7748, section 6.1). */
const SMALL_ORDER = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  ...['ec', 'ed', 'ee'].map((first) => `${first}${'ff'.repeat(30)}7f`),
].map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));

test('nobody is pinned whose box key would let anybody read what is sealed to it, in either spelling', async () => {
  expect((await readAccount(await accountWith(randomBytes(32)))).ok).toBe(true);
  for (const key of SMALL_ORDER) {
    const mirrored = key.map((byte, i) => (i === 31 ? byte | 0x80 : byte));
    for (const spelling of [key, mirrored])
      expect(await readAccount(await accountWith(spelling))).toEqual({ ok: false, reason: 'weak-key' });
  }
});
