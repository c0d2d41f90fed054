import {
  type Bytes,
  type DeviceId,
  type PublicKey,
  ZERO_HASH,
  concat,
  objectHash,
  deviceIdOf,
  bytesToPublicKey,
  randomBytes,
  replayDeviceLog,
  toBase64url,
  utf8,
  utf8ToText,
  fromBase64url,
  verifyObject,
  deviceCertSchema,
} from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVault } from './create-vault.ts';
import { deriveIdentity, makeDevice } from './identity.ts';
import { LINK_CODE_BYTES, openLetter, parseLinkCode, sealLetter, startWaiting } from './linking.ts';
import { deviceNameContext } from './open-account.ts';
import { Secret } from './secret.ts';
import { signDeviceCert, signObject } from './sign-object.ts';

const ORIGIN = 'https://diary.example';
const NOW = 1_793_491_200_000;

async function setup() {
  const phone = createVault();
  const laptop = createVault();
  const { holder, deviceLog } = await phone.create({ deviceName: 'phone', now: NOW });
  const { qr, mailbox } = await laptop.startLink();
  const answer = (over: object = {}) =>
    phone.answerLink({
      qr,
      origin: ORIGIN,
      deviceLog,
      grantLog: [],
      heads: [],
      entryCount: 412,
      deviceName: 'Łódź laptop',
      now: NOW + 1,
      ...over,
    });
  return { phone, laptop, holder, deviceLog, qr, mailbox, answer };
}

test('a second device joins: four same words, the count of entries, then the same account with its own device key', async () => {
  const { phone, laptop, holder, deviceLog, qr, mailbox, answer } = await setup();
  expect(qr).toHaveLength(LINK_CODE_BYTES);
  expect(toBase64url(qr)).toHaveLength(108);
  const answered = await answer();
  if (!answered.ok) throw new Error(answered.reason);
  expect(answered.mailbox).toBe(mailbox);
  const received = await laptop.receiveLink(answered.letter, ORIGIN);
  expect(received).toEqual({ ok: true, acct: holder.acct, words: answered.words, entryCount: 412 });
  expect(answered.words).toHaveLength(4);
  const accepted = await laptop.acceptLink();
  expect(accepted.holder).toEqual({
    ...holder,
    dev: accepted.holder.dev,
    devicePk: accepted.holder.devicePk,
  });
  expect(accepted.holder.dev).not.toBe(holder.dev);
  expect(accepted.deviceLog).toEqual([...deviceLog, answered.cert]);
  const log = await replayDeviceLog(accepted.deviceLog);
  if (!log.ok) throw new Error(log.reason);
  expect([...log.log.devices.keys()]).toEqual([holder.dev, accepted.holder.dev]);
  // Both read the same name, sealed to the owner; the server does not.
  const name = fromBase64url(log.log.devices.get(accepted.holder.dev)?.sealedName ?? '') ?? new Uint8Array(0);
  const context = deviceNameContext(holder.acct, accepted.holder.dev);
  for (const vault of [phone, laptop])
    expect(utf8ToText((await vault.openSealed(context, name)) ?? new Uint8Array(0))).toBe('Łódź laptop');
  const [box] = await phone.sealLocal('drafts', [utf8('written on the phone')]);
  expect(await laptop.openLocal('drafts', [box ?? new Uint8Array(0)])).toEqual([
    utf8('written on the phone'),
  ]);
});

test('until "same words" is tapped the new device holds nothing', async () => {
  const { laptop, answer } = await setup();
  const answered = await answer();
  if (!answered.ok) throw new Error(answered.reason);
  await expect(laptop.acceptLink()).rejects.toMatchObject({ code: 'no-link-open' });
  await laptop.receiveLink(answered.letter, ORIGIN);
  await expect(laptop.sealLocal('drafts', [])).rejects.toMatchObject({ code: 'locked' });
  await laptop.lock();
  await expect(laptop.acceptLink()).rejects.toMatchObject({ code: 'no-link-open' });
  await expect(laptop.receiveLink(answered.letter, ORIGIN)).rejects.toMatchObject({ code: 'no-link-open' });
});

test('whoever pulls a device into their own account shows other words', async () => {
  const { laptop, qr, answer } = await setup();
  const thief = createVault();
  const { deviceLog } = await thief.create({ deviceName: 'thief', now: NOW });
  const honest = await answer();
  const stolen = await thief.answerLink({
    qr,
    origin: ORIGIN,
    deviceLog,
    grantLog: [],
    heads: [],
    entryCount: 412,
    deviceName: 'laptop',
    now: NOW,
  });
  if (!honest.ok || !stolen.ok) throw new Error('refused');
  const received = await laptop.receiveLink(stolen.letter, ORIGIN);
  expect(received.ok && received.words).toEqual(stolen.words);
  expect(stolen.words).not.toEqual(honest.words);
});

test('a letter for another origin, another code or with a changed bit does not open', async () => {
  const { laptop, answer } = await setup();
  const answered = await answer();
  if (!answered.ok) throw new Error(answered.reason);
  const { letter } = answered;
  expect(await laptop.receiveLink(letter, 'https://diary.example.evil')).toEqual({
    ok: false,
    reason: 'tampered',
  });
  const other = createVault();
  await other.startLink();
  expect(await other.receiveLink(letter, ORIGIN)).toEqual({ ok: false, reason: 'tampered' });
  for (let at = 0; at < letter.length; at += 3) {
    const flipped = letter.map((byte, i) => (i === at ? byte ^ 1 : byte));
    expect((await laptop.receiveLink(flipped, ORIGIN)).ok).toBe(false);
  }
  for (const length of [0, 1, 33, 48, letter.length - 1])
    expect((await laptop.receiveLink(letter.subarray(0, length), ORIGIN)).ok).toBe(false);
  expect((await laptop.receiveLink(letter, ORIGIN)).ok).toBe(true);
}, 60_000);

