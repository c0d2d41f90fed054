import { CATEGORY_NUMBERS, dayOfInstant } from '@evenkeel/journal';
import { ZERO_HASH, toBase64url } from '@evenkeel/protocol';
import { giveGrant, revoke } from '@evenkeel/sharing';
import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import { NOON, momentRecords, newPerson } from './test-device.ts';

const quick = { live: false, retryMs: 20 } as const;
const today = dayOfInstant(NOON, 'Europe/London');

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
  const [account] = await desk.logs.deviceObjects();
  const { acct, signPk, boxPk } = ali.holder;
  const given = await giveGrant(ada.vault, ada.holder, {
    log: phone.logs.grant(),
    inUse: phone.streamsInUse(),
    today,
    to: {
      acct,
      account: toBase64url(account ?? new Uint8Array()),
      signPk,
      boxPk,
      name: 'Dr Ali',
      how: 'in-person',
      via: { kind: 'card', nonce: 'AAAAAAAAAAAAAAAAAAAAAA' },
      at: NOON,
      checkedAt: NOON,
    },
    personName: 'Ada',
    scope: { categories: [CATEGORY_NUMBERS.mood], period: { kind: 'all' } },
    purpose: '',
    expires: null,
    now: NOON,
    consent: { version: '1', textHash: ZERO_HASH, language: 'en', shownAt: NOON, acceptedAt: NOON },
  });
  if (!given.ok) throw new Error(given.reason);
  expect(await phone.logs.appendGrantLog(given.grantLog)).toEqual({ ok: true, sent: true });

  free = 0;
  now += 60_000;
  expect(given.packs.length).toBeGreaterThan(0);
  await phone.addPacks(given.packs);
  const stopped = await revoke(ada.vault, given.id, {
    log: phone.logs.grant(),
    grants: [],
    inUse: [],
    packed: [],
    today,
    now: NOON,
  });
  if (!stopped.ok) throw new Error(stopped.reason);
  expect(await phone.logs.appendGrantLog(stopped.grantLog)).toEqual({ ok: true, sent: true });
  expect(await server.store.findGrantTo(acct, given.id)).toMatchObject({ revokedAt: NOON });
  expect(phone.logs.grant().epoch).toBe(1);
  await Promise.all([phone.close(), desk.close()]);
  await server.close();
});
