import { createClock, moodOf } from '@evenkeel/journal';
import { bytesToHash32, randomBytes } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import type { HeldRecord } from './record-index.ts';
import { createOpenedMemory, envelopeOfText, openVersions } from './sealed-version.ts';
import { NOON, momentRecords, newPerson, oneRecord } from './test-device.ts';
import { createWriter } from './writer.ts';

const LAST_REV = 0xff_ff_ff_ff;

test('an entry that a removed device set to the last revision there is can still be changed on this device', async () => {
  const { vault, store, holder } = await newPerson('last-revision');
  const theirs = bytesToHash32(randomBytes(32));
  let held: HeldRecord | undefined;
  const writer = createWriter({
    vault,
    store,
    holder: () => holder,
    envelopes: () => null,
    opened: createOpenedMemory(),
    held: () => held,
    epoch: () => 0,
    acknowledged: async () => theirs,
    leftOutRev: async () => LAST_REV,
    written([one]) {
      if (one?.version.kind !== 'record') return;
      const { sid, rev, epoch } = one.envelope.header;
      held = {
        record: one.version.record,
        sid,
        rev,
        epoch,
        leaf: one.leaf,
        height: one.height,
        heldSince: NOON,
      };
    },
  });
  const clock = createClock({ now: () => NOON, dev: holder.dev });
  const mood = oneRecord(momentRecords(clock, { at: NOON, valence: 0.1 }));
  await writer.write([{ kind: 'record', record: mood }]);
  expect(await writer.sealAgain([mood.rec])).toMatchObject({ ok: true });
  const valence = { stamp: clock.stampAfter(mood.whenStamp), value: 0.9 };
  const changed = { ...mood, fields: { ...mood.fields, valence } };
  expect(await writer.write([{ kind: 'record', record: changed }])).toMatchObject({ ok: true });

  const [row] = await store.tables.waiting.toArray();
  const envelope = row === undefined ? null : envelopeOfText(row.env);
  expect(envelope?.header).toMatchObject({ rev: LAST_REV, replaces: theirs });
  const [read] = envelope === null ? [] : await openVersions(vault, holder.acct, [envelope]);
  if (read?.ok !== true || read.version.kind !== 'record') throw new Error('it is gone');
  expect(moodOf(read.version.record).valence).toBe(0.9);
});
