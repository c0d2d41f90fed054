import {
  ZERO_HASH,
  bytesToHash32,
  envelopeSignedBytes,
  fromBase64url,
  headSchema,
  objectHash,
  parseEnvelope,
  randomBytes,
  randomGrantId,
  randomRecordId,
  replayDeviceLog,
  sessionSignedBytes,
  toBase64url,
  utf8,
  utf8ToText,
  verifyObject,
  verifySignature,
} from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVault, createVaultWith } from './create-vault.ts';
import { deviceNameContext } from './open-account.ts';
import { recoveryIdOf } from './recovery-kit.ts';
import { Secret } from './secret.ts';
import type { KdfTable } from './unlock/kdf.ts';
import { wrapRoot } from './unlock/unlock-secret.ts';
import type { SealRequest, Vault } from './vault.ts';

const NOW = 1_793_491_200_000;
const CHEAP: KdfTable = {
  profiles: new Map([[1, { memoryKiB: 8, passes: 1, lanes: 1 }]]),
  current: 1,
  least: 1,
};
const PASSPHRASE = { type: 'passphrase', passphrase: 'abacus doorknob unlit zesty otter' } as const;

const request = (over: Partial<SealRequest> = {}): SealRequest => ({
  cat: 1,
  month: 322,
  day: 22,
  type: 'record',
  epoch: 0,
  rec: randomRecordId(),
  rev: 1,
  replaces: ZERO_HASH,
  plaintext: utf8('{"valence":0.5}'),
  ...over,
});

async function sealedOnce(vault: Vault, over: Partial<SealRequest> = {}) {
  const [envelope] = await vault.seal([request(over)]);
  if (envelope === undefined) throw new Error('nothing was sealed');
  return envelope;
}

test('an account is made offline: its log replays, and its device can sign', async () => {
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName: 'Pixel', now: NOW });
  const log = await replayDeviceLog(deviceLog);
  if (!log.ok) throw new Error(log.reason);
  expect(log.log).toMatchObject({ acct: holder.acct, signPk: holder.signPk, boxPk: holder.boxPk, seq: 1 });
  const device = log.log.devices.get(holder.dev);
  expect(device?.signPk).toBe(holder.devicePk);
  const name = await vault.openSealed(
    deviceNameContext(holder.acct, holder.dev),
    fromBase64url(device?.sealedName ?? '') ?? new Uint8Array(0),
  );
  expect(utf8ToText(name ?? new Uint8Array(0))).toBe('Pixel');
});

test('a locked vault does nothing, and forgets all it knew', async () => {
  const vault = createVault();
  const { holder } = await vault.create({ deviceName: 'Pixel', now: NOW });
  const envelope = await sealedOnce(vault);
  await vault.lock();
  const asked: (() => Promise<unknown>)[] = [
    () => vault.seal([request()]),
    () => vault.open([{ owner: holder.acct, envelope }]),
    () => vault.makeWrap(PASSPHRASE),
    () => vault.makeKit(),
    () => vault.streams([{ cat: 1, month: 1 }]),
    () => vault.placesOf([]),
    () => vault.keyIds([]),
    () => vault.sealLocal('x', []),
    () => vault.openLocal('x', []),
    () => vault.sign([]),
    () => vault.signSession('https://a.example', ZERO_HASH),
    () => vault.openSealed(new Uint8Array(0), new Uint8Array(0)),
    () => vault.addDevice({ deviceName: 'x', now: NOW, seq: 2, prev: ZERO_HASH }),
    () => vault.dropKeys(randomGrantId()),
    () => vault.sealKeyPack({ grant: randomGrantId(), to: holder.acct, toBoxPk: holder.boxPk, keys: [] }),
    () => vault.openKeyPack({ owner: holder.acct, pack: new Uint8Array(0), admitted: [] }),
  ];
  for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: 'locked' });
  await expect(vault.lock()).resolves.toBeUndefined();
});

