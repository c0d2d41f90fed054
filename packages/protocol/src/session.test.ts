import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64url, toHex } from './bytes.ts';
import { bytesToAccountId, bytesToDeviceId } from './ids.ts';
import { sessionRequestSchema, sessionSignedBytes } from './session.ts';
import { makeAccount } from './signer.test-support.ts';
import { verifySignature } from './verify.ts';

const exactly = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array));
const challenge = toBase64url(new Uint8Array(32).fill(7));

test('a login made for one server does not open a session on another', async () => {
  const { acct, dev, devicePk, device } = await makeAccount();
  const signature = await device.sign(sessionSignedBytes('https://diary.example', acct, dev, challenge));
  expect(
    await verifySignature(
      devicePk,
      sessionSignedBytes('https://diary.example', acct, dev, challenge),
      signature,
    ),
  ).toBe(true);
  for (const origin of [
    'https://diary.example.evil',
    'http://diary.example',
    'https://diary.example:8443',
    '',
  ]) {
    expect(
      await verifySignature(devicePk, sessionSignedBytes(origin, acct, dev, challenge), signature),
      origin,
    ).toBe(false);
  }
});

test('the signed bytes are label, length of the origin, origin, account, device and challenge', () => {
  const acct = bytesToAccountId(new Uint8Array(16).fill(1));
  const dev = bytesToDeviceId(new Uint8Array(16).fill(2));
  const origin = '68747470733a2f2f612e6578616d706c65';
  const expected = `656b312f73657373696f6e000011${origin}${'01'.repeat(16)}${'02'.repeat(16)}${'07'.repeat(32)}`;
  expect(toHex(sessionSignedBytes('https://a.example', acct, dev, challenge))).toBe(expected);
});

test('no two logins share their bytes: origin, account, device and challenge are all in them', () => {
  const login = fc.record({
    origin: fc.webUrl().map((url) => new URL(url).origin),
    acct: exactly(16),
    dev: exactly(16),
    challenge: exactly(32),
  });
  const bytesOf = ({
    origin,
    acct,
    dev,
    challenge: asked,
  }: {
    origin: string;
    acct: Uint8Array;
    dev: Uint8Array;
    challenge: Uint8Array;
  }) => toHex(sessionSignedBytes(origin, bytesToAccountId(acct), bytesToDeviceId(dev), toBase64url(asked)));
  fc.assert(
    fc.property(login, login, fc.constantFrom('origin', 'acct', 'dev', 'challenge'), (a, b, field) => {
      fc.pre(toHex(Buffer.from(String(a[field]))) !== toHex(Buffer.from(String(b[field]))));
      expect(bytesOf({ ...a, [field]: b[field] })).not.toBe(bytesOf(a));
    }),
    { numRuns: 1000 },
  );
});

test('a session request carries a signature of 64 bytes and nothing besides', () => {
  const request = {
    acct: toBase64url(new Uint8Array(16)),
    dev: toBase64url(new Uint8Array(16)),
    challenge,
    signature: toBase64url(new Uint8Array(64)),
  };
  expect(sessionRequestSchema.safeParse(request).success).toBe(true);
  expect(
    sessionRequestSchema.safeParse({ ...request, signature: toBase64url(new Uint8Array(63)) }).success,
  ).toBe(false);
  expect(sessionRequestSchema.safeParse({ ...request, signature: 'not base64url!' }).success).toBe(false);
  expect(sessionRequestSchema.safeParse({ ...request, token: 'x' }).success).toBe(false);
});
