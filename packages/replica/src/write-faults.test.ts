import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import { NOON, anotherDevice, everythingStored, momentRecords, newPerson, oneRecord } from './test-device.ts';

test('on a full device nothing is half-saved, it is said, and there is nothing to undo', async () => {
  const ada = await newPerson('full');
  const replica = await ada.open();
  await replica.opened;
  await replica.save(momentRecords(replica.clock, { at: NOON }));
  const before = await everythingStored(ada);
  const records = momentRecords(replica.clock, { at: NOON + 1, words: 'does not fit' });
  const put = IDBObjectStore.prototype.put;
  let puts = 0;
  IDBObjectStore.prototype.put = function full(...parts) {
    puts += 1;
    if (puts > 1) throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, parts);
  };
  try {
    expect(await replica.save(records)).toEqual({ ok: false, reason: 'storage-full' });
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  expect(puts).toBeGreaterThan(0);
  expect(replica.index.snapshot().size).toBe(1);
  const envelopes = (text: string): readonly string[] =>
    text.split('\n').filter((line) => line.includes('--own/docs'));
  expect(envelopes(await everythingStored(ada))).toEqual(envelopes(before));
  expect(await replica.save(records)).toMatchObject({ ok: true });
  expect(replica.index.snapshot().size).toBe(3);
  await replica.close();
});

test('a vault that was locked meanwhile writes nothing and says so', async () => {
  const ada = await newPerson('locked');
  const replica = await ada.open();
  await replica.opened;
  const records = momentRecords(replica.clock, { at: NOON });
  await ada.vault.lock();
  expect(await replica.save(records)).toEqual({ ok: false, reason: 'locked' });
  await replica.close();
});

test('a text that does not fit an envelope is refused whole', async () => {
  const ada = await newPerson('long');
  const replica = await ada.open();
  await replica.opened;
  const [record] = momentRecords(replica.clock, { at: NOON });
  if (record === undefined) throw new Error('no record');
  const stamp = replica.clock.stampAfter();
  const huge = { ...record, fields: { ...record.fields, extra: { stamp, value: 'x'.repeat(70_000) } } };
  expect(await replica.save([huge])).toEqual({ ok: false, reason: 'too-large' });
  expect(replica.index.snapshot().size).toBe(0);
  await replica.close();
});

test('nothing a person wrote, and no category or day, lies open in any database', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('canary');
  const replica = await ada.open();
  await replica.save(momentRecords(replica.clock, { at: NOON, words: 'canaryheliotrope' }));
  await replica.joinServer({ origin: server.url, live: false, retryMs: 20, invitation: { kind: 'none' } });
  await replica.syncNow();
  await replica.close();
  const stored = await everythingStored(ada);
  expect(stored.length).toBeGreaterThan(2000);
  for (const open of [
    'canaryheliotrope',
    Buffer.from('canaryheliotrope').toString('base64url').slice(0, 18),
    'valence',
    '2026-10',
    'Europe/London',
    '"cat"',
    '"month"',
    '"moments"',
  ]) {
    expect(stored).not.toContain(open);
  }
  await server.close();
});

test('what one device saves the other shows while both look on', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('live');
  const phone = await ada.open();
  await phone.joinServer({ origin: server.url, retryMs: 20, invitation: { kind: 'none' } });
  await phone.syncNow();
  const tablet = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
  const second = await tablet.open();
  await second.connect({ origin: server.url, retryMs: 20 });
  await second.syncNow();
  const saved = await phone.save(momentRecords(phone.clock, { at: NOON }));
  if (!saved.ok) throw new Error(saved.reason);
  await expect.poll(() => second.index.snapshot().size, { interval: 5, timeout: 5000 }).toBe(1);
  await expect
    .poll(() => phone.safetyOf(oneRecord(saved.records).rec), { timeout: 5000 })
    .toEqual({ where: 'on-your-server' });
  await Promise.all([phone.close(), second.close()]);
  await server.close();
});
