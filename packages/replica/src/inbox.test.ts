import { type LockedNote, wasWrittenWhileLocked } from '@evenkeel/journal';
import { randomBytes, randomMomentId } from '@evenkeel/protocol';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import {
  MOST_LOCKED_NOTES,
  type TakenIn,
  canLeaveNote,
  forgetUnreadable,
  leaveNote,
  takeInNotes,
} from './inbox.ts';
import type { Replica } from './replica.ts';
import { NOON, type TestDevice, everythingStored, newPerson } from './test-device.ts';

/** A vault in which no key is. */
const locked = createVault();

const aNote = (text: string): LockedNote => ({
  id: randomMomentId(),
  at: NOON,
  zone: 'Europe/London',
  mood: { valence: -0.5, arousal: 0.2 },
  text,
});

async function unlock(device: TestDevice): Promise<{ readonly replica: Replica; readonly taken: TakenIn }> {
  const replica = await device.open();
  const { store, vault, holder } = device;
  return { replica, taken: await takeInNotes({ store, vault, holder, replica }) };
}

const waiting = ({ store }: TestDevice) => store.tables.inbox.count();

test('a note left while locked is sealed, and is one marked entry after the next unlock', async () => {
  const ada = await newPerson('inbox');
  expect(await leaveNote(ada.store, locked, aNote('too early'))).toEqual({ ok: false, reason: 'no-key' });
  const first = await unlock(ada);
  expect(first.taken).toEqual({ notes: 0, unreadable: 0, keyWasChanged: false });
  await first.replica.close();
  expect(await canLeaveNote(ada.store)).toBe(true);

  const note = aNote('a canary in the night');
  expect(await leaveNote(ada.store, locked, note)).toEqual({ ok: true });
  const stored = await everythingStored(ada);
  for (const clear of ['canary', note.id, 'Europe/London']) expect(stored).not.toContain(clear);

  const { replica, taken } = await unlock(ada);
  expect(taken).toEqual({ notes: 1, unreadable: 0, keyWasChanged: false });
  expect(await waiting(ada)).toBe(0);
  const records = replica.index.snapshot().recordsOf(note.id);
  expect(records).toHaveLength(2);
  expect(records.every(wasWrittenWhileLocked)).toBe(true);
  await replica.close();
});

test('an unlock that is cut off anywhere loses nothing and doubles nothing', async () => {
  const ada = await newPerson('inbox-cut');
  await (await unlock(ada)).replica.close();
  const note = aNote('only once');
  await leaveNote(ada.store, locked, note);

  // Before anything is durable: the note still waits.
  const replica = await ada.open();
  const stopped = { ...replica, save: () => Promise.reject(new Error('power cut')) };
  const { store, vault, holder } = ada;
  await expect(takeInNotes({ store, vault, holder, replica: stopped })).rejects.toThrow('power cut');
  expect(await waiting(ada)).toBe(1);

  // No room: it waits as well.
  const full = { ...replica, save: async () => ({ ok: false, reason: 'storage-full' }) as const };
  expect((await takeInNotes({ store, vault, holder, replica: full })).notes).toBe(0);
  expect(await waiting(ada)).toBe(1);

  // After the envelopes are durable and before the note is erased.
  const [row] = await store.tables.inbox.toArray();
  await takeInNotes({ store, vault, holder, replica });
  if (row !== undefined) await store.tables.inbox.put(row);
  await replica.close();
  const again = await unlock(ada);
  expect(again.replica.index.snapshot().recordsOf(note.id)).toHaveLength(2);
  expect(await waiting(ada)).toBe(0);
  await again.replica.close();

  // The same note laid there under two names is one entry still.
  const twice = aNote('laid twice');
  await leaveNote(store, locked, twice);
  const [copy] = await store.tables.inbox.toArray();
  if (copy !== undefined) await store.tables.inbox.put({ ...copy, id: 'another' });
  const last = await unlock(ada);
  expect(last.replica.index.snapshot().recordsOf(twice.id)).toHaveLength(2);
  await last.replica.close();
});

test('a key that was changed is noticed and put right, and what does not open waits until it was told', async () => {
  const ada = await newPerson('inbox-key');
  await (await unlock(ada)).replica.close();
  const thief = await newPerson('thief');
  const { acct, dev } = ada.holder;
  await ada.store.keepFact('inbox-key', { acct, dev, boxPk: thief.holder.boxPk });
  await leaveNote(ada.store, locked, aNote('read by somebody else'));
  await ada.store.tables.inbox.put({ id: 'noise', box: randomBytes(345) });

  const { replica, taken } = await unlock(ada);
  expect(taken).toEqual({ notes: 0, unreadable: 2, keyWasChanged: true });
  expect(replica.index.snapshot().size).toBe(0);
  expect(await waiting(ada)).toBe(2);
  await leaveNote(ada.store, locked, aNote('sealed to the right key again'));
  await forgetUnreadable(ada);
  expect(await waiting(ada)).toBe(1);
  await replica.close();
  const again = await unlock(ada);
  expect(again.taken).toEqual({ notes: 1, unreadable: 0, keyWasChanged: false });
  await again.replica.close();
});

test('a limit: who reads notes under a key of their own, seals them anew and puts the key back is not noticed, nor who deletes one', async () => {
  const ada = await newPerson('inbox-limit');
  await (await unlock(ada)).replica.close();
  const thief = await newPerson('quiet-thief');
  const { acct, dev, boxPk } = ada.holder;
  await ada.store.keepFact('inbox-key', { acct, dev, boxPk: thief.holder.boxPk });
  await leaveNote(ada.store, locked, aNote('read on the way'));
  await leaveNote(ada.store, locked, aNote('taken away'));
  await ada.store.tables.inbox.clear();
  await ada.store.keepFact('inbox-key', { acct, dev, boxPk });
  await leaveNote(ada.store, locked, aNote('read on the way'));

  const { replica, taken } = await unlock(ada);
  expect(taken).toEqual({ notes: 1, unreadable: 0, keyWasChanged: false });
  await replica.close();
});

test('a note of another device of the same account does not open here', async () => {
  const ada = await newPerson('inbox-here');
  await (await unlock(ada)).replica.close();
  const { acct, boxPk, devicePk } = ada.holder;
  const other = await newPerson('inbox-there');
  await other.store.keepFact('inbox-key', { acct, dev: other.holder.dev, boxPk });
  expect(devicePk).not.toBe(other.holder.devicePk);
  await leaveNote(other.store, locked, aNote('carried over'));
  const [row] = await other.store.tables.inbox.toArray();
  if (row !== undefined) await ada.store.tables.inbox.put(row);
  const { replica, taken } = await unlock(ada);
  expect(taken).toMatchObject({ notes: 0, unreadable: 1 });
  await replica.close();
});

test('a locked device cannot be filled with notes', async () => {
  const ada = await newPerson('inbox-full');
  await (await unlock(ada)).replica.close();
  await ada.store.tables.inbox.bulkPut(
    Array.from({ length: MOST_LOCKED_NOTES }, (_, i) => ({ id: String(i), box: randomBytes(10) })),
  );
  expect(await leaveNote(ada.store, locked, aNote('one more'))).toEqual({ ok: false, reason: 'too-many' });
});
