import { copyFileSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pullReplySchema, toBase64url } from '@evenkeel/protocol';
import { type RunningServer, startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import { DAY, NOON, anotherDevice, everythingStored, momentRecords, newPerson } from './test-device.ts';
import { granting, stopping } from './share.test-support.ts';
import { ownHeadKey } from './sign-heads.ts';

const quick = { live: false, retryMs: 20 } as const;

/** The same address with an empty database. */
async function emptied(server: RunningServer): Promise<RunningServer> {
  const port = Number(new URL(server.url).port);
  await server.close();
  return startServer({ signups: 'open', port });
}

test('a server that lost its database gets the whole diary again, and nothing here is lost', async () => {
  let server = await startServer({ signups: 'open' });
  const ada = await newPerson('restarted');
  const replica = await ada.open();
  const saved = await replica.save(momentRecords(replica.clock, { at: NOON, words: 'first' }));
  const gone = await replica.save(momentRecords(replica.clock, { at: NOON + 1, words: 'regretted' }));
  if (!saved.ok || !gone.ok) throw new Error('not saved');
  await replica.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await replica.syncNow();
  await replica.eraseForGood(gone.records.map(({ rec }) => rec));
  await replica.syncNow();
  const before = replica.sync().server?.serverEpoch;
  await replica.disconnect();

  server = await emptied(server);
  expect(await replica.connect({ origin: server.url, ...quick })).toEqual({
    ok: false,
    reason: 'account-unknown',
  });
  expect(replica.index.snapshot().size).toBe(2);
  expect(await replica.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } })).toEqual({
    ok: true,
  });
  expect(await replica.syncNow()).toEqual({ ok: true });
  const { server: now, restartedAt, completeness } = replica.sync();
  expect(now?.serverEpoch).not.toBe(before);
  expect(restartedAt).toBe(NOON);
  expect(completeness.faults).toEqual([]);
  expect(replica.safetyCounts()).toMatchObject({ onYourServer: 2, waiting: 0 });
  expect(replica.logs.device().epochAccepts.map(({ serverEpoch }) => serverEpoch)).toEqual([
    now?.serverEpoch,
  ]);
  await replica.acknowledgeRestart();
  expect(replica.sync().restartedAt).toBeNull();

  const stored = await everythingStored(ada);
  expect(
    new Set(
      [...stored.matchAll(/^rxdb-dexie-[^/]*rx-replication-meta-([0-9a-f]+)/gm)].map(([, hash]) => hash),
    ).size,
  ).toBe(1);
  const logs = { deviceLog: await replica.logs.deviceObjects(), grantLog: await replica.logs.grantObjects() };
  const tablet = await anotherDevice(ada, logs);
  const second = await tablet.open();
  await second.connect({ origin: server.url, ...quick });
  await second.syncNow();
  expect(second.index.snapshot().size).toBe(2);
  await Promise.all([replica.close(), second.close()]);
  await server.close();
});

test('a head signed for an earlier database of a server is neither believed nor called a fault when it is shown again', async () => {
  let server = await startServer({ signups: 'open' });
  const ada = await newPerson('earlier-head');
  const phone = await ada.open();
  await phone.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  const tablet = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
  const second = await tablet.open();
  await second.connect({ origin: server.url, ...quick });
  await second.save(momentRecords(second.clock, { at: NOON }));
  await second.syncNow();
  await phone.syncNow();
  expect(phone.sync().completeness.devices.get(tablet.holder.dev)).toBe(NOON);
  const earlier = await tablet.store.tables.heads.get(ownHeadKey(tablet.holder.dev));
  if (earlier === undefined) throw new Error('the tablet has signed nothing');
  await second.close();
  await phone.disconnect();

  server = await emptied(server);
  let shown = 0;
  const showing: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (!new Request(input).url.endsWith('/v1/pull') || !answer.ok) return answer;
    const pulled = pullReplySchema.parse(await answer.json());
    const replies = pulled.replies.map((reply) => {
      if (reply.kind !== 'own') return reply;
      shown += 1;
      return { ...reply, heads: [...reply.heads, toBase64url(earlier.bytes)] };
    });
    return Response.json({ ...pulled, replies });
  };
  await phone.joinServer({ origin: server.url, ...quick, fetch: showing, invitation: { kind: 'none' } });
  expect(await phone.syncNow()).toEqual({ ok: true });
  expect(await phone.syncNow()).toEqual({ ok: true });
  expect(shown).toBeGreaterThan(1);
  expect(phone.sync().completeness.devices.has(tablet.holder.dev)).toBe(false);
  expect(phone.sync().completeness.faults).toEqual([]);
  await phone.close();
  await server.close();
});

