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
