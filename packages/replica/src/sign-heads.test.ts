import { headSchema, parseObject, parsePayload } from '@evenkeel/protocol';
import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import { DAY, NOON, type TestDevice, momentRecords, newPerson } from './test-device.ts';
import { ownHeadKey } from './sign-heads.ts';
import { createWorld } from './world.ts';

async function lastHead({ store, holder }: TestDevice) {
  const row = await store.tables.heads.get(ownHeadKey(holder.dev));
  const parsed = row && parseObject(row.bytes);
  const head = parsed?.ok === true ? parsePayload(parsed.object.payload, headSchema) : null;
  if (head?.ok !== true) throw new Error('nothing was signed');
  return head.value;
}

test('a head is signed once a day although nothing changed, and each 64th of them names every stream', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('daily');
  const phone = await ada.open();
  await phone.save(momentRecords(phone.clock, { at: NOON }));
  const quick = { live: false, retryMs: 60_000, invitation: { kind: 'none' } } as const;
  await phone.joinServer({ origin: server.url, ...quick });
  await phone.syncNow();
  const { seq, streams } = await lastHead(ada);
  expect(streams).toHaveLength(1);
  ada.clock.now += DAY - 1;
  await phone.syncNow();
  expect(await lastHead(ada)).toMatchObject({ seq, time: NOON });
  ada.clock.now += 1;
  await phone.syncNow();
  expect(await lastHead(ada)).toMatchObject({ seq: seq + 1, time: NOON + DAY, full: false, streams: [] });

  const { server: known } = phone.sync();
  if (known === null) throw new Error('no server');
  const { books, heads } = createWorld({
    ...ada,
    ...known,
    holder: () => ada.holder,
    deviceLog: phone.logs.device,
    grantLog: phone.logs.grant,
    now: () => ada.clock.now,
    changed: () => undefined,
  });
  await books.load();
  for (let day = seq + 2; day <= 130; day += 1) {
    ada.clock.now += DAY;
    await heads.sign();
    const full = day === 64 || day === 128;
    expect(await lastHead(ada)).toMatchObject({ seq: day, full, streams: full ? streams : [] });
  }
  const row = await ada.store.tables.heads.get(ownHeadKey(ada.holder.dev));
  expect(row?.recent).toHaveLength(64);
  expect(row?.recent?.at(-1)).toBe(row?.hash);
  await phone.close();
  await server.close();
});
