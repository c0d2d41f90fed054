import {
  CATEGORY_NUMBERS,
  binRecord,
  isDueForErasure,
  moodOf,
  restoreRecord,
  valueOf,
} from '@evenkeel/journal';
import { expect, test } from 'vitest';
import { DAY, NOON, momentRecords, newPerson, oneRecord } from './test-device.ts';

test('what was saved is there again after the app was closed and opened', async () => {
  const ada = await newPerson();
  const first = await ada.open();
  const records = momentRecords(first.clock, { at: NOON, valence: 0.25, words: 'a quiet morning' });
  expect(await first.save(records)).toMatchObject({ ok: true });
  await first.close();

  const again = await ada.open();
  await again.loaded;
  const [day] = again.index.snapshot().days();
  expect(day?.day).toBe('2026-10-15');
  expect(day?.moments).toHaveLength(1);
  expect(moodOf(oneRecord(day?.moments[0]?.records ?? [])).valence).toBe(0.25);
  await again.close();
});

test('the newest days are there before the envelopes are opened, from the sealed cache', async () => {
  const ada = await newPerson();
  const first = await ada.open();
  await first.save(momentRecords(first.clock, { at: NOON }));
  await first.save(momentRecords(first.clock, { at: NOON - 200 * DAY }));
  await first.opened;
  await first.close();

  const again = await ada.open();
  expect(again.index.snapshot().moments()).toHaveLength(1);
  expect(again.index.snapshot().historyLoaded.complete).toBe(false);
  expect(again.index.snapshot().summaries()).toHaveLength(2);
  await again.loaded;
  expect(again.index.snapshot().moments()).toHaveLength(2);
  expect(again.index.snapshot().historyLoaded.complete).toBe(true);
  await again.close();
});

test('without its cache a diary is rebuilt from the envelopes', async () => {
  const ada = await newPerson();
  const first = await ada.open();
  await first.save(momentRecords(first.clock, { at: NOON, words: 'kept' }));
  await first.opened;
  await first.close();
  await ada.store.tables.caches.clear();
  await ada.store.tables.volumes.clear();

  const again = await ada.open();
  await again.loaded;
  expect(
    again.index.snapshot().recordsOf(again.index.snapshot().moments()[0]?.id ?? oneRecord([]).moment),
  ).toHaveLength(2);
  await again.close();
});

test('the thirty days in the bin do not begin anew where the cache was lost or never written', async () => {
  const ada = await newPerson();
  // The envelope store has the day of this machine, which no test winds.
  const today = Date.now();
  ada.clock.now = today;
  const first = await ada.open();
  await first.opened;
  const saved = await first.save(momentRecords(first.clock, { at: today }));
  if (!saved.ok) throw new Error(saved.reason);
  const binned = binRecord(oneRecord(saved.records), { clock: first.clock, now: today });
  if (binned?.kind !== 'moved') throw new Error('not moved');
  await first.apply([binned]);
  await first.close();
  for (const isLost of [true, false]) {
    if (isLost) await Promise.all([ada.store.tables.caches.clear(), ada.store.tables.volumes.clear()]);
    ada.clock.now = today + 30 * DAY + 60_000;
    const again = await ada.open();
    await again.loaded;
    const [held, ...others] = again.index.snapshot().binned();
    if (held === undefined) throw new Error('nothing in the bin');
    expect(others).toEqual([]);
    expect(held.heldSince).toBeLessThan(today + 60_000);
    expect(isDueForErasure(held.record, ada.clock.now, held.heldSince)).toBe(true);
    await again.close();
  }
});

test('a cache that lost a volume is not believed', async () => {
  const ada = await newPerson();
  const first = await ada.open();
  await first.save(momentRecords(first.clock, { at: NOON, words: 'kept' }));
  await first.opened;
  await first.close();
  const [volume] = await ada.store.tables.volumes.toArray();
  await ada.store.tables.volumes.delete(volume?.id ?? '');

  const again = await ada.open();
  await again.loaded;
  expect(again.index.snapshot().size).toBe(2);
  await again.close();
});

test('a save before the envelope store is open waits sealed, and survives the page', async () => {
  const ada = await newPerson();
  const first = await ada.open();
  const records = momentRecords(first.clock, { at: NOON, words: 'pressed at once' });
  expect(await first.save(records)).toMatchObject({ ok: true });
  expect(await ada.store.tables.waiting.count()).toBe(2);
  expect(first.index.snapshot().size).toBe(2);
  await first.opened;
  expect(await ada.store.tables.waiting.count()).toBe(0);
  await first.close();
});

test('an edit keeps what was there in its history, and a move leaves one entry', async () => {
  const ada = await newPerson();
  const replica = await ada.open();
  await replica.opened;
  const saved = await replica.save(momentRecords(replica.clock, { at: NOON, valence: 0.1 }));
  if (!saved.ok) throw new Error(saved.reason);
  const mood = oneRecord(saved.records);
  const stamp = replica.clock.stampAfter(mood.fields['valence']?.stamp);
  const edited = {
    ...mood,
    fields: {
      ...mood.fields,
      valence: { stamp, value: 0.9, history: [{ stamp: mood.whenStamp, value: 0.1 }] },
    },
  };
  expect(await replica.replaceRecord(edited)).toMatchObject({ ok: true });
  expect(valueOf(oneRecord([replica.index.snapshot().record(mood.rec) ?? mood]), 'valence')).toBe(0.9);

  const binned = binRecord(edited, { clock: replica.clock, now: NOON });
  if (binned === null) throw new Error('nothing to bin');
  expect(await replica.apply([binned])).toMatchObject({ ok: true });
  expect(replica.index.snapshot().moments()).toHaveLength(0);
  expect(replica.index.snapshot().binned()).toHaveLength(1);
  const [inBin] = replica.index.snapshot().binned();
  const restored = inBin === undefined ? null : restoreRecord(inBin.record, { clock: replica.clock });
  if (restored === null) throw new Error('nothing to restore');
  await replica.apply([restored]);
  expect(replica.index.snapshot().binned()).toHaveLength(0);
  expect(
    replica.index
      .snapshot()
      .moments()[0]
      ?.records.map(({ cat }) => cat),
  ).toEqual([CATEGORY_NUMBERS.mood]);
  await replica.close();
});

test('two windows on one diary share it', async () => {
  const ada = await newPerson();
  const [left, right] = await Promise.all([ada.open(), ada.open()]);
  await Promise.all([left.opened, right.opened]);
  await left.save(momentRecords(left.clock, { at: NOON }));
  await expect.poll(() => right.index.snapshot().size).toBe(1);
  await left.close();
  await right.save(momentRecords(right.clock, { at: NOON + 1000 }));
  expect(right.index.snapshot().size).toBe(2);
  await right.close();
});
