import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat, u16, u32, u8, utf8 } from './bytes.ts';
import { bytesToAccountId, bytesToDeviceId, idToBytes } from './ids.ts';
import {
  type ObjectType,
  OBJECT_TYPE,
  encodeUnsignedObject,
  objectHash,
  objectSignedBytes,
  parseObject,
  parsePayload,
  verifyObject,
} from './signed-object.ts';
import { makeAccount, signUnsigned } from './signer.test-support.ts';
import { z } from './z.ts';

const runs = { numRuns: 1000 };
const exactly = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array));
const TYPES = [
  'account',
  'device-cert',
  'device-revoke',
  'min-suite',
  'rotate',
  'epoch-accept',
  'grant',
  'extend',
  'revoke',
  'drop',
  'head',
  'grant-head',
  'key-pack',
  'register',
  'receipt',
  'mailbox',
  'ring-plan',
  'server-receipt',
  'clinician-card',
  'backup',
] as const satisfies readonly ObjectType[];
const anything = z.unknown();
const revision = z.strictObject({ a: z.int(), b: z.string() });

test('every part of an object is read as it was written', () => {
  expect(TYPES).toHaveLength(Object.keys(OBJECT_TYPE).length);
  const signer = fc.oneof(
    fc.constant('identity' as const),
    exactly(16)
      .filter((id) => id.some((byte) => byte !== 0))
      .map(bytesToDeviceId),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...TYPES),
      exactly(16).map(bytesToAccountId),
      signer,
      fc.jsonValue(),
      exactly(64),
      (type, acct, by, payload, signature) => {
        const bytes = concat(encodeUnsignedObject(type, acct, by, payload), signature);
        const parsed = parseObject(bytes);
        if (!parsed.ok) throw new Error(parsed.reason);
        const { object } = parsed;
        expect([object.type, object.acct, object.signer]).toEqual([type, acct, by]);
        expect(object.signature).toEqual(signature);
        expect(parsePayload(object.payload, anything)).toEqual({
          ok: true,
          value: JSON.parse(JSON.stringify(payload)),
        });
      },
    ),
    runs,
  );
});

test('a truncated, lengthened or mislabelled object is refused with its reason', async () => {
  const { signed } = await makeAccount();
  const bytes = await signed('revoke', { a: 1, b: 'x' });
  for (let length = 0; length < bytes.length; length += 1)
    expect(parseObject(bytes.subarray(0, length))).toEqual({ ok: false, reason: 'malformed' });
  expect(parseObject(concat(bytes, u8(0)))).toEqual({ ok: false, reason: 'malformed' });
  const withByte = (at: number, value: number) => bytes.map((byte, i) => (i === at ? value : byte));
  expect(parseObject(withByte(0, 2))).toEqual({ ok: false, reason: 'newer-app-needed' });
  expect(parseObject(withByte(0, 0))).toEqual({ ok: false, reason: 'malformed' });
  expect(parseObject(withByte(1, 200))).toEqual({ ok: false, reason: 'newer-app-needed' });
  const huge = concat(bytes.subarray(0, 34), u32(0xffffffff), bytes.subarray(38));
  expect(parseObject(huge)).toEqual({ ok: false, reason: 'malformed' });
});

test('a payload of more than 1 MiB is malformed, whoever signed it', async () => {
  const { signed } = await makeAccount();
  const [fits, over] = [
    await signed('head', 'x'.repeat(1_048_574)),
    await signed('head', 'x'.repeat(1_048_575)),
  ];
  expect(parseObject(fits).ok).toBe(true);
  expect(parseObject(over)).toEqual({ ok: false, reason: 'malformed' });
});

test('an object verifies for its own account, type and signer, and gives its payload', async () => {
  const { acct, dev, devicePk, signPk, signed } = await makeAccount();
  const byIdentity = await signed('revoke', { a: 1, b: 'x' });
  const expected = { type: 'revoke', acct, signer: 'identity', publicKey: signPk } as const;
  const verified = await verifyObject(byIdentity, expected, revision);
  expect(verified.ok && verified.payload).toEqual({ a: 1, b: 'x' });
  expect(verified.ok && verified.hash).toBe(objectHash(byIdentity));
  const byDevice = await signed('revoke', { a: 1, b: 'x' }, { signer: dev });
  expect((await verifyObject(byDevice, { ...expected, signer: dev, publicKey: devicePk }, revision)).ok).toBe(
    true,
  );
});

test('an object of one type, account or signer never stands for another', async () => {
  const person = await makeAccount();
  const stranger = await makeAccount();
  const bytes = await person.signed('revoke', { a: 1, b: 'x' });
  const expected = {
    type: 'revoke',
    acct: person.acct,
    signer: 'identity',
    publicKey: person.signPk,
  } as const;
  const reasonOf = async (
    over: Partial<{ type: ObjectType; acct: typeof person.acct; signer: typeof person.dev }>,
  ) => {
    const verified = await verifyObject(bytes, { ...expected, ...over }, revision);
    return verified.ok ? 'ok' : verified.reason;
  };
  expect(await reasonOf({ type: 'extend' })).toBe('wrong-type');
  expect(await reasonOf({ acct: stranger.acct })).toBe('wrong-account');
  expect(await reasonOf({ signer: person.dev })).toBe('wrong-signer');
});

