import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import {
  DAY,
  NOON,
  type TestDevice,
  anotherDevice,
  momentRecords,
  newPerson,
  putBack,
  rowsStored,
} from './test-device.ts';
import { devicesBefore, goOnAsNewDevice, isNewDeviceRefused, isOlderCopy } from './new-device.ts';
import { openReplica } from './open-replica.ts';
import { createWorld } from './world.ts';

const quick = { live: false, retryMs: 20 } as const;

/** A phone that has sent its first entry, opened again; what its browser held before. */
async function backedUp(name: string, limits?: { readonly devices: number }) {
  const server = await startServer({ signups: 'open', ...(limits !== undefined && { limits }) });
  const ada = await newPerson(name);
  const phone = await ada.open();
  await phone.opened;
  await phone.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await phone.save(momentRecords(phone.clock, { at: NOON, words: 'one' }));
  await phone.syncNow();
  await phone.close();
  const backup = await rowsStored(ada);

  const again = await ada.open();
  await again.opened;
  return { server, ada, phone: again, backup };
}

/** A phone whose browser was put back to what it held before it wrote and sent its second entry; it wrote a third. */
async function olderCopy(name: string, limits?: { readonly devices: number }) {
  const { server, ada, phone: sent, backup } = await backedUp(name, limits);
  await sent.connect({ origin: server.url, ...quick });
  await sent.save(momentRecords(sent.clock, { at: NOON + 1, words: 'two' }));
  await sent.syncNow();
  await sent.close();
  await putBack(backup);

  const older = await ada.open();
  await older.opened;
  await older.save(momentRecords(older.clock, { at: NOON + 2, words: 'three' }));
  await older.connect({ origin: server.url, ...quick });
  await older.syncNow();
  return { server, ada, older };
}

test('an older copy is noticed also when it has signed as many heads by itself as were sent, or more', async () => {
  const { server, ada, phone, backup } = await backedUp('signed-by-itself');
  await phone.connect({ origin: server.url, ...quick });
  await phone.save(momentRecords(phone.clock, { at: NOON + 1, words: 'two' }));
  await phone.syncNow();
  await phone.close();
  await putBack(backup);

  const older = await ada.open();
  await older.opened;
  const { server: known } = older.sync();
  if (known === null) throw new Error('no server');
  const { books, heads } = createWorld({
    ...ada,
    ...known,
    holder: () => ada.holder,
    deviceLog: older.logs.device,
    grantLog: older.logs.grant,
    now: () => ada.clock.now,
    changed: () => undefined,
  });
  await books.load();
  for (let day = 0; day < 3; day += 1) {
    ada.clock.now += DAY;
    await heads.sign();
  }
  expect(await heads.unsent()).toHaveLength(3);
  await older.connect({ origin: server.url, ...quick });
  await older.syncNow();
  await older.syncNow();
  // Its own fault, not one of the server, which cannot take them.
  expect(older.sync().completeness.faults).toMatchObject([{ fault: 'own-head-unknown' }]);
  expect(await isOlderCopy(ada.store)).toBe(true);
  await older.close();
  await server.close();
});

test('a browser that loses nothing meets its own heads again, older ones too, and stays what it is', async () => {
  const { server, ada, phone } = await backedUp('meets-its-own');
  await phone.connect({ origin: server.url, ...quick });
  for (let day = 0; day < 3; day += 1) {
    ada.clock.now += DAY;
    await phone.syncNow();
  }
  await ada.store.tables.cursors.toCollection().modify({ side: 0 });
  await phone.syncNow();
  expect(phone.sync().completeness.faults).toEqual([]);
  await phone.close();
  await server.close();
});

const again = ({ store, vault, clock }: TestDevice) =>
  goOnAsNewDevice({ store, vault, deviceName: 'the same browser', now: () => clock.now });

test('a browser that was put back from a backup goes on as a new device, and nothing is lost', async () => {
  const { server, ada, older } = await olderCopy('put-back');
  expect(older.sync().completeness.faults).toMatchObject([{ fault: 'own-head-unknown' }]);
  expect(await isOlderCopy(ada.store)).toBe(true);
  await older.close();

  const outcome = await again(ada);
  if (!outcome.ok) throw new Error(outcome.reason);
  const { holder } = outcome;
  expect(holder.dev).not.toBe(ada.holder.dev);
  expect((await ada.store.account())?.dev).toBe(holder.dev);
  expect(await isOlderCopy(ada.store)).toBe(false);
  expect(await devicesBefore(ada.store)).toEqual([ada.holder.dev]);

  const { vault, store, clock } = ada;
  const replica = await openReplica({ vault, store, holder, now: () => clock.now, multiInstance: false });
  await replica.opened;
  await replica.save(momentRecords(replica.clock, { at: NOON + 3, words: 'four' }));
  await replica.connect({ origin: server.url, ...quick });
  await replica.syncNow();
  expect(replica.sync().completeness.faults).toEqual([]);
  expect(replica.sync().completeness.devices.has(ada.holder.dev)).toBe(true);
  expect(replica.logs.device().devices.get(ada.holder.dev)?.revoked).toBeNull();
  expect(replica.safetyCounts()).toMatchObject({ waiting: 0 });

  const tablet = await anotherDevice(ada, { deviceLog: await replica.logs.deviceObjects(), grantLog: [] });
  const other = await tablet.open();
  await other.connect({ origin: server.url, ...quick });
  await other.syncNow();
  expect(other.index.snapshot().moments()).toHaveLength(4);
  expect(replica.index.snapshot().moments()).toHaveLength(4);
  expect(other.sync().completeness.faults).toEqual([]);
  expect(other.sync().completeness.devices.has(holder.dev)).toBe(true);
  await Promise.all([replica.close(), other.close()]);
  await server.close();
});

test('an older copy signs no more heads with a key that has signed others', async () => {
  const { server, ada, older } = await olderCopy('signs-no-more');
  const signed = await ada.store.tables.heads.get(`self/${ada.holder.dev}`);
  await older.save(momentRecords(older.clock, { at: NOON + 4 }));
  await older.syncNow();
  expect(await ada.store.tables.heads.get(`self/${ada.holder.dev}`)).toEqual(signed);
  await older.close();
  await server.close();
});

test('where the server takes no more devices, or does not answer, an older copy stays what it is', async () => {
  const { server, ada, older } = await olderCopy('no-place', { devices: 1 });
  await older.close();
  const before = await rowsOf(ada);
  expect(await again(ada)).toEqual({ ok: false, reason: 'too-many-devices' });
  expect(await isNewDeviceRefused(ada.store)).toBe(true);
  expect(await rowsOf(ada)).toEqual(before);
  await server.close();
  expect(await again(ada)).toEqual({ ok: false, reason: 'later' });
  expect(await isNewDeviceRefused(ada.store)).toBe(false);
  expect(await rowsOf(ada)).toEqual(before);
  expect(await isOlderCopy(ada.store)).toBe(true);
});

async function rowsOf({ store }: TestDevice) {
  const { logs, heads, cursors } = store.tables;
  return [await store.account(), await logs.toArray(), await heads.toArray(), await cursors.toArray()];
}
