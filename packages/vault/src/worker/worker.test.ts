import { ZERO_HASH, randomGrantId, randomRecordId, utf8 } from '@evenkeel/protocol';
import { expect, expectTypeOf, test } from 'vitest';
import { createVault } from '../create-vault.ts';
import { VaultFault } from '../fault.ts';
import type { Vault } from '../vault.ts';
import { type VaultWorker, connectVault } from './connect-vault.ts';
import { ANSWERS, QUESTIONS, type VaultPort } from './messages.ts';
import { serveVault } from './serve-vault.ts';

const NOW = 1_793_491_200_000;

function setup() {
  const { port1, port2 } = new MessageChannel();
  serveVault(port2);
  return { vault: connectVault(port1), worker: port1 };
}

const request = {
  cat: 1,
  month: 322,
  day: 22,
  type: 'record',
  epoch: 0,
  rev: 1,
  replaces: ZERO_HASH,
} as const;

test('a person and a clinician, each behind a Worker, do all that a vault in-process does', async () => {
  const [{ vault: person }, { vault: clinician }] = [setup(), setup()];
  const { holder, deviceKeyBox, deviceLog } = await person.create({ deviceName: 'phone', now: NOW });
  const { holder: reader } = await clinician.create({ deviceName: 'desk', now: NOW });
  const secret = { type: 'none', secret: new Uint8Array(32).fill(3) } as const;
  const wrap = await person.makeWrap(secret);
  const plaintexts = [utf8('one'), utf8('two')];
  const sealed = await person.seal(
    plaintexts.map((plaintext) => ({ ...request, rec: randomRecordId(), plaintext })),
  );
  expect(plaintexts[0]).toHaveLength(3);
  const opened = await person.open(sealed.map((envelope) => ({ owner: holder.acct, envelope })));
  expect(opened.map((outcome) => outcome.ok && outcome.plaintext)).toEqual(plaintexts);
  const [sid] = await person.streams([{ cat: 1, month: 322 }]);
  const [kid] = await person.keyIds([{ cat: 1, month: 322, day: 22, epoch: 0 }]);
  if (sid === undefined || kid === undefined) throw new Error('no ids');
  expect(
    await person.placesOf([
      { sid, kid, epoch: 0 },
      { sid, kid, epoch: 1 },
    ]),
  ).toEqual([{ cat: 1, month: 322, day: 22 }, null]);
  const grant = randomGrantId();
  const pack = await person.sealKeyPack({
    grant,
    to: reader.acct,
    toBoxPk: reader.boxPk,
    keys: [{ cat: 1, month: 322, epoch: 0, day: 22 }],
  });
  expect(await clinician.openKeyPack({ owner: holder.acct, pack, admitted: [{ sid, kids: [kid] }] })).toEqual(
    {
      ok: true,
      keys: [{ sid, cat: 1, month: 322, epoch: 0, day: 22 }],
    },
  );
  expect(
    (await clinician.open(sealed.map((envelope) => ({ owner: holder.acct, envelope })))).every(
      ({ ok }) => ok,
    ),
  ).toBe(true);
  await clinician.dropKeys(grant);
  expect(
    (await clinician.open(sealed.map((envelope) => ({ owner: holder.acct, envelope })))).some(({ ok }) => ok),
  ).toBe(false);
  const box = await clinician.sealTo(holder.boxPk, utf8('why'), utf8('to prepare our talk'));
  expect(await person.openSealed(utf8('why'), box)).toEqual(utf8('to prepare our talk'));
  expect(await person.openSealed(utf8('other'), box)).toBeNull();
  const [draft] = await person.sealLocal('drafts', [utf8('half a')]);
  expect(await person.openLocal('drafts', [draft ?? box, box])).toEqual([utf8('half a'), null]);
  expect(await person.sign([{ type: 'head', signer: 'device', payload: {} }])).toHaveLength(1);
  expect(await person.signSession('https://diary.example', ZERO_HASH)).toHaveLength(64);
  const kit = await person.makeKit();
  expect(kit.words).toHaveLength(24);
  const { vault: laptop } = setup();
  const { qr } = await laptop.startLink();
  const lists = { deviceLog, grantLog: [], heads: [], entryCount: 2, deviceName: 'laptop', now: NOW };
  const answered = await person.answerLink({ qr, origin: 'https://diary.example', ...lists });
  if (!answered.ok) throw new Error(answered.reason);
  expect(await laptop.receiveLink(answered.letter, 'https://diary.example')).toEqual({
    ok: true,
    acct: holder.acct,
    words: answered.words,
    entryCount: 2,
  });
  const accepted = await laptop.acceptLink();
  expect(accepted.deviceLog).toHaveLength(3);
  expect(
    (await laptop.open(sealed.map((envelope) => ({ owner: holder.acct, envelope })))).every(({ ok }) => ok),
  ).toBe(true);
  const added = await laptop.addDevice({ deviceName: 'again', now: NOW, seq: 3, prev: ZERO_HASH });
  expect(added.holder.acct).toBe(holder.acct);
  await person.lock();
  expect(await person.unlock({ acct: holder.acct, wrap, secret, deviceKeyBox })).toEqual({
    ok: true,
    holder,
    rewrapped: null,
  });
  for (const vault of [person, clinician, laptop]) vault.terminate();
});

