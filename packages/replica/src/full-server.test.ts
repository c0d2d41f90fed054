import { type GrantLog, bytesToStreamId, randomBytes } from '@evenkeel/protocol';
import { makeExtend } from '@evenkeel/sharing';
import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import { NOON, momentRecords, newPerson } from './test-device.ts';
import { granting, stopping } from './share.test-support.ts';

const quick = { live: false, retryMs: 20 } as const;

test('a share can be stopped on a server without room, whatever else waits to be sent', async () => {
  let now = NOON;
  let free = 1e9;
  const server = await startServer({ signups: 'open', clock: () => now, freeBytes: async () => free });
  const ada = await newPerson('full');
  const phone = await ada.open();
  await phone.save(momentRecords(phone.clock, { at: NOON }));
  await phone.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await phone.syncNow();
  const ali = await newPerson('ali-full');
  const desk = await ali.open();
  await desk.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  const person = { device: ada, replica: phone };
  const given = await granting(person, { device: ali, replica: desk });
  expect(await phone.logs.appendGrantLog(given.grantLog)).toEqual({ ok: true, sent: true });

  free = 0;
  now += 60_000;
  expect(given.packs.length).toBeGreaterThan(0);
  await phone.addPacks(given.packs);
  expect(await phone.logs.appendGrantLog((await stopping(person, given.id)).grantLog)).toEqual({
    ok: true,
    sent: true,
  });
  expect(await server.store.findGrantTo(ali.holder.acct, given.id)).toMatchObject({ revokedAt: NOON });
  expect(phone.logs.grant().epoch).toBe(1);
  await Promise.all([phone.close(), desk.close()]);
  await server.close();
});

test('a share that was stopped while away is stopped by a server that has no room for what was added before', async () => {
  let now = NOON;
  let free = 1e9;
  let isAway = false;
  const flaky: typeof fetch = (input, init) =>
    isAway ? Promise.reject(new TypeError('Failed to fetch')) : fetch(input, init);
  const server = await startServer({ signups: 'open', clock: () => now, freeBytes: async () => free });
  const ada = await newPerson('full-away');
  const phone = await ada.open();
  await phone.save(momentRecords(phone.clock, { at: NOON }));
  await phone.joinServer({ origin: server.url, ...quick, fetch: flaky, invitation: { kind: 'none' } });
  await phone.syncNow();
  const ali = await newPerson('ali-full-away');
  const desk = await ali.open();
  await desk.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  const person = { device: ada, replica: phone };
  const given = await granting(person, { device: ali, replica: desk });
  await phone.logs.appendGrantLog(given.grantLog);
  const other = await granting(person, { device: ali, replica: desk });
  await phone.logs.appendGrantLog(other.grantLog);

  isAway = true;
  free = 0;
  now += 60_000;
  const more = [{ sid: bytesToStreamId(randomBytes(16)), kids: null }];
  await phone.logs.appendGrantLog([await makeExtend(ada.vault, phone.logs.grant(), other.id, more, NOON)]);
  await phone.logs.appendGrantLog((await stopping(person, given.id)).grantLog);
  isAway = false;
  const revokedAt = async () => (await server.store.findGrantTo(ali.holder.acct, given.id))?.revokedAt;
  await phone.syncNow();
  await expect.poll(revokedAt, { timeout: 3000 }).toBe(NOON);
  const waiting = () => ada.store.tables.logs.filter(({ sent }) => !sent).count();
  expect(await waiting()).toBe(1);
  free = 1e9;
  now += 60_000;
  await phone.syncNow();
  await expect.poll(waiting, { timeout: 3000 }).toBe(0);
  const admitted = (log: GrantLog): number => log.grants.get(other.id)?.streams.size ?? 0;
  expect(admitted(phone.logs.grant())).toBe(admitted(other.log) + 1);
  await Promise.all([phone.close(), desk.close()]);
  await server.close();
});
