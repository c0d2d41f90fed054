import 'fake-indexeddb/auto';
import { copyFileSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATEGORY_NUMBERS, dayOfInstant, moodOf } from '@evenkeel/journal';
import { randomGrantId } from '@evenkeel/protocol';
import { readReceipts, settle } from '@evenkeel/sharing';
import { startServer } from '@evenkeel/sync-server';
import { expect, test, vi } from 'vitest';
import { DAY, NOON, everythingStored, momentRecords, oneRecord } from './test-device.ts';
import { deskOf, joined, quick, share, stopping } from './share.test-support.ts';

test('a clinician opens what was shared and nothing else, each time with a receipt, and again without the network', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  await ada.replica.save(
    momentRecords(ada.replica.clock, { at: NOON, valence: 0.4, words: 'not for the clinician' }),
  );
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - 2 * DAY, valence: -0.4 }));
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - 12 * DAY, valence: 0.9 }));
  await ada.replica.syncNow();
  await share(ada, ali);

  const desk = await deskOf(ali);
  expect(await desk.connect({ origin: server.url, ...quick })).toEqual({ ok: true });
  expect(await desk.openPerson(ada.device.holder.acct)).toEqual({ ok: true });
  const [grant] = desk.snapshot().grants;
  expect(grant).toMatchObject({
    status: 'open',
    waitingForKey: 0,
    setAside: 0,
    completeness: { missing: 0, restarted: false, faults: [], asOf: NOON },
  });
  const moments = desk.person(ada.device.holder.acct).snapshot().moments();
  expect(
    moments.map(({ day, records }) => [
      day,
      records.map(({ cat }) => cat),
      moodOf(oneRecord(records)).valence,
    ]),
  ).toEqual([
    ['2026-10-15', [CATEGORY_NUMBERS.mood], 0.4],
    ['2026-10-13', [CATEGORY_NUMBERS.mood], -0.4],
  ]);

  await ada.replica.syncNow();
  const read = await readReceipts(
    ada.device.vault,
    {
      owner: ada.device.holder.acct,
      grant: grant?.grant ?? randomGrantId(),
      clinician: ali.device.holder,
      origin: server.url,
    },
    (await ada.replica.receipts()).map(({ bytes }) => bytes),
  );
  expect(read.faults).toEqual([]);
  expect(read.receipts.map(({ why }) => why)).toContain('opened');
  await desk.close();

  const offline = await deskOf(ali);
  await offline.loaded;
  expect(offline.person(ada.device.holder.acct).snapshot().moments()).toHaveLength(2);
  await offline.close();
  await Promise.all([ada.replica.close(), ali.replica.close()]);
  await server.close();
});

test('entries that come before their key wait for it, and open when it comes', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - DAY, valence: 0.4 }));
  await ada.replica.syncNow();
  const given = await share(ada, ali);
  const desk = await deskOf(ali);
  await desk.connect({ origin: server.url, ...quick });
  await desk.syncNow();

  const { vault } = ada.device;
  ada.device.clock.now += 20 * DAY;
  ali.device.clock.now += 20 * DAY;
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON + 20 * DAY, valence: 0.8 }));
  const circumstances = {
    log: ada.replica.logs.grant(),
    grants: [given.grant],
    inUse: ada.replica.streamsInUse(),
    packed: given.packed,
    today: dayOfInstant(NOON + 20 * DAY, 'Europe/London'),
    now: NOON + 20 * DAY,
  };
  const settled = await settle(vault, circumstances);
  await ada.replica.logs.appendGrantLog(settled.grantLog);
  await ada.replica.syncNow();
  await desk.syncNow();
  const person = desk.person(ada.device.holder.acct);
  expect(person.snapshot().moments()).toHaveLength(1);
  expect(desk.snapshot().grants[0]).toMatchObject({ waitingForKey: 1 });

  await ada.replica.addPacks(settled.packs);
  await ada.replica.syncNow();
  await desk.syncNow();
  expect(person.snapshot().moments()).toHaveLength(2);
  expect(desk.snapshot().grants[0]).toMatchObject({
    waitingForKey: 0,
    completeness: { missing: 0, faults: [] },
  });
  await desk.close();
  await Promise.all([ada.replica.close(), ali.replica.close()]);
  await server.close();
});