test('relabelling the type, account, signer or payload of a signed object makes it forged', async () => {
  const person = await makeAccount();
  const stranger = await makeAccount();
  const bytes = await person.signed('revoke', { a: 1, b: 'x' });
  const relabelled = [
    [concat(bytes.subarray(0, 1), u8(OBJECT_TYPE.extend), bytes.subarray(2)), { type: 'extend' }],
    [concat(bytes.subarray(0, 2), idToBytes(stranger.acct), bytes.subarray(18)), { acct: stranger.acct }],
    [concat(bytes.subarray(0, 18), idToBytes(person.dev), bytes.subarray(34)), { signer: person.dev }],
  ] as const;
  for (const [changed, over] of relabelled) {
    const expected = {
      type: 'revoke',
      acct: person.acct,
      signer: 'identity',
      publicKey: person.signPk,
      ...over,
    } as const;
    expect(await verifyObject(changed, expected, revision)).toEqual({ ok: false, reason: 'forged' });
  }
});

test('a signature under another type name does not verify: the name is signed', async () => {
  const person = await makeAccount();
  const unsigned = encodeUnsignedObject('revoke', person.acct, 'identity', { a: 1, b: 'x' });
  const bytes = await signUnsigned(person.identity, 'extend', unsigned);
  const expected = {
    type: 'revoke',
    acct: person.acct,
    signer: 'identity',
    publicKey: person.signPk,
  } as const;
  expect(await verifyObject(bytes, expected, revision)).toEqual({ ok: false, reason: 'forged' });
});

test('no bit of a signed object can be flipped', async () => {
  const person = await makeAccount();
  const bytes = await person.signed('revoke', { a: 1, b: 'x' });
  const expected = {
    type: 'revoke',
    acct: person.acct,
    signer: 'identity',
    publicKey: person.signPk,
  } as const;
  for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
    const flipped = bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    expect((await verifyObject(flipped, expected, revision)).ok).toBe(false);
  }
});

test('a signed payload has one spelling: doubled keys, spaces, escapes, other numbers and order are refused', async () => {
  const person = await makeAccount();
  const expected = {
    type: 'revoke',
    acct: person.acct,
    signer: 'identity',
    publicKey: person.signPk,
  } as const;
  const sealText = async (json: Uint8Array) => {
    const head = encodeUnsignedObject('revoke', person.acct, 'identity', '').subarray(0, 34);
    return verifyObject(
      await signUnsigned(person.identity, 'revoke', concat(head, u32(json.length), json)),
      expected,
      revision,
    );
  };
  expect((await sealText(utf8('{"a":1,"b":"x"}'))).ok).toBe(true);
  const others = [
    '{"a":1,"a":1,"b":"x"}',
    '{"a":2,"a":1,"b":"x"}',
    '{"a": 1,"b":"x"}',
    '{"a":1,"b":"\\u0078"}',
    '{"a":1.0,"b":"x"}',
    '{"a":1e0,"b":"x"}',
    '{"a":-0,"b":"x"}',
    '\ufeff{"a":1,"b":"x"}',
    '{"a":1,"b":"x"}\n',
    '{"a":1,"b":"x","c":1}',
    '{"a":1}',
    '{"a":"1","b":"x"}',
    '',
    'null',
    '{',
    '{"a":1,"b":"x","__proto__":1}',
  ];
  for (const other of others)
    expect(await sealText(utf8(other)), other).toEqual({ ok: false, reason: 'malformed' });
  expect(await sealText(concat(utf8('{"a":1,"b":"'), u16(0xfffe), utf8('"}')))).toEqual({
    ok: false,
    reason: 'malformed',
  });
});

test('a payload of brackets in brackets without end is malformed, not a fault', () => {
  const deep = utf8('['.repeat(300_000) + ']'.repeat(300_000));
  expect(parsePayload(deep, z.unknown())).toEqual({ ok: false, reason: 'malformed' });
});

test('keys in another order are a second object, not a second spelling: both parse, their hashes differ', async () => {
  const person = await makeAccount();
  const one = await person.signed('revoke', { a: 1, b: 'x' });
  const other = await person.signed('revoke', { b: 'x', a: 1 });
  const expected = {
    type: 'revoke',
    acct: person.acct,
    signer: 'identity',
    publicKey: person.signPk,
  } as const;
  expect((await verifyObject(other, expected, revision)).ok).toBe(true);
  expect(objectHash(one)).not.toBe(objectHash(other));
});

test('the payload of a forged object is never parsed', async () => {
  const person = await makeAccount();
  const bytes = await person.signed('revoke', { a: 1, b: 'x' });
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  let looked = false;
  const spying = z.unknown().check(z.refine(() => (looked = true)));
  const expected = {
    type: 'revoke',
    acct: person.acct,
    signer: 'identity',
    publicKey: person.signPk,
  } as const;
  expect(await verifyObject(bytes, expected, spying)).toEqual({ ok: false, reason: 'forged' });
  expect(looked).toBe(false);
  expect(objectSignedBytes('revoke', new Uint8Array(0))).toEqual(utf8('ek1/obj/revoke\0'));
});