test('a letter whose root, log and device do not agree is refused', async () => {
  const root = Secret.random(32);
  const identity = await deriveIdentity(root);
  const device = await makeDevice();
  const account = {
    seq: 0,
    prev: ZERO_HASH,
    time: NOW,
    signPk: identity.signing.publicKey,
    boxPk: identity.boxPk,
  };
  const first = await signObject(
    { identity, device },
    { type: 'account', signer: 'identity', payload: account },
  );
  const certify = (dev: DeviceId, signPk: PublicKey) =>
    signDeviceCert(
      { identity, device },
      { seq: 1, prev: objectHash(first), time: NOW, dev, signPk, name: 'laptop' },
    );
  const laptop = createVault();
  const { qr } = await laptop.startLink();
  const code = parseLinkCode(qr);
  if (code === null) throw new Error('no code');
  const received = (over: object) => {
    const content = { root, entryCount: 0, deviceLog: [first], grantLog: [], heads: [], ...over };
    return laptop.receiveLink(sealLetter(qr, code, ORIGIN, content)?.bytes ?? new Uint8Array(0), ORIGIN);
  };
  const refused = { ok: false, reason: 'tampered' };
  expect(await received({})).toEqual(refused);
  expect(await received({ deviceLog: [first, await certify(device.dev, device.signing.publicKey)] })).toEqual(
    refused,
  );
  const right = [first, await certify(deviceIdOf(code.devicePk), code.devicePk)];
  expect(await received({ deviceLog: right, root: Secret.random(32) })).toEqual(refused);
  expect(await received({ deviceLog: right.toReversed() })).toEqual(refused);
  expect((await received({ deviceLog: right })).ok).toBe(true);
});

test('a code that is none, names a weak key or a known device is malformed; a log that is not ours is a fault', async () => {
  const { phone, qr, deviceLog, holder, answer } = await setup();
  const small = new Uint8Array(32).map((_, i) => (i === 0 ? 1 : 0));
  const known = Buffer.from(holder.devicePk, 'base64url');
  const codes = [
    qr.subarray(1),
    concat(qr, new Uint8Array(1)),
    concat(new Uint8Array([2]), qr.subarray(1)),
    concat(qr.subarray(0, 33), small, qr.subarray(65)),
    concat(qr.subarray(0, 1), new Uint8Array(32), qr.subarray(33)),
    concat(qr.subarray(0, 33), known, qr.subarray(65)),
    new Uint8Array(0),
  ];
  for (const code of codes) expect(await answer({ qr: code })).toEqual({ ok: false, reason: 'malformed' });
  const other = createVault();
  const { deviceLog: others } = await other.create({ deviceName: 'x', now: NOW });
  for (const log of [others, [], deviceLog.slice(1), deviceLog.toReversed()])
    await expect(answer({ deviceLog: log })).rejects.toMatchObject({ code: 'wrong-log' });
  await phone.lock();
  await expect(answer()).rejects.toMatchObject({ code: 'locked' });
});

test('the certificate follows the log and names the new device', async () => {
  const { holder, deviceLog, qr, answer } = await setup();
  const answered = await answer();
  if (!answered.ok) throw new Error(answered.reason);
  const verified = await verifyObject(
    answered.cert,
    { type: 'device-cert', acct: holder.acct, signer: 'identity', publicKey: holder.signPk },
    deviceCertSchema,
  );
  const signPk = bytesToPublicKey(qr.subarray(33, 65));
  expect(verified.ok && verified.payload).toMatchObject({
    seq: deviceLog.length,
    dev: deviceIdOf(signPk),
    signPk,
    time: NOW + 1,
  });
});

test('a letter stays within 16 KiB: what does not fit is pulled from the server instead', async () => {
  const { laptop, answer } = await setup();
  const heads: Bytes[] = Array.from({ length: 5 }, () => randomBytes(4000));
  const answered = await answer({ grantLog: [randomBytes(9000)], heads });
  if (!answered.ok) throw new Error(answered.reason);
  expect(answered.letter.length).toBeLessThanOrEqual(16_384);
  await laptop.receiveLink(answered.letter, ORIGIN);
  const accepted = await laptop.acceptLink();
  expect(accepted.grantLog).toEqual([]);
  // The newest heads are kept: they say how far both logs must reach.
  expect(accepted.heads).toEqual(heads.slice(-accepted.heads.length));
  expect(accepted.heads.length).toBeGreaterThanOrEqual(3);
});

test('whatever a letter holds comes out as it went in', async () => {
  const waiting = await startWaiting();
  const code = parseLinkCode(waiting.qr);
  if (code === null) throw new Error('no code');
  const list = fc.array(
    fc.uint8Array({ maxLength: 200 }).map((array) => new Uint8Array(array)),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 0xffffffff }),
      list,
      list,
      list,
      fc.webUrl(),
      async (entryCount, deviceLog, grantLog, heads, origin) => {
        const root = Secret.random(32);
        const sealed = sealLetter(waiting.qr, code, origin, { root, entryCount, deviceLog, grantLog, heads });
        const opened = openLetter(waiting, origin, sealed?.bytes ?? new Uint8Array(0));
        if (!opened.ok) throw new Error(opened.reason);
        const { root: found, ...rest } = opened.letter;
        expect(rest).toEqual({ entryCount, deviceLog, grantLog, heads });
        expect(found.reveal()).toEqual(root.reveal());
      },
    ),
    { numRuns: 1000 },
  );
}, 60_000);
