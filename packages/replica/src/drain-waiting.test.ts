import { createClock, moodOf } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import type { EnvelopeStore } from './envelopes.ts';
import { createOpenedMemory, envelopeOfText, openVersions } from './sealed-version.ts';
import { NOON, type TestDevice, momentRecords, newPerson, oneRecord } from './test-device.ts';
import { createWriter } from './writer.ts';

const nobody = (): never => {
  throw new Error('nobody asks for this');
};

/** A store that holds nothing yet. `meanwhile` runs while it writes. */
function emptyStore(meanwhile: () => Promise<void>): EnvelopeStore {
  return {
    find: async () => new Map(),
    async write() {
      await meanwhile();
      return new Set();
    },
    since: nobody,
    ofStream: nobody,
    withPrefix: nobody,
    count: nobody,
    onChange: nobody,
    replicate: nobody,
    setResolve: nobody,
    waitForLead: nobody,
    close: nobody,
  };
}

/** As one tab writes. */
function writerOf({ vault, store, holder }: TestDevice, envelopes: () => EnvelopeStore | null) {
  return createWriter({
    vault,
    store,
    holder: () => holder,
    envelopes,
    opened: createOpenedMemory(),
    held: () => undefined,
    epoch: () => 0,
    acknowledged: async () => undefined,
    leftOutRev: async () => null,
    written: () => undefined,
  });
}

test('what another tab saves while the waiting entries are taken into the store goes on waiting', async () => {
  const ada = await newPerson('drained');
  const { vault, store, holder } = ada;
  let envelopes: EnvelopeStore | null = null;
  const writer = writerOf(ada, () => envelopes);
  const otherTab = writerOf(ada, () => null);
  const clock = createClock({ now: () => NOON, dev: holder.dev });
  const mood = oneRecord(momentRecords(clock, { at: NOON, valence: 0.1 }));
  await writer.write([{ kind: 'record', record: mood }]);
  const valence = { stamp: clock.stampAfter(mood.whenStamp), value: 0.9 };
  envelopes = emptyStore(async () => {
    await otherTab.write([{ kind: 'record', record: { ...mood, fields: { ...mood.fields, valence } } }]);
  });
  await writer.drain();

  const [left] = await store.tables.waiting.toArray();
  const envelope = left === undefined ? null : envelopeOfText(left.env);
  const [read] = envelope === null ? [] : await openVersions(vault, holder.acct, [envelope]);
  if (read?.ok !== true || read.version.kind !== 'record') throw new Error('it is gone');
  expect(moodOf(read.version.record).valence).toBe(0.9);
});

test('an entry is kept and its draft gone in one act, before the envelope store has it', async () => {
  const ada = await newPerson('aside');
  const { store, holder } = ada;
  const written = Promise.withResolvers<void>();
  const writer = writerOf(ada, () => emptyStore(() => written.promise));
  const clock = createClock({ now: () => NOON, dev: holder.dev });
  await store.keepBox('drafts', 'of-it', new Uint8Array(40));
  const records = momentRecords(clock, { at: NOON, words: 'at once' });

  const versions = records.map((record) => ({ kind: 'record', record }) as const);
  expect(await writer.write(versions, 'of-it')).toEqual({ ok: true, records });
  expect(await store.tables.waiting.count()).toBe(2);
  expect(await store.readBox('drafts', 'of-it')).toBeNull();
  written.resolve();
  await writer.drain();
  expect(await store.tables.waiting.count()).toBe(0);
});

test('a draft stays where there was no room for what was made from it', async () => {
  const ada = await newPerson('no-room');
  const { store, holder } = ada;
  const writer = writerOf(ada, () => emptyStore(async () => undefined));
  const clock = createClock({ now: () => NOON, dev: holder.dev });
  await store.keepBox('drafts', 'of-it', new Uint8Array(40));
  const { put } = IDBObjectStore.prototype;
  let puts = 0;
  IDBObjectStore.prototype.put = function full(...parts) {
    puts += 1;
    if (puts > 1) throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, parts);
  };
  const versions = momentRecords(clock, { at: NOON, words: 'too much' }).map(
    (record) => ({ kind: 'record', record }) as const,
  );
  const outcome = await writer.write(versions, 'of-it').finally(() => {
    IDBObjectStore.prototype.put = put;
  });
  expect(outcome).toEqual({ ok: false, reason: 'storage-full' });
  expect(await store.tables.waiting.count()).toBe(0);
  expect(await store.readBox('drafts', 'of-it')).toHaveLength(40);
});

test('what the envelope store has no room for goes on waiting, and is shown and moved on at the next opening', async () => {
  const ada = await newPerson('later');
  const first = await ada.open();
  await first.loaded;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function full(...parts) {
    if (this.transaction.db.name.includes('envelopes'))
      throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, parts);
  };
  try {
    expect(await first.save(momentRecords(first.clock, { at: NOON, words: 'kept' }))).toMatchObject({
      ok: true,
    });
    await first.close();
    expect(await ada.store.tables.waiting.count()).toBe(2);
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  const again = await ada.open();
  expect(again.index.snapshot().size).toBe(2);
  await again.loaded;
  expect(again.index.snapshot().size).toBe(2);
  expect(await ada.store.tables.waiting.count()).toBe(0);
  expect((await again.sealedSince(null, 10)).envelopes).toHaveLength(2);
  await again.close();
});

test('an entry that the envelope store knows, and the index does not yet, is merged and not overwritten', async () => {
  const ada = await newPerson('known');
  const first = await ada.open();
  await first.loaded;
  const [mood] = momentRecords(first.clock, { at: NOON, valence: 0.1 });
  if (mood === undefined) throw new Error('no record');
  await first.save([mood]);
  await first.close();

  const valence = { stamp: first.clock.stampAfter(mood.whenStamp), value: 0.9 };
  await writerOf(ada, () => emptyStore(() => Promise.reject(new Error('not now')))).write([
    { kind: 'record', record: { ...mood, fields: { valence } } },
  ]);
  expect(await ada.store.tables.waiting.count()).toBe(1);

  const again = await ada.open();
  await again.loaded;
  const held = again.index.snapshot().held(mood.rec);
  if (held === undefined) throw new Error('it is gone');
  expect(moodOf(held.record)).toMatchObject({ valence: 0.9, arousal: 0.1 });
  await again.close();
});
