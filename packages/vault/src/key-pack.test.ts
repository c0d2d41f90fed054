import {
  type AccountId,
  type Bytes,
  type DeviceId,
  type GrantId,
  ZERO_HASH,
  concat,
  parseObject,
  randomGrantId,
  randomRecordId,
  replayDeviceLog,
  u16,
  u32,
  utf8,
  verifyObject,
  keyPackSchema,
} from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVault } from './create-vault.ts';
import { type PackEntry, decodeEntries, encodeEntries } from './key-pack.ts';
import { openKeyTree } from './key-tree.ts';
import { Secret } from './secret.ts';
import type { KeyRequest, Vault } from './vault.ts';

const MONTH = 322;

async function setup() {
  const person = createVault();
  const clinician = createVault();
  const { holder: owner, deviceLog } = await person.create({ deviceName: 'phone', now: 0 });
  const { holder: reader } = await clinician.create({ deviceName: 'desk', now: 0 });
  return { person, clinician, owner, reader, deviceLog, grant: randomGrantId() };
}

const sealedAt = (
  vault: Vault,
  places: readonly { cat: number; month: number; day: number; epoch: number }[],
) =>
  vault.seal(
    places.map((place) => ({
      ...place,
      type: 'record',
      rec: randomRecordId(),
      rev: 1,
      replaces: ZERO_HASH,
      plaintext: utf8('x'),
    })),
  );

async function opened(clinician: Vault, owner: AccountId, envelopes: readonly Bytes[]): Promise<string[]> {
  const outcomes = await clinician.open(envelopes.map((envelope) => ({ owner, envelope })));
  return outcomes.map((outcome) =>
    outcome.ok ? `${outcome.place.cat}/${outcome.place.month}/${outcome.place.day}` : outcome.reason,
  );
}

test('a clinician opens exactly the category, days and epoch of her pack', async () => {
  const { person, clinician, owner, reader, grant } = await setup();
  const keys: KeyRequest[] = [
    { cat: 1, month: MONTH, epoch: 0, day: null },
    { cat: 2, month: MONTH, epoch: 0, day: 20 },
    { cat: 2, month: MONTH, epoch: 0, day: 21 },
  ];
  const [mood, values] = await person.streams([
    { cat: 1, month: MONTH },
    { cat: 2, month: MONTH },
  ]);
  if (mood === undefined || values === undefined) throw new Error('no streams');
  const kids = await person.keyIds([
    { cat: 2, month: MONTH, day: 20, epoch: 0 },
    { cat: 2, month: MONTH, day: 21, epoch: 0 },
  ]);
  const pack = await person.sealKeyPack({ grant, to: reader.acct, toBoxPk: reader.boxPk, keys });
  const outcome = await clinician.openKeyPack({
    owner: owner.acct,
    pack,
    admitted: [
      { sid: mood, kids: null },
      { sid: values, kids },
    ],
  });
  const held = outcome.ok ? outcome.keys.map(({ cat, day }) => `${cat}/${day}`).toSorted() : [];
  expect(held).toEqual(['1/null', '2/20', '2/21']);
  const envelopes = await sealedAt(person, [
    { cat: 1, month: MONTH, day: 1, epoch: 0 },
    { cat: 1, month: MONTH, day: 31, epoch: 0 },
    { cat: 1, month: MONTH, day: 0, epoch: 0 },
    { cat: 1, month: MONTH, day: 1, epoch: 1 },
    { cat: 1, month: MONTH + 1, day: 1, epoch: 0 },
    { cat: 2, month: MONTH, day: 20, epoch: 0 },
    { cat: 2, month: MONTH, day: 21, epoch: 0 },
    { cat: 2, month: MONTH, day: 22, epoch: 0 },
    { cat: 2, month: MONTH, day: 20, epoch: 1 },
    { cat: 2, month: MONTH, day: 0, epoch: 0 },
    { cat: 4, month: MONTH, day: 20, epoch: 0 },
  ]);
  expect(await opened(clinician, owner.acct, envelopes)).toEqual([
    '1/322/1',
    '1/322/31',
    '1/322/0',
    'no-key',
    'no-key',
    '2/322/20',
    '2/322/21',
    'no-key',
    'no-key',
    'no-key',
    'no-key',
  ]);
});

test('a pack is signed by the device and says nothing of what is in it', async () => {
  const { person, owner, reader, deviceLog, grant } = await setup();
  const pack = await person.sealKeyPack({
    grant,
    to: reader.acct,
    toBoxPk: reader.boxPk,
    keys: [{ cat: 1, month: MONTH, epoch: 0, day: null }],
  });
  const log = await replayDeviceLog(deviceLog);
  if (!log.ok) throw new Error(log.reason);
  const signer: DeviceId = owner.dev;
  const publicKey = log.log.devices.get(signer)?.signPk ?? owner.signPk;
  const verified = await verifyObject(
    pack,
    { type: 'key-pack', acct: owner.acct, signer, publicKey },
    keyPackSchema,
  );
  expect(verified.ok && Object.keys(verified.payload)).toEqual(['grant', 'packId', 'to', 'ephPk', 'sealed']);
});