test('unlocked again with its device key box, it is the same device and opens the same entries', async () => {
  const vault = createVaultWith(CHEAP);
  const { holder, deviceKeyBox } = await vault.create({ deviceName: 'Pixel', now: NOW });
  const [wrap, envelope, [draft]] = [
    await vault.makeWrap(PASSPHRASE),
    await sealedOnce(vault),
    await vault.sealLocal('drafts', [utf8('half a senten')]),
  ];
  await vault.lock();
  expect(await vault.unlock({ acct: holder.acct, wrap, secret: PASSPHRASE, deviceKeyBox })).toEqual({
    ok: true,
    holder,
    rewrapped: null,
  });
  expect(await vault.open([{ owner: holder.acct, envelope }])).toEqual([
    { ok: true, place: { cat: 1, month: 322, day: 22 }, plaintext: utf8('{"valence":0.5}') },
  ]);
  expect(await vault.openLocal('drafts', [draft ?? new Uint8Array(0)])).toEqual([utf8('half a senten')]);
});

test('what does not unlock says why, and leaves what was open open', async () => {
  const vault = createVaultWith(CHEAP);
  const { holder, deviceKeyBox } = await vault.create({ deviceName: 'Pixel', now: NOW });
  const wrap = await vault.makeWrap(PASSPHRASE);
  const stranger = createVaultWith(CHEAP);
  const other = await stranger.create({ deviceName: 'x', now: NOW });
  const unlock = async (over: object) => {
    const outcome = await vault.unlock({
      acct: holder.acct,
      wrap,
      secret: PASSPHRASE,
      deviceKeyBox,
      ...over,
    });
    return outcome.ok ? 'ok' : outcome.reason;
  };
  expect(await unlock({ secret: { ...PASSPHRASE, passphrase: 'abacus doorknob unlit zesty others' } })).toBe(
    'wrong-secret',
  );
  expect(await unlock({ acct: other.holder.acct })).toBe('wrong-secret');
  expect(await unlock({ deviceKeyBox: other.deviceKeyBox })).toBe('tampered');
  expect(await unlock({ deviceKeyBox: new Uint8Array(3) })).toBe('tampered');
  expect(await unlock({ wrap: wrap.map((byte, i) => (i === 2 ? 0 : byte)) })).toBe('weak-profile');
  expect(await unlock({ wrap: wrap.map((byte, i) => (i === 0 ? 2 : byte)) })).toBe('newer-app-needed');
  expect(await unlock({ wrap: new Uint8Array(0) })).toBe('tampered');
  expect(await vault.streams([{ cat: 1, month: 1 }])).toHaveLength(1);
  expect(await unlock({})).toBe('ok');
});

test('a wrap whose root is not the root of the account it names is tampered', async () => {
  const { holder } = await createVault().create({ deviceName: 'Pixel', now: NOW });
  const secret = { type: 'none', secret: randomBytes(32) } as const;
  const planted = await wrapRoot(Secret.random(32), holder.acct, secret, CHEAP);
  const outcome = await createVault().unlock({
    acct: holder.acct,
    wrap: planted,
    secret,
    deviceKeyBox: null,
  });
  expect(outcome).toEqual({ ok: false, reason: 'tampered' });
});

test('no bit of the stored device key box can change', async () => {
  const vault = createVault();
  const { holder, deviceKeyBox } = await vault.create({ deviceName: 'Pixel', now: NOW });
  const secret = { type: 'none', secret: randomBytes(32) } as const;
  const wrap = await vault.makeWrap(secret);
  for (let at = 0; at < deviceKeyBox.length; at += 1) {
    const flipped = deviceKeyBox.map((byte, i) => (i === at ? byte ^ 16 : byte));
    expect(await vault.unlock({ acct: holder.acct, wrap, secret, deviceKeyBox: flipped })).toEqual({
      ok: false,
      reason: 'tampered',
    });
  }
});

