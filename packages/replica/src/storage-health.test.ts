import 'fake-indexeddb/auto';
import { bytesToAccountId, bytesToDeviceId, randomBytes } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { openDeviceStore } from './device-store.ts';
import { eraseEverything } from './own-databases.ts';
import { canKeep, forgetMark, storageStart } from './storage-health.ts';

/** The little of localStorage that is used. */
function marks(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    clear: () => values.clear(),
    key: (i) => [...values.keys()][i] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

async function keepAccount(name: string): Promise<void> {
  const store = await openDeviceStore(name);
  const account = {
    acct: bytesToAccountId(randomBytes(16)),
    dev: bytesToDeviceId(randomBytes(16)),
    deviceKeyBox: randomBytes(8),
    createdAt: 0,
  };
  await store.keepAccount(account, { deviceLog: [] });
  store.close();
}

test('a site that the browser emptied is told from a first start, and from one the person erased', async () => {
  const marked = marks();
  const first = await openDeviceStore('health');
  expect(await storageStart(first, marked)).toBe('first-start');
  first.close();
  await keepAccount('health');
  const second = await openDeviceStore('health');
  expect(await storageStart(second, marked)).toBe('kept');
  second.close();
  await eraseEverything();
  const emptied = await openDeviceStore('health');
  expect(await storageStart(emptied, marked)).toBe('lost');
  forgetMark(marked);
  expect(await storageStart(emptied, marked)).toBe('first-start');
  emptied.close();
});

test('a browser that keeps nothing is noticed', async () => {
  expect(await canKeep()).toBe(true);
  const real = globalThis.indexedDB;
  Reflect.set(globalThis, 'indexedDB', {
    open: () => {
      throw new DOMException('refused', 'SecurityError');
    },
  });
  expect(await canKeep()).toBe(false);
  Reflect.set(globalThis, 'indexedDB', real);
});