test('keys outside of what the grant admits are refused, the whole pack with them', async () => {
  const { person, clinician, owner, reader, grant } = await setup();
  const [mood, values] = await person.streams([
    { cat: 1, month: MONTH },
    { cat: 2, month: MONTH },
  ]);
  if (mood === undefined || values === undefined) throw new Error('no streams');
  const [twenty, zero] = await person.keyIds([
    { cat: 1, month: MONTH, day: 20, epoch: 0 },
    { cat: 1, month: MONTH, day: 0, epoch: 0 },
  ]);
  if (twenty === undefined || zero === undefined) throw new Error('no key ids');
  const said = async (
    keys: readonly KeyRequest[],
    admitted: Parameters<Vault['openKeyPack']>[0]['admitted'],
  ) => {
    const outcome = await clinician.openKeyPack({
      owner: owner.acct,
      pack: await person.sealKeyPack({ grant, to: reader.acct, toBoxPk: reader.boxPk, keys }),
      admitted,
    });
    return outcome.ok ? 'ok' : outcome.reason;
  };
  const whole = { cat: 1, month: MONTH, epoch: 0, day: null };
  const day = (number: number, epoch = 0) => ({ cat: 1, month: MONTH, epoch, day: number });
  expect(await said([whole], [])).toBe('outside-grant');
  expect(await said([whole], [{ sid: values, kids: null }])).toBe('outside-grant');
  // A partly granted month: no stream key, no other day, no day 0 even when its id is listed.
  const partly = [{ sid: mood, kids: [twenty, zero] }];
  expect(await said([whole], partly)).toBe('outside-grant');
  expect(await said([day(21)], partly)).toBe('outside-grant');
  expect(await said([day(20, 1)], partly)).toBe('outside-grant');
  expect(await said([day(0)], partly)).toBe('outside-grant');
  expect(await said([day(20), day(21)], partly)).toBe('outside-grant');
  const envelopes = await sealedAt(person, [{ cat: 1, month: MONTH, day: 20, epoch: 0 }]);
  expect(await opened(clinician, owner.acct, envelopes)).toEqual(['no-key']);
  expect(await said([day(20)], partly)).toBe('ok');
  expect(await opened(clinician, owner.acct, envelopes)).toEqual(['1/322/20']);
});

