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