test('many questions at once get their own answers', async () => {
  const { vault } = setup();
  await vault.create({ deviceName: 'phone', now: NOW });
  const asked = await Promise.all(
    Array.from({ length: 50 }, (_, month) => vault.streams([{ cat: 1, month }])),
  );
  expect(new Set(asked.flat()).size).toBe(50);
  vault.terminate();
});

test('a fault crosses as its code alone', async () => {
  const { vault } = setup();
  await expect(vault.makeKit()).rejects.toMatchObject({ name: 'VaultFault', code: 'locked' });
  await vault.create({ deviceName: 'phone', now: NOW });
  await expect(vault.makeWrap({ type: 'pin', pin: '12' })).rejects.toMatchObject({
    code: 'weak-secret',
    message: 'the vault says: weak-secret',
  });
  await expect(vault.signSession('https://a.example', 'not base64url!')).rejects.toMatchObject({
    code: 'broken',
    message: 'the vault says: broken',
  });
  vault.terminate();
});

test('questions that are none are refused, and noise is not answered', async () => {
  const { vault, worker } = setup();
  await vault.create({ deviceName: 'phone', now: NOW });
  await expect(vault.streams(JSON.parse('[{"cat":"1","month":1}]'))).rejects.toMatchObject({
    code: 'malformed-message',
  });
  const answers: unknown[] = [];
  worker.addEventListener('message', (event) => answers.push(event.data));
  for (const noise of [
    null,
    3,
    'lock',
    {},
    { id: 1 },
    { id: -1, verb: 'lock', args: [] },
    { id: 1, verb: 'toString', args: [] },
    { id: 1, verb: 'lock', args: 'x' },
  ]) {
    worker.postMessage(noise, { transfer: [] });
  }
  expect(await vault.streams([])).toEqual([]);
  expect(answers).toHaveLength(1);
  vault.terminate();
});

test('an answer that is none of ours is a fault, not a value', async () => {
  const { port1, port2 } = new MessageChannel();
  port2.addEventListener('message', (event) =>
    port2.postMessage({ id: event.data.id, ok: true, value: 'sid' }),
  );
  port2.start();
  const vault = connectVault(port1);
  await expect(vault.streams([])).rejects.toMatchObject({ code: 'malformed-message' });
  vault.terminate();
});

test('once it was stopped, every question is answered by a fault: those asked before, and those after', async () => {
  const { vault } = setup();
  const pending = vault.create({ deviceName: 'phone', now: NOW });
  vault.terminate();
  await expect(pending).rejects.toBeInstanceOf(VaultFault);
  await expect(pending).rejects.toMatchObject({ code: 'stopped' });
  await expect(vault.streams([])).rejects.toMatchObject({ code: 'stopped' });
});

test('answers give their bytes away instead of copying them', async () => {
  const vault = createVault();
  const given: number[] = [];
  let hear: (event: MessageEvent<unknown>) => void = () => {};
  const answered = new Promise<void>((resolve) => {
    const port: VaultPort = {
      addEventListener: (_, listener) => {
        hear = listener;
      },
      postMessage: (_, { transfer }) => {
        given.push(transfer.length);
        resolve();
      },
    };
    serveVault(port, vault);
  });
  await vault.create({ deviceName: 'phone', now: NOW });
  const args = [[1, 2, 3].map(() => ({ ...request, rec: randomRecordId(), plaintext: utf8('x') }))];
  hear(new MessageEvent('message', { data: { id: 1, verb: 'seal', args } }));
  await answered;
  expect(given).toEqual([3]);
});

test('every verb of a vault has its question and its answer', () => {
  const vault = createVault();
  expect(Object.keys(QUESTIONS).toSorted()).toEqual(Object.keys(vault).toSorted());
  expect(Object.keys(ANSWERS).toSorted()).toEqual(Object.keys(vault).toSorted());
  expectTypeOf<keyof typeof QUESTIONS>().toEqualTypeOf<keyof Vault>();
});

test('a Worker, a MessagePort and the global scope of a Worker fit its door', () => {
  expectTypeOf<Worker>().toExtend<VaultWorker>();
  expectTypeOf<MessagePort>().toExtend<VaultWorker>();
  expectTypeOf<typeof globalThis>().toExtend<VaultPort>();
});