test('a pack opens for the one it is for: another reader, grant, sender or a changed bit is refused', async () => {
  const { person, clinician, owner, reader, grant } = await setup();
  const stranger = createVault();
  const { holder: other } = await stranger.create({ deviceName: 'desk', now: 0 });
  const keys = [{ cat: 1, month: MONTH, epoch: 0, day: null }];
  const [sid] = await person.streams([{ cat: 1, month: MONTH }]);
  if (sid === undefined) throw new Error('no stream');
  const admitted = [{ sid, kids: null }];
  const pack = await person.sealKeyPack({ grant, to: reader.acct, toBoxPk: reader.boxPk, keys });
  const said = async (vault: Vault, bytes: Uint8Array, from = owner.acct) => {
    const outcome = await vault.openKeyPack({ owner: from, pack: bytes, admitted });
    return outcome.ok ? 'ok' : outcome.reason;
  };
  expect(await said(stranger, pack)).toBe('not-for-us');
  expect(await said(clinician, pack, other.acct)).toBe('malformed');
  // Addressed to her, sealed to somebody else: a server that swaps keys gains nothing.
  expect(
    await said(clinician, await person.sealKeyPack({ grant, to: reader.acct, toBoxPk: other.boxPk, keys })),
  ).toBe('tampered');
  const parsed = parseObject(pack);
  if (!parsed.ok) throw new Error(parsed.reason);
  const payload = JSON.parse(Buffer.from(parsed.object.payload).toString());
  const relabelled = async (over: object) => {
    const [bytes] = await person.sign([
      { type: 'key-pack', signer: 'device', payload: { ...payload, ...over } },
    ]);
    return said(clinician, bytes ?? new Uint8Array(0));
  };
  expect(await relabelled({ grant: randomGrantId() })).toBe('tampered');
  expect(await relabelled({ packId: 'AAAAAAAAAAAAAAAAAAAAAA' })).toBe('tampered');
  expect(await relabelled({ ephPk: reader.boxPk })).toBe('tampered');
  expect(await relabelled({ sealed: '' })).toBe('tampered');
  expect(await relabelled({ sealed: 'A' })).toBe('malformed');
  expect(await relabelled({ to: other.acct })).toBe('not-for-us');
  expect(await relabelled({ more: 1 })).toBe('malformed');
  const box: Bytes = new Uint8Array(Buffer.from(payload.sealed, 'base64url'));
  for (let bit = 0; bit < 8 * box.length; bit += 7) {
    const flipped = Buffer.from(box.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
    expect(await relabelled({ sealed: flipped.toString('base64url') })).toBe('tampered');
  }
  expect(await said(clinician, pack)).toBe('ok');
}, 60_000);

test('packs may come in any order and twice; dropped with their grant, they open nothing', async () => {
  const { person, clinician, owner, reader, grant } = await setup();
  const other = randomGrantId();
  const [sid] = await person.streams([{ cat: 1, month: MONTH }]);
  if (sid === undefined) throw new Error('no stream');
  const give = async (to: GrantId, epoch: number) => {
    const pack = await person.sealKeyPack({
      grant: to,
      to: reader.acct,
      toBoxPk: reader.boxPk,
      keys: [{ cat: 1, month: MONTH, epoch, day: null }],
    });
    const outcome = await clinician.openKeyPack({ owner: owner.acct, pack, admitted: [{ sid, kids: null }] });
    expect(outcome.ok).toBe(true);
  };
  for (const epoch of [1, 0, 1, 0]) await give(grant, epoch);
  await give(other, 1);
  const envelopes = await sealedAt(
    person,
    [0, 1].map((epoch) => ({ cat: 1, month: MONTH, day: 5, epoch })),
  );
  expect(await opened(clinician, owner.acct, envelopes)).toEqual(['1/322/5', '1/322/5']);
  await clinician.dropKeys(grant);
  expect(await opened(clinician, owner.acct, envelopes)).toEqual(['no-key', '1/322/5']);
  await clinician.dropKeys(other);
  expect(await opened(clinician, owner.acct, envelopes)).toEqual(['no-key', 'no-key']);
});

test('settings and what is not for sharing never enter a pack', async () => {
  const { person, reader, grant } = await setup();
  for (const cat of [240, 241, 0, 99]) {
    const keys = [{ cat, month: MONTH, epoch: 0, day: null }];
    await expect(
      person.sealKeyPack({ grant, to: reader.acct, toBoxPk: reader.boxPk, keys }),
    ).rejects.toMatchObject({ code: 'no-such-place' });
  }
});

test('whatever keys are packed, the same come out, sorted and once', async () => {
  const tree = openKeyTree(Secret.random(32), (await setup()).owner.acct);
  const request = fc.record({
    cat: fc.integer({ min: 1, max: 13 }),
    month: fc.integer({ min: 310, max: 330 }),
    epoch: fc.nat({ max: 4 }),
    day: fc.option(fc.integer({ min: 0, max: 31 })),
  });
  fc.assert(
    fc.property(fc.array(request, { maxLength: 40 }), (requests) => {
      const entries = requests.map(({ cat, month, epoch, day }): PackEntry => {
        const key =
          day === null ? tree.stream(cat, month, epoch).key : tree.dayKey({ cat, month, day }, epoch).key;
        return { sid: tree.sidOf(cat, month), cat, month, epoch, day, key };
      });
      const bytes = encodeEntries(entries);
      const decoded = decodeEntries(bytes);
      if (decoded === null) throw new Error('refused');
      const plain = ({ key, ...rest }: PackEntry) =>
        JSON.stringify([rest, Buffer.from(key.reveal()).toString('hex')]);
      expect(new Set(decoded.map(plain))).toEqual(new Set(entries.map(plain)));
      expect(bytes).toHaveLength(2 + 54 * decoded.length);
      expect(encodeEntries(decoded.toReversed())).toEqual(bytes);
    }),
    { numRuns: 1000 },
  );
}, 60_000);

test('a pack out of order, doubled, cut or with a place that is never shared is malformed', async () => {
  const entry = (sid: number, cat: number, month: number, day: number) =>
    concat(
      new Uint8Array(16).fill(sid),
      new Uint8Array([cat]),
      u16(month),
      u16(0),
      new Uint8Array([day]),
      new Uint8Array(32),
    );
  const list = (...entries: readonly Bytes[]) => concat(u16(entries.length), ...entries);
  expect(decodeEntries(list())).toEqual([]);
  expect(decodeEntries(list(entry(1, 1, MONTH, 1), entry(1, 1, MONTH, 255)))).toHaveLength(2);
  const wrong = [
    list(entry(2, 1, MONTH, 1), entry(1, 1, MONTH, 1)),
    list(entry(1, 1, MONTH, 1), entry(1, 1, MONTH, 1)),
    list(entry(1, 240, MONTH, 1)),
    list(entry(1, 0, MONTH, 1)),
    list(entry(1, 1, 1212, 1)),
    list(entry(1, 1, MONTH, 32)),
    list(entry(1, 1, 0xffff, 3)),
    concat(u16(2), entry(1, 1, MONTH, 1)),
    concat(u16(0), entry(1, 1, MONTH, 1)),
    list(entry(1, 1, MONTH, 1)).subarray(0, -1),
    new Uint8Array(1),
    u32(0),
  ];
  for (const bytes of wrong) expect(decodeEntries(bytes)).toBeNull();
});
