/** RxDB on Dexie by itself, set up as the replica sets it up: what an import is held against. */
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { deleteDatabases } from './raw.ts';
import type { SealedDoc } from './api.ts';

const NAME = 'bench-rxdb-alone';

/** Milliseconds of bulkInsert, `atOnce` documents at a time; the database is new and goes afterwards. */
export async function bulkInsertAlone(docs: readonly SealedDoc[], atOnce: number): Promise<number> {
  await deleteDatabases(NAME);
  const database = await createRxDatabase({
    name: NAME,
    storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
    multiInstance: true,
    eventReduce: false,
  });
  const { docs: collection } = await database.addCollections({
    docs: {
      schema: {
        version: 0,
        primaryKey: 'id',
        type: 'object',
        properties: { id: { type: 'string', maxLength: 43 }, env: { type: 'string' }, sid: { type: 'string', maxLength: 22 } },
        required: ['id', 'env', 'sid'],
        indexes: ['sid'],
      },
    },
  });
  if (collection === undefined) throw new Error('RxDB made no collection');
  const start = performance.now();
  for (let at = 0; at < docs.length; at += atOnce) {
    await collection.bulkInsert(docs.slice(at, at + atOnce).map((doc) => ({ ...doc })));
  }
  const ms = performance.now() - start;
  await database.close();
  await deleteDatabases(NAME);
  return ms;
}
