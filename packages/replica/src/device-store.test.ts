import 'fake-indexeddb/auto';
import { randomBytes } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { PIN_TRIES, openDeviceStore } from './device-store.ts';
import { eraseEverything, isDeviceEmpty, ownDatabases } from './own-databases.ts';

test('the tenth wrong PIN removes the PIN, and a right one in between gives all tries back', async () => {
  const store = await openDeviceStore('pin');
  const wrap = randomBytes(100);
  await store.keepWrap({ type: 'pin', wrap });
  await store.keepWrap({ type: 'passphrase', wrap: randomBytes(100) });
  for (let left = PIN_TRIES - 1; left >= 4; left -= 1)
    expect(await store.tryPin(async () => false)).toEqual({ ok: false, reason: 'wrong', left });
  expect(await store.tryPin(async (tried) => tried.length === wrap.length)).toEqual({ ok: true });
  for (let left = PIN_TRIES - 1; left >= 1; left -= 1)
    expect(await store.tryPin(async () => false)).toEqual({ ok: false, reason: 'wrong', left });
  expect(await store.tryPin(async () => false)).toEqual({ ok: false, reason: 'removed' });
  expect(await store.tryPin(async () => true)).toEqual({ ok: false, reason: 'removed' });
  expect((await store.wraps()).map(({ type }) => type)).toEqual(['passphrase']);
  store.close();
});

test('a try that the app was closed in the middle of counts', async () => {
  const store = await openDeviceStore('pin-closed');
  await store.keepWrap({ type: 'pin', wrap: randomBytes(100) });
  await expect(
    store.tryPin(() => {
      throw new Error('closed');
    }),
  ).rejects.toThrow('closed');
  expect((await store.wrap('pin'))?.triesLeft).toBe(PIN_TRIES - 1);
  store.close();
});

test('a device is empty until a store is opened on it', async () => {
  expect(await isDeviceEmpty('fresh')).toBe(true);
  const store = await openDeviceStore('fresh');
  store.close();
  expect(await isDeviceEmpty('fresh')).toBe(false);
  expect(await isDeviceEmpty('fres')).toBe(true);
});

test('what is kept is there again, and erasing everything leaves no database of ours', async () => {
  const store = await openDeviceStore('kept');
  await store.keepBox('drafts', 'check-in', randomBytes(64));
  await store.confirmKit(true);
  store.close();
  const again = await openDeviceStore('kept');
  expect((await again.readBox('drafts', 'check-in'))?.length).toBe(64);
  expect(await again.isKitConfirmed()).toBe(true);
  await again.keepBox('drafts', 'check-in', null);
  expect(await again.readBox('drafts', 'check-in')).toBeNull();
  again.close();
  expect((await ownDatabases()).length).toBeGreaterThan(0);
  expect(await eraseEverything()).toBe(true);
  expect(await ownDatabases()).toEqual([]);
});