test('a server put back from an older backup is met as a new one, and gets what it lacks', async () => {
  const database = join(mkdtempSync(join(tmpdir(), 'evenkeel-restored-')), 'evenkeel.sqlite');
  let server = await startServer({ signups: 'open', database });
  const ada = await newPerson('put-back');
  const replica = await ada.open();
  const kept = await replica.save(momentRecords(replica.clock, { at: NOON, words: 'in the backup' }));
  if (!kept.ok) throw new Error(kept.reason);
  await replica.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await replica.syncNow();
  for (const suffix of ['', '-wal']) copyFileSync(`${database}${suffix}`, `${database}.backup${suffix}`);

  await replica.save(momentRecords(replica.clock, { at: NOON + 1, words: 'after it' }));
  await replica.eraseForGood(kept.records.map(({ rec }) => rec).slice(0, 1));
  ada.clock.now += DAY;
  await replica.syncNow();
  expect(replica.safetyCounts()).toMatchObject({ onYourServer: 3, waiting: 0 });
  const before = replica.sync().server?.serverEpoch;
  await replica.disconnect();
  const port = Number(new URL(server.url).port);
  await server.close();
  for (const suffix of ['', '-wal']) renameSync(`${database}.backup${suffix}`, `${database}${suffix}`);
  server = await startServer({ signups: 'open', database, port });

  expect(await replica.connect({ origin: server.url, ...quick })).toEqual({ ok: true });
  expect(await replica.syncNow()).toEqual({ ok: true });
  expect(replica.sync().server?.serverEpoch).not.toBe(before);
  expect(replica.sync()).toMatchObject({ restartedAt: ada.clock.now, completeness: { faults: [] } });
  expect(replica.safetyCounts()).toMatchObject({ onYourServer: 3, waiting: 0 });

  const logs = { deviceLog: await replica.logs.deviceObjects(), grantLog: await replica.logs.grantObjects() };
  const tablet = await anotherDevice(ada, logs);
  const second = await tablet.open();
  await second.connect({ origin: server.url, ...quick });
  await second.syncNow();
  expect(second.index.snapshot().size).toBe(3);
  expect(second.sync().completeness).toMatchObject({ faults: [], asOf: ada.clock.now });
  expect([...second.sync().completeness.devices], 'the first device signs again').toContainEqual([
    ada.holder.dev,
    ada.clock.now,
  ]);
  await Promise.all([replica.close(), second.close()]);
  await server.close();
});

test('what was sealed before a share was stopped elsewhere is sealed again, and then taken', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('stops');
  const phone = await ada.open();
  await phone.save(momentRecords(phone.clock, { at: NOON }));
  await phone.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await phone.syncNow();
  const tablet = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
  const second = await tablet.open();
  await second.connect({ origin: server.url, ...quick });
  await second.syncNow();
  await second.disconnect();

  const ali = await newPerson('ali-stopped');
  const desk = await ali.open();
  await desk.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  const person = { device: ada, replica: phone };
  const given = await granting(person, { device: ali, replica: desk });
  expect(await phone.logs.appendGrantLog(given.grantLog)).toEqual({ ok: true, sent: true });
  expect(await phone.logs.appendGrantLog((await stopping(person, given.id)).grantLog)).toEqual({
    ok: true,
    sent: true,
  });
  expect(phone.logs.grant().epoch).toBe(1);

  const late = await second.save(
    momentRecords(second.clock, { at: NOON + 5, words: 'written without knowing' }),
  );
  if (!late.ok) throw new Error(late.reason);
  expect(late.records.map(({ rec }) => second.index.snapshot().held(rec)?.epoch)).toEqual([0, 0]);
  await second.connect({ origin: server.url, ...quick });
  await second.syncNow();
  expect(late.records.map(({ rec }) => second.index.snapshot().held(rec)?.epoch)).toEqual([1, 1]);
  await expect.poll(() => second.safetyCounts()).toMatchObject({ onYourServer: 3, waiting: 0 });
  await phone.syncNow();
  expect(phone.index.snapshot().size).toBe(3);
  await Promise.all([phone.close(), second.close(), desk.close()]);
  await server.close();
});

test('what the server refuses waits with its reason and is sent once there is room', async () => {
  const server = await startServer({ signups: 'open', limits: { accountStreams: 1 } });
  const ada = await newPerson('refused');
  const replica = await ada.open();
  const saved = await replica.save(momentRecords(replica.clock, { at: NOON, words: 'one stream too many' }));
  if (!saved.ok) throw new Error(saved.reason);
  await replica.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await replica.syncNow();
  const { waitingByReason, onYourServer } = replica.safetyCounts();
  expect([...waitingByReason]).toEqual([['too-many-streams', 1]]);
  expect(onYourServer).toBe(1);
  await replica.close();

  const again = await ada.open();
  await again.opened;
  expect([...again.safetyCounts().waitingByReason]).toEqual([['too-many-streams', 1]]);
  await again.close();
  await server.close();
});

test('two devices that change the same log at once do not undo each other', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('logs');
  const phone = await ada.open();
  await phone.opened;
  await phone.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await phone.syncNow();
  const tablet = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
  const second = await tablet.open();
  await second.connect({ origin: server.url, ...quick });
  await second.syncNow();

  const tipBefore = phone.logs.device();
  const accept = (seq: number, prev: string) =>
    ada.vault.sign([{ type: 'min-suite', signer: 'identity', payload: { seq, prev, time: NOON, suite: 1 } }]);
  expect(
    await second.logs.appendDeviceLog(await accept(second.logs.device().seq + 1, second.logs.device().hash)),
  ).toEqual({ ok: true, sent: true });
  const mine = await accept(tipBefore.seq + 1, tipBefore.hash);
  expect(await phone.logs.appendDeviceLog(mine)).toEqual({ ok: true, sent: true });
  expect(phone.logs.device().seq).toBe(second.logs.device().seq + 1);
  await second.syncNow();
  expect(second.logs.device().hash).toBe(phone.logs.device().hash);
  await Promise.all([phone.close(), second.close()]);
  await server.close();
});
