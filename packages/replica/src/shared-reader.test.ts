import { ZERO_HASH, randomServerEpoch, toBase64url } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { createOpenedMemory } from './sealed-version.ts';
import { type GrantReply, openSharedReader } from './shared-reader.ts';
import { granting } from './share.test-support.ts';
import { NOON, type TestDevice, newPerson } from './test-device.ts';

async function opened(name: string) {
  const device = await newPerson(name);
  const replica = await device.open();
  await replica.opened;
  return { device, replica };
}

/** How a clinician's device reads what one person shares; nothing of it has come but the grant. */
async function reading() {
  const [ada, ali] = [await opened('ada'), await opened('ali')];
  const given = await granting(ada, ali);
  const { vault, store, holder } = ali.device;
  const parts = {
    vault,
    store,
    holder,
    origin: 'https://diary.example',
    serverEpoch: randomServerEpoch(),
    opened: createOpenedMemory(),
    now: () => NOON,
    changed: () => undefined,
  };
  const deviceLog = await ada.replica.logs.deviceObjects();
  const reader = await openSharedReader(parts, {
    grant: given.id,
    owner: ada.device.holder.acct,
    deviceLog,
    objects: given.grantLog,
    tip: null,
    receiptOpen: null,
    seq: -1,
    readTo: '',
    lastPullAt: null,
    ended: null,
    refused: null,
    forgotten: false,
    vouched: new Map(),
  });
  if (reader === null) throw new Error('what was given does not replay');
  const page = (came: Partial<GrantReply>): GrantReply => ({
    kind: 'grant',
    grant: given.id,
    items: [],
    cursor: '0.0',
    more: false,
    deviceLog: [],
    grantLog: [],
    heads: [],
    packs: [],
    side: 0,
    ...came,
  });
  const faults = async () => (await reader.completeness()).faults.map(({ fault }) => fault);
  const close = () => Promise.all([ada.replica.close(), ali.replica.close()]);
  return { ada, ali, given, reader, page, faults, close };
}

/** That a device was removed, as the object `seq` of its log. */
async function removal({ vault, holder }: TestDevice, at: { readonly seq: number; readonly prev: string }) {
  const payload = { ...at, time: NOON, dev: holder.dev, cut: ZERO_HASH };
  return (await vault.sign([{ type: 'device-revoke', signer: 'identity', payload }])).map(toBase64url);
}

test('a reader takes no device into a person’s log that the person did not sign, nor one out of its place', async () => {
  const { ada, ali, reader, page, faults, close } = await reading();
  const { seq, hash } = ada.replica.logs.device();
  const before = reader.row().deviceLog;
  const next = { seq: seq + 1, prev: hash };
  for (const [deviceLog, fault] of [
    [await removal(ali.device, next), 'log-refused'],
    [await removal(ada.device, { ...next, prev: ZERO_HASH }), 'log-forked'],
  ] as const) {
    await reader.takePage(page({ deviceLog }));
    expect(await faults()).toEqual([fault]);
    expect(reader.row().deviceLog).toEqual(before);
    expect(reader.deviceLog()).toMatchObject({ seq, hash });
    await reader.takePage(page({}));
    expect(await faults()).toEqual([]);
  }
  await reader.takePage(page({ deviceLog: await removal(ada.device, next) }));
  expect(await faults()).toEqual([]);
  expect(reader.deviceLog().devices.get(ada.device.holder.dev)?.revoked).not.toBeNull();
  await close();
});

test('a reader lets nobody but the person who gave a share end it, or give it a second time', async () => {
  const { ada, ali, given, reader, page, faults, close } = await reading();
  const end = async ({ device }: typeof ada, seq: number) => {
    const payload = { seq, prev: ZERO_HASH, time: NOON, grant: given.id, epoch: 1 };
    return (await device.vault.sign([{ type: 'revoke', signer: 'identity', payload }])).map(toBase64url);
  };
  const before = reader.state();
  for (const [grantLog, fault] of [
    [await end(ali, 1), 'log-refused'],
    [await end(ada, 0), 'log-forked'],
    [given.grantLog.map(toBase64url), 'log-forked'],
  ] as const) {
    await reader.takePage(page({ grantLog }));
    expect(await faults()).toEqual([fault]);
    expect(reader.state()).toBe(before);
    expect(reader.row().objects).toEqual(given.grantLog);
    await reader.takePage(page({}));
    expect(await faults()).toEqual([]);
  }
  await reader.takePage(page({ grantLog: await end(ada, 1) }));
  expect(reader.state().revoked).not.toBeNull();
  await close();
});