test('when a share is stopped the clinician drops keys, entries and index, and it is said', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - DAY, valence: 0.4 }));
  await ada.replica.syncNow();
  const given = await share(ada, ali);
  const desk = await deskOf(ali);
  await desk.connect({ origin: server.url, ...quick });
  await desk.syncNow();
  const owner = ada.device.holder.acct;
  expect(desk.person(owner).snapshot().moments()).toHaveLength(1);
  expect(await everythingStored(ali.device)).toMatch(/"env":"[A-Za-z0-9_-]{300,}"/);

  const stopped = await stopping(ada, given.grant.state.grant.grant, {
    grants: [given.grant],
    inUse: ada.replica.streamsInUse(),
    packed: given.packed,
  });
  expect(await ada.replica.logs.appendGrantLog(stopped.grantLog)).toEqual({ ok: true, sent: true });
  await desk.syncNow();
  expect(desk.snapshot().grants[0]).toMatchObject({ status: 'ended', ended: { reason: 'revoked' } });
  expect(desk.person(owner).snapshot().moments()).toHaveLength(0);
  const left = await everythingStored(ali.device);
  expect(left).not.toMatch(/"env":"[A-Za-z0-9_-]{300,}"/);
  expect(await ali.device.store.tables.packs.count()).toBe(0);
  await desk.close();
  const again = await deskOf(ali);
  expect(again.snapshot().grants[0]).toMatchObject({ status: 'ended' });
  await again.close();
  await Promise.all([ada.replica.close(), ali.replica.close()]);
  await server.close();
});

test('a phone whose clock runs ahead does not make what a clinician holds look complete in days to come', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  ada.device.clock.now += 300 * DAY;
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - DAY, valence: 0.4 }));
  await ada.replica.syncNow();
  await share(ada, ali);
  const desk = await deskOf(ali);
  await desk.connect({ origin: server.url, ...quick });
  await desk.syncNow();
  expect(desk.snapshot().grants[0]?.completeness).toMatchObject({ missing: 0, faults: [], asOf: NOON });
  await desk.close();
  await Promise.all([ada.replica.close(), ali.replica.close()]);
  await server.close();
});

test('what was shared once and stopped is read again under a new share', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - DAY, valence: 0.4 }));
  await ada.replica.syncNow();
  const given = await share(ada, ali);
  const desk = await deskOf(ali);
  await desk.connect({ origin: server.url, ...quick });
  await desk.syncNow();
  const owner = ada.device.holder.acct;
  expect(desk.person(owner).snapshot().moments()).toHaveLength(1);
  const stopped = await stopping(ada, given.grant.state.grant.grant, {
    grants: [given.grant],
    inUse: ada.replica.streamsInUse(),
    packed: given.packed,
  });
  await ada.replica.logs.appendGrantLog(stopped.grantLog);
  await desk.syncNow();
  expect(desk.person(owner).snapshot().moments()).toHaveLength(0);

  await share(ada, ali);
  await desk.syncNow();
  await expect.poll(() => desk.person(owner).snapshot().moments().length).toBe(1);
  await desk.close();
  await Promise.all([ada.replica.close(), ali.replica.close()]);
  await server.close();
});

test('a clinician’s clock that ran ahead once does not end a share for good', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - DAY, valence: 0.4 }));
  await ada.replica.syncNow();
  const expires = Date.now() + 100 * DAY;
  await share(ada, ali, expires);
  const desk = await deskOf(ali);
  await desk.connect({ origin: server.url, ...quick });
  await desk.syncNow();
  const owner = ada.device.holder.acct;
  ali.device.clock.now = expires + DAY;
  await desk.syncNow();
  expect(desk.snapshot().grants[0]).toMatchObject({ status: 'ended', ended: { reason: 'expired' } });
  expect(desk.person(owner).snapshot().moments()).toHaveLength(0);

  ali.device.clock.now = NOON;
  await desk.syncNow();
  expect(desk.snapshot().grants[0]).toMatchObject({ status: 'open', completeness: { faults: [] } });
  await expect.poll(() => desk.person(owner).snapshot().moments().length).toBe(1);
  await desk.close();
  await Promise.all([ada.replica.close(), ali.replica.close()]);
  await server.close();
});

