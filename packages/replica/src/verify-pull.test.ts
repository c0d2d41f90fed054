import {
  type StreamId,
  ZERO_HASH,
  bytesToStreamId,
  randomBytes,
  replayDeviceLog,
  toBase64url,
} from '@evenkeel/protocol';
import { encodeRecord } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import { momentRecords, newPerson, oneRecord } from './test-device.ts';
import { type VerifyContext, verifyItems } from './verify-pull.ts';

/** One sealed mood of a real person, as a server would serve it, and what is needed to verify it. */
async function servedMood(epoch: number) {
  const { vault, holder, store, clock, open } = await newPerson('verify');
  const replica = await open();
  await replica.opened;
  const record = oneRecord(momentRecords(replica.clock, { at: clock.now }));
  const { month, day } = record.place;
  const [sealed] = await vault.seal([
    {
      type: 'record',
      epoch,
      cat: record.cat,
      month,
      day,
      rec: record.rec,
      rev: 1,
      replaces: ZERO_HASH,
      plaintext: encodeRecord(record),
    },
  ]);
  const [sid] = await vault.streams([{ cat: record.cat, month }]);
  const log = await replayDeviceLog(await replica.logs.deviceObjects());
  await replica.close();
  store.close();
  if (sealed === undefined || sid === undefined || !log.ok) throw new Error('the mood was not sealed');
  const context: VerifyContext = {
    owner: holder.acct,
    deviceLog: log.log,
    epoch: 0,
    vault,
    cutAt: async () => 0,
    streamOf: () => undefined,
  };
  return { context, item: { sid, n: 1, env: toBase64url(sealed) } };
}

test('an entry as an honest server serves it is taken', async () => {
  const { context, item } = await servedMood(0);
  expect(await verifyItems([item], context)).toMatchObject([{ kind: 'taken' }]);
});

test('an entry sealed under an epoch that the grant log does not know is set apart', async () => {
  const { context, item } = await servedMood(3);
  expect(await verifyItems([item], context)).toMatchObject([{ kind: 'apart', reason: 'epoch-ahead' }]);
  expect(await verifyItems([item], { ...context, epoch: 3 })).toMatchObject([{ kind: 'taken' }]);
});

test('a reader who does not see the grant log takes any epoch', async () => {
  const { context, item } = await servedMood(3);
  expect(await verifyItems([item], { ...context, epoch: null })).toMatchObject([{ kind: 'taken' }]);
});

test('a record that is known in one stream is set apart when it comes in another', async () => {
  const { context, item } = await servedMood(0);
  const other: StreamId = bytesToStreamId(randomBytes(16));
  expect(await verifyItems([item], { ...context, streamOf: () => other })).toMatchObject([
    { kind: 'apart', reason: 'wrong-stream' },
  ]);
  expect(await verifyItems([item], { ...context, streamOf: () => item.sid })).toMatchObject([
    { kind: 'taken' },
  ]);
});
