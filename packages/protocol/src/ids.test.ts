import * as fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { concat, toBase64url } from './bytes.ts';
import { labelledHash, sha256 } from './hash.ts';
import {
  type AccountId,
  type DeviceId,
  ZERO_HASH,
  accountIdOf,
  accountIdSchema,
  bytesToAccountId,
  bytesToHash32,
  bytesToPublicKey,
  deviceIdOf,
  hash32Schema,
  idToBytes,
  randomRecordId,
} from './ids.ts';
import { utf8 } from './bytes.ts';

const runs = { numRuns: 1000 };
const exactly = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array));

test('an id is its 16 bytes, a hash its 32', () => {
  fc.assert(
    fc.property(exactly(16), exactly(32), (id, hash) => {
      expect(idToBytes(bytesToAccountId(id))).toEqual(id);
      expect(idToBytes(bytesToHash32(hash))).toEqual(hash);
    }),
    runs,
  );
});

test('an id has one spelling: other lengths, alphabets and left-over bits are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = toBase64url(bytes);
      expect(accountIdSchema.safeParse(text).success).toBe(bytes.length === 16);
      expect(hash32Schema.safeParse(text).success).toBe(bytes.length === 32);
    }),
    runs,
  );
  const id = randomRecordId();
  for (const wrong of [`${id.slice(0, 21)}B`, `${id}=`, `${id} `, ` ${id}`, `${id}\n`, id.slice(1)]) {
    expect(accountIdSchema.safeParse(wrong).success, wrong).toBe(false);
  }
});

test('an account id is the hash of both its keys, in their order', () => {
  const [signPk, boxPk] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const acct = accountIdOf(bytesToPublicKey(signPk), bytesToPublicKey(boxPk));
  expect(idToBytes(acct)).toEqual(sha256(concat(utf8('ek1/acct\0'), signPk, boxPk)).subarray(0, 16));
  expect(accountIdOf(bytesToPublicKey(boxPk), bytesToPublicKey(signPk))).not.toBe(acct);
});

test('the same key makes other ids as an account and as a device', () => {
  const key = bytesToPublicKey(new Uint8Array(32).fill(3));
  expect(idToBytes(deviceIdOf(key))).toEqual(labelledHash('ek1/dev', idToBytes(key)).subarray(0, 16));
  expect(deviceIdOf(key)).not.toBe(accountIdOf(key, key));
});

test('the zero hash is 32 zero bytes', () => {
  expect(idToBytes(ZERO_HASH)).toEqual(new Uint8Array(32));
});

test('an account id cannot be given where a device id is asked for', () => {
  expectTypeOf<AccountId>().not.toExtend<DeviceId>();
});