test('a wrap of a retired KDF profile opens once more and comes back renewed', async () => {
  const old = createVaultWith(CHEAP);
  const { holder, deviceKeyBox } = await old.create({ deviceName: 'Pixel', now: NOW });
  const wrap = await old.makeWrap(PASSPHRASE);
  const next = createVaultWith({
    profiles: new Map([...CHEAP.profiles, [2, { memoryKiB: 16, passes: 1, lanes: 1 }]]),
    current: 2,
    least: 1,
  });
  const unlocked = await next.unlock({ acct: holder.acct, wrap, secret: PASSPHRASE, deviceKeyBox });
  const rewrapped = unlocked.ok ? unlocked.rewrapped : null;
  expect(rewrapped?.[2]).toBe(2);
  const again = await next.unlock({
    acct: holder.acct,
    wrap: rewrapped ?? wrap,
    secret: PASSPHRASE,
    deviceKeyBox,
  });
  expect(again).toEqual({ ok: true, holder, rewrapped: null });
});

test('the 24 words bring everything back on a new device, which certifies itself', async () => {
  const phone = createVault();
  const { holder, deviceLog } = await phone.create({ deviceName: 'Pixel', now: NOW });
  const { words, wrap, id } = await phone.makeKit();
  expect(words).toHaveLength(24);
  expect(await recoveryIdOf(words.join(' '))).toBe(id);
  const envelope = await sealedOnce(phone);
  const fresh = createVault();
  const unlocked = await fresh.unlock({
    acct: holder.acct,
    wrap,
    secret: { type: 'recovery', words: words.join(' ') },
    deviceKeyBox: null,
  });
  if (!unlocked.ok) throw new Error(unlocked.reason);
  expect(unlocked.holder).toMatchObject({ acct: holder.acct, signPk: holder.signPk, boxPk: holder.boxPk });
  const added = await fresh.addDevice({
    deviceName: 'New phone',
    now: NOW + 5,
    seq: 2,
    prev: objectHash(deviceLog[1]),
  });
  expect(added.holder.dev).not.toBe(holder.dev);
  const log = await replayDeviceLog([...deviceLog, added.cert]);
  expect(log.ok && log.log.devices.get(added.holder.dev)?.signPk).toBe(added.holder.devicePk);
  expect((await fresh.open([{ owner: holder.acct, envelope }]))[0]?.ok).toBe(true);
  const secret = { type: 'none', secret: randomBytes(32) } as const;
  const local = await fresh.makeWrap(secret);
  const later = await createVault().unlock({
    acct: holder.acct,
    wrap: local,
    secret,
    deviceKeyBox: added.deviceKeyBox,
  });
  expect(later.ok && later.holder).toEqual(added.holder);
});

