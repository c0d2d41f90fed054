import { randomServerEpoch, streamIdSchema, toBase64url } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { createQuarantine } from './quarantine.ts';
import { NOON, newPerson } from './test-device.ts';

test('what is set apart again at its place is never missing meanwhile, nor there twice', async () => {
  const { store } = await newPerson('apart');
  const scope = `own|x|${randomServerEpoch()}`;
  const quarantine = createQuarantine(store, scope);
  const row = {
    sid: streamIdSchema.parse(toBase64url(new Uint8Array(16).fill(1))),
    n: 4,
    rec: 'r',
    env: 'e',
    reason: 'revoked-device',
    at: NOON,
  } as const;
  await quarantine.put(row);
  const seen: number[] = [];
  let isOver = false;
  const putting = (async () => {
    for (let again = 0; again < 20; again += 1) await quarantine.put(row);
    isOver = true;
  })();
  while (!isOver) seen.push(await store.tables.quarantine.where({ rec: 'r' }).count());
  await putting;
  expect(seen.length).toBeGreaterThan(20);
  expect(new Set(seen)).toEqual(new Set([1]));
  await quarantine.free(row.sid, row.n);
  expect(await quarantine.rows()).toEqual([]);
});
