import {
  type RecordId,
  type StreamId,
  ZERO_HASH,
  bytesToRecordId,
  bytesToStreamId,
  randomBytes,
  replayDeviceLog,
  toBase64url,
} from '@evenkeel/protocol';
import { CATEGORY_NUMBERS, type EntryRecord, encodeRecord } from '@evenkeel/journal';
import type { Place } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { momentRecords, newPerson, oneRecord } from './test-device.ts';
import { type VerifyContext, canHeal, verifyItems } from './verify-pull.ts';

/**
 * One sealed mood of a real person, as a server would serve it, and what is needed to verify it. `lies`: where its
 * envelope is sealed and what it is called there, when that is not where the mood inside says it belongs.
 */
async function servedMood(
  epoch: number,
  lies: (record: EntryRecord) => Partial<Place & { rec: RecordId }> = () => ({}),
) {
  const { vault, holder, store, clock, open } = await newPerson('verify');
  const replica = await open();
  await replica.opened;
  const record = oneRecord(momentRecords(replica.clock, { at: clock.now }));
  const at = { cat: record.cat, month: record.place.month, day: record.place.day, ...lies(record) };
  const [sealed] = await vault.seal([
    {
      type: 'record',
      epoch,
      rec: record.rec,
      ...at,
      rev: 1,
      replaces: ZERO_HASH,
      plaintext: encodeRecord(record),
    },
  ]);
  const [sid] = await vault.streams([at]);
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

test.each([
  ['record', () => ({ rec: bytesToRecordId(new Uint8Array(16).fill(5)) })],
  ['category', () => ({ cat: CATEGORY_NUMBERS.sleep })],
  ['month', ({ place }: EntryRecord) => ({ month: place.month - 1 })],
  ['day', ({ place }: EntryRecord) => ({ day: place.day + 1 })],
])(
  'an entry that its own device signed under another %s than its own is set apart as misplaced, for good',
  async (_what, lies) => {
    const { context, item } = await servedMood(0, lies);
    const [verified] = await verifyItems([item], context);
    expect(verified).toMatchObject({ kind: 'apart', reason: 'misplaced', booked: { n: 1 } });
    expect(canHeal('misplaced')).toBe(false);
  },
);

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