test.each(['stopped', 'thrown away'])(
  'a share that was %s while the page was cut off is emptied at the next opening',
  async (how) => {
    const server = await startServer({ signups: 'open' });
    const ada = await joined(server, 'ada');
    const ali = await joined(server, 'ali');
    await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - DAY, valence: 0.4 }));
    await ada.replica.syncNow();
    const given = await share(ada, ali);
    const desk = await deskOf(ali);
    await desk.connect({ origin: server.url, ...quick });
    await desk.syncNow();
    const cutOff = vi.spyOn(ali.device.vault, 'dropKeys').mockRejectedValue(new Error('cut off'));
    if (how === 'stopped') {
      const { grant } = given.grant.state.grant;
      const stopped = await stopping(ada, grant, {
        grants: [given.grant],
        inUse: ada.replica.streamsInUse(),
        packed: given.packed,
      });
      await ada.replica.logs.appendGrantLog(stopped.grantLog);
      await desk.syncNow();
    } else {
      await desk.forget(ada.device.holder.acct).catch(() => undefined);
    }
    await desk.close();
    expect(await ali.device.store.tables.packs.count()).toBe(1);
    cutOff.mockRestore();

    const again = await deskOf(ali);
    expect(await ali.device.store.tables.packs.count()).toBe(0);
    expect(await everythingStored(ali.device)).not.toMatch(/"env":"[A-Za-z0-9_-]{300,}"/);
    await again.close();
    await Promise.all([ada.replica.close(), ali.replica.close()]);
    await server.close();
  },
);

test('a server put back from an older backup serves a stopped share to nobody, before its owner was there or after', async () => {
  const database = join(mkdtempSync(join(tmpdir(), 'evenkeel-stopped-')), 'evenkeel.sqlite');
  let server = await startServer({ signups: 'open', database });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  const eve = await joined(server, 'eve');
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - DAY, valence: 0.4 }));
  await ada.replica.syncNow();
  const given = await share(ada, ali);
  const other = await share(ada, eve);
  const desk = await deskOf(ali);
  const otherDesk = await deskOf(eve);
  for (const one of [desk, otherDesk]) {
    await one.connect({ origin: server.url, ...quick });
    await one.syncNow();
  }
  await ada.replica.syncNow();
  for (const suffix of ['', '-wal']) copyFileSync(`${database}${suffix}`, `${database}.backup${suffix}`);
  const stopped = await stopping(ada, given.grant.state.grant.grant, {
    grants: [given.grant, other.grant],
    inUse: ada.replica.streamsInUse(),
    packed: [...given.packed, ...other.packed],
  });
  expect(await ada.replica.logs.appendGrantLog(stopped.grantLog)).toEqual({ ok: true, sent: true });
  await ada.replica.addPacks(stopped.packs);
  await Promise.all([ada.replica, ali.replica, eve.replica, desk, otherDesk].map((one) => one.disconnect()));
  const port = Number(new URL(server.url).port);
  await server.close();
  for (const suffix of ['', '-wal']) renameSync(`${database}.backup${suffix}`, `${database}${suffix}`);
  server = await startServer({ signups: 'open', database, port });

  const receipts = () => ada.device.store.tables.receipts.count();
  const before = await receipts();
  for (const one of [desk, otherDesk]) {
    expect(await one.connect({ origin: server.url, ...quick })).toEqual({ ok: true });
    await one.syncNow();
    expect(one.snapshot().grants[0]).toMatchObject({ status: 'open', completeness: { restarted: true } });
  }
  expect(await ada.replica.connect({ origin: server.url, ...quick })).toEqual({ ok: true });
  await ada.replica.syncNow();
  expect(await receipts(), 'nothing was read before the owner was back').toBe(before);
  for (const one of [desk, otherDesk]) await one.syncNow();
  expect(desk.snapshot().grants[0]).toMatchObject({ status: 'ended', ended: { reason: 'revoked' } });
  expect(otherDesk.snapshot().grants[0]).toMatchObject({
    status: 'open',
    completeness: { restarted: false, missing: 0, faults: [], asOf: NOON },
  });
  await ada.replica.syncNow();
  expect(await receipts()).toBe(before + 1);
  await Promise.all([desk.close(), otherDesk.close()]);
  await Promise.all([ada.replica.close(), ali.replica.close(), eve.replica.close()]);
  await server.close();
});

