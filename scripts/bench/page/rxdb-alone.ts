/** RxDB on Dexie by itself, set up as the replica sets it up: what an import is held against, and what a restore costs at least. */
import { type RxCollection, createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { SealedDoc } from './api.ts';
import { deleteDatabases } from './raw.ts';

const NAME = 'bench-rxdb-alone';

/** Milliseconds of bulkInsert, `atOnce` documents at a time; the database is new and goes afterwards. */
export function bulkInsertAlone(docs: readonly SealedDoc[], atOnce: number): Promise<number> {
  return inNewCollection(async (collection) => {
    for (let at = 0; at < docs.length; at += atOnce) {
      await collection.bulkInsert(docs.slice(at, at + atOnce).map((doc) => ({ ...doc })));
    }
  });
}

/** Milliseconds of a first replication out of memory: nothing is fetched, verified or opened. */
export function replicateAlone(docs: readonly SealedDoc[], atOnce: number): Promise<number> {
  return inNewCollection(async (collection) => {
    const replication = replicateRxCollection<SealedDoc, { readonly at: number }>({
      collection,
      replicationIdentifier: NAME,
      live: false,
      waitForLeadership: false,
      pull: {
        batchSize: atOnce,
        handler: async (checkpoint, size) => {
          const from = checkpoint?.at ?? 0;
          const documents = docs.slice(from, from + size).map((doc) => ({ ...doc, _deleted: false }));
          return { documents, checkpoint: { at: from + documents.length } };
        },
      },
      push: { batchSize: atOnce, handler: async () => [] },
    });
    await replication.awaitInSync();
    await replication.cancel();
  });
}

async function inNewCollection(
  work: (collection: RxCollection<SealedDoc>) => Promise<void>,
): Promise<number> {
  await deleteDatabases(NAME);
  const database = await createRxDatabase<{ docs: RxCollection<SealedDoc> }>({
    name: NAME,
    storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
    multiInstance: true,
    eventReduce: false,
  });
  await database.addCollections({
    docs: {
      schema: {
        version: 0,
        primaryKey: 'id',
        type: 'object',
        properties: {
          id: { type: 'string', maxLength: 43 },
          env: { type: 'string' },
          sid: { type: 'string', maxLength: 22 },
        },
        required: ['id', 'env', 'sid'],
        indexes: ['sid'],
      },
    },
  });
  const start = performance.now();
  await work(database.docs);
  const ms = performance.now() - start;
  await database.close();
  await deleteDatabases(NAME);
  return ms;
}
