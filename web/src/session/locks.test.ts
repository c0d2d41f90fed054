import 'fake-indexeddb/auto';
import { openDeviceStore } from '@evenkeel/replica';
import { createVault } from '@evenkeel/vault';
import { expect, test, vi } from 'vitest';
import { keepLock, wrapFor } from './locks.ts';

test('a lock takes the place of the one before whole, or not at all', async () => {
  const vault = createVault();
  await vault.create({ deviceName: 'phone', now: 0 });
  const store = await openDeviceStore('locks');
  const none = { kind: 'none' } as const;
  await keepLock(store, await wrapFor(vault, { choice: none, passkey: null }), none);
  const words = { kind: 'words', words: ['abacus', 'doorknob', 'unlit', 'zesty', 'otter'] } as const;
  const wrap = await wrapFor(vault, { choice: words, passkey: null });

  const cutOff = vi.spyOn(store, 'removeWrap').mockRejectedValue(new Error('cut off'));
  await expect(keepLock(store, wrap, words)).rejects.toThrow('cut off');
  expect((await store.wraps()).map(({ type }) => type)).toEqual(['none']);
  cutOff.mockRestore();
  await keepLock(store, wrap, words);
  expect((await store.wraps()).map(({ type }) => type)).toEqual(['passphrase']);
  store.close();
});