test('envelopes are signed by the device, sealed for their place, and lead back to it', async () => {
  const vault = createVault();
  const { holder } = await vault.create({ deviceName: 'Pixel', now: NOW });
  const place = fc.record({
    cat: fc.integer({ min: 1, max: 13 }),
    month: fc.integer({ min: 300, max: 330 }),
    day: fc.nat({ max: 31 }),
    epoch: fc.nat({ max: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 5 }), async (places) => {
      const sealed = await vault.seal(places.map((at) => request(at)));
      const headers = sealed.map((bytes) => {
        const parsed = parseEnvelope(bytes);
        if (!parsed.ok) throw new Error(parsed.reason);
        return parsed.envelope.header;
      });
      expect(headers.map(({ sid }) => sid)).toEqual(await vault.streams(places));
      expect(headers.map(({ kid }) => kid)).toEqual(await vault.keyIds(places));
      const found = places.map(({ cat, month, day }) => ({ cat, month, day }));
      expect(await vault.placesOf(headers)).toEqual(found);
      const opened = await vault.open(sealed.map((envelope) => ({ owner: holder.acct, envelope })));
      expect(opened.map((outcome) => outcome.ok && outcome.place)).toEqual(found);
      for (const bytes of sealed) {
        const signed = envelopeSignedBytes(holder.acct, bytes.subarray(0, -64));
        expect(await verifySignature(holder.devicePk, signed, bytes.subarray(-64))).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
}, 60_000);

test("a stranger's envelope is no-key, ours with another key id is tampered", async () => {
  const vault = createVault();
  const { holder } = await vault.create({ deviceName: 'Pixel', now: NOW });
  const stranger = createVault();
  const other = await stranger.create({ deviceName: 'Pixel', now: NOW });
  const foreign = await sealedOnce(stranger);
  const own = await sealedOnce(vault);
  const said = async (owner: typeof holder.acct, envelope: Uint8Array) => {
    const [outcome] = await vault.open([{ owner, envelope }]);
    return outcome?.ok === false ? outcome.reason : 'ok';
  };
  expect(await said(other.holder.acct, foreign)).toBe('no-key');
  expect(await said(holder.acct, foreign)).toBe('no-key');
  expect(await said(other.holder.acct, own)).toBe('no-key');
  expect(
    await said(
      holder.acct,
      own.map((byte, i) => (i === 20 ? byte ^ 1 : byte)),
    ),
  ).toBe('tampered');
  expect(
    await said(
      holder.acct,
      own.map((byte, i) => (i === 3 ? byte ^ 1 : byte)),
    ),
  ).toBe('tampered');
  expect(await said(holder.acct, own.subarray(1))).toBe('malformed');
  expect(await said(holder.acct, new Uint8Array([9]))).toBe('newer-app-needed');
});

test('a reserved type and a place that is none are faults of the caller', async () => {
  const vault = createVault();
  await vault.create({ deviceName: 'Pixel', now: NOW });
  await expect(vault.seal([request({ type: 'volume' })])).rejects.toMatchObject({ code: 'no-such-place' });
  await expect(vault.seal([request({ cat: 77 })])).rejects.toMatchObject({ code: 'no-such-place' });
  await expect(vault.seal([request({ month: 0xffff, day: 3 })])).rejects.toMatchObject({
    code: 'no-such-place',
  });
});

test('objects are signed by the key that was asked for', async () => {
  const vault = createVault();
  const { holder } = await vault.create({ deviceName: 'Pixel', now: NOW });
  const tip = { seq: -1, hash: ZERO_HASH };
  const payload = {
    seq: 0,
    prev: ZERO_HASH,
    time: NOW,
    origin: 'https://diary.example',
    serverEpoch: 'AAAAAAAAAAAAAAAAAAAAAA',
    deviceLog: tip,
    grantLog: tip,
    full: true,
    streams: [],
  };
  const [byDevice, byIdentity] = await vault.sign([
    { type: 'head', signer: 'device', payload },
    { type: 'head', signer: 'identity', payload },
  ]);
  if (byDevice === undefined || byIdentity === undefined) throw new Error('nothing was signed');
  const verified = await verifyObject(
    byDevice,
    { type: 'head', acct: holder.acct, signer: holder.dev, publicKey: holder.devicePk },
    headSchema,
  );
  expect(verified.ok && verified.payload).toEqual(payload);
  expect(
    (
      await verifyObject(
        byIdentity,
        { type: 'head', acct: holder.acct, signer: 'identity', publicKey: holder.signPk },
        headSchema,
      )
    ).ok,
  ).toBe(true);
});

test('a session is signed for its origin', async () => {
  const vault = createVault();
  const { holder } = await vault.create({ deviceName: 'Pixel', now: NOW });
  const challenge = bytesToHash32(randomBytes(32));
  const signature = await vault.signSession('https://diary.example', challenge);
  const message = (origin: string) => sessionSignedBytes(origin, holder.acct, holder.dev, challenge);
  expect(await verifySignature(holder.devicePk, message('https://diary.example'), signature)).toBe(true);
  expect(await verifySignature(holder.devicePk, message('https://evil.example'), signature)).toBe(false);
});

test('what one person seals to another, only that other opens', async () => {
  const [person, clinician] = [createVault(), createVault()];
  const { holder: owner } = await person.create({ deviceName: 'Pixel', now: NOW });
  const { holder: reader } = await clinician.create({ deviceName: 'desk', now: NOW });
  const box = await person.sealTo(reader.boxPk, utf8('terms'), utf8('moods of three weeks'));
  expect(await clinician.openSealed(utf8('terms'), box)).toEqual(utf8('moods of three weeks'));
  expect(await clinician.openSealed(utf8('other'), box)).toBeNull();
  expect(await person.openSealed(utf8('terms'), box)).toBeNull();
  expect(toBase64url(box)).not.toContain(owner.acct);
});
