import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import { z } from '@evenkeel/protocol';
import { replicationDatabases } from './second-copies.ts';
import { NOON, type TestDevice, momentRecords, newPerson, oneRecord } from './test-device.ts';

const quick = { live: false, retryMs: 20 } as const;
const YEAR = 365 * 86_400_000;
const rowSchema = z.looseObject({
  _meta: z.looseObject({ lwt: z.number() }),
  checkpointData: z.optional(z.looseObject({ lwt: z.optional(z.number()) })),
});

/** As if all that was written and sent until now had been written by a clock a year ahead. */
async function writtenAhead({ store }: TestDevice): Promise<void> {
  const listed = await indexedDB.databases();
  const own = listed.flatMap(({ name }) => (name?.includes(`${store.envelopesName}--0--own`) ? [name] : []));
  for (const name of [...own, ...(await replicationDatabases(store.envelopesName))]) {
    const db = await asked(indexedDB.open(name));
    const docs = db.transaction('docs', 'readwrite').objectStore('docs');
    for (const row of await asked<unknown[]>(docs.getAll())) {
      const { _meta, checkpointData, ...rest } = rowSchema.parse(row);
      const lwt = checkpointData?.lwt;
      await asked(
        docs.put({
          ...rest,
          _meta: { ..._meta, lwt: _meta.lwt + YEAR },
          ...(checkpointData !== undefined && {
            checkpointData: lwt === undefined ? checkpointData : { ...checkpointData, lwt: lwt + YEAR },
          }),
        }),
      );
    }
    db.close();
  }
}

function asked<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('unreadable')));
  });
}

test('what is written and deleted after a clock that ran ahead was put right still goes to the server', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('set-back');
  const before = await ada.open();
  await before.opened;
  const saved = await before.save(momentRecords(before.clock, { at: NOON }));
  if (!saved.ok) throw new Error(saved.reason);
  await before.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await before.syncNow();
  await before.close();
  await writtenAhead(ada);

  const replica = await ada.open();
  await replica.opened;
  const { rec } = oneRecord(saved.records);
  await replica.eraseForGood([rec]);
  await replica.save(momentRecords(replica.clock, { at: NOON + 1 }));
  await replica.close();
  const again = await ada.open();
  await again.opened;
  await again.connect({ origin: server.url, ...quick });
  await again.syncNow();
  await expect
    .poll(() => again.safetyCounts(), { timeout: 5000 })
    .toMatchObject({
      onYourServer: 1,
      waiting: 0,
    });
  await expect.poll(() => ada.store.tables.erasing.count(), { timeout: 5000 }).toBe(0);
  await again.close();
  await server.close();
});