test('a share nobody asked for is not read: no receipt, no keys, no entries', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - DAY, valence: 0.4 }));
  await ada.replica.syncNow();
  await share(ada, ali);
  const desk = await deskOf(ali, { admits: false });
  await desk.connect({ origin: server.url, ...quick });
  await desk.syncNow();
  expect(desk.snapshot().grants[0]).toMatchObject({ status: 'refused', fault: 'not-invited' });
  expect(desk.person(ada.device.holder.acct).snapshot().moments()).toHaveLength(0);
  await ada.replica.syncNow();
  expect(await ada.replica.receipts()).toHaveLength(0);
  await desk.close();
  await Promise.all([ada.replica.close(), ali.replica.close()]);
  await server.close();
});

test('a desk that stays open with no network drops a share when its end comes, and says so', async () => {
  const server = await startServer({ signups: 'open', clock: () => NOON });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON, valence: 0.4 }));
  await ada.replica.syncNow();
  await share(ada, ali, NOON + DAY);
  const desk = await deskOf(ali);
  await desk.connect({ origin: server.url, ...quick });
  await desk.openPerson(ada.device.holder.acct);
  await desk.disconnect();
  const shown = () => desk.person(ada.device.holder.acct).snapshot().moments().length;
  expect(shown()).toBe(1);

  ali.device.clock.now = NOON + DAY - 50;
  desk.lookAtClock();
  await new Promise((go) => setTimeout(go, 10));
  expect([desk.snapshot().grants[0]?.status, shown()]).toEqual(['open', 1]);
  ali.device.clock.now = NOON + DAY;
  await expect.poll(() => desk.snapshot().grants[0]?.status, { timeout: 2000 }).toBe('ended');
  expect(desk.snapshot().grants[0]?.ended).toEqual({ reason: 'expired', at: NOON + DAY });
  await expect.poll(shown).toBe(0);
  const { packs, sharedGrants } = ali.device.store.tables;
  expect(await packs.count()).toBe(0);
  await expect.poll(async () => (await sharedGrants.toArray())[0]?.emptied).toBe(true);
  await Promise.all([desk.close(), ada.replica.close(), ali.replica.close()]);
  await server.close();
});

test('a desk that wakes after the end of a share, or before its beginning has passed, looks at the clock', async () => {
  const server = await startServer({ signups: 'open', clock: () => NOON });
  const ada = await joined(server, 'ada');
  const ali = await joined(server, 'ali');
  await share(ada, ali, NOON + DAY);
  const desk = await deskOf(ali);
  await desk.connect({ origin: server.url, ...quick });
  await desk.openPerson(ada.device.holder.acct);
  await desk.disconnect();
  const status = () => desk.snapshot().grants[0]?.status;
  ali.device.clock.now = NOON - 60;
  desk.lookAtClock();
  await expect.poll(status).toBe('not-yet');
  ali.device.clock.now = NOON;
  await expect.poll(status, { timeout: 2000 }).toBe('open');
  ali.device.clock.now = NOON + 3 * DAY;
  desk.lookAtClock();
  await expect.poll(status).toBe('ended');
  await Promise.all([desk.close(), ada.replica.close(), ali.replica.close()]);
  await server.close();
});
