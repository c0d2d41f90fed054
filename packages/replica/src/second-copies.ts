/**
 * The second copies that RxDB's replication keeps of every document, in databases of its own. They are reached past
 * RxDB, because it offers no way to change them, and without loading it.
 */
import { deleteDatabase } from './own-databases.ts';

/** Databases in which RxDB keeps what it believes the server has: a second copy of every document. */
export async function replicationDatabases(name: string): Promise<readonly string[]> {
  const listed = await indexedDB.databases();
  const prefix = `rxdb-dexie-${name}--0--rx-replication-meta-`;
  return listed.flatMap((database) => (database.name?.startsWith(prefix) === true ? [database.name] : []));
}

/**
 * Blanks the second copies of documents, of whatever replication, so that nothing of an erased record is left. A
 * blank copy never equals the document, so what is not sent yet is still sent. `keep`: text that may stay (the
 * tombstone itself).
 */
export async function blankReplicationCopies(name: string, kept: ReadonlyMap<string, string>): Promise<void> {
  for (const database of await replicationDatabases(name)) await blankCopiesIn(database, kept);
}

/** Deletes what earlier replications left behind. */
export async function dropOtherReplications(
  name: string,
  isInUse: (database: string) => boolean,
): Promise<void> {
  for (const database of await replicationDatabases(name))
    if (!isInUse(database)) await deleteDatabase(database);
}

async function blankCopiesIn(database: string, kept: ReadonlyMap<string, string>): Promise<void> {
  const db = await openExisting(database);
  if (db === null) return;
  try {
    await new Promise<void>((resolve, reject) => {
      const transaction = db.transaction('docs', 'readwrite', { durability: 'strict' });
      const docs = transaction.objectStore('docs');
      for (const [id, keep] of kept) {
        const request = docs.get(`${id}|0`);
        request.addEventListener('success', () => {
          const row: unknown = request.result;
          if (!isMetaRow(row) || row.docData.env === keep || row.docData.env === '') return;
          docs.put({ ...row, docData: { ...row.docData, env: '' } });
        });
      }
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new Error('a second copy could not be blanked')),
      );
    });
  } finally {
    db.close();
  }
}

function openExisting(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener('success', () => {
      const db = request.result;
      if (db.objectStoreNames.contains('docs')) return resolve(db);
      db.close();
      resolve(null);
    });
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('a database could not be opened')),
    );
  });
}

function isMetaRow(row: unknown): row is { readonly docData: { readonly env: string } } {
  if (typeof row !== 'object' || row === null || !('docData' in row)) return false;
  const { docData } = row;
  return (
    typeof docData === 'object' && docData !== null && 'env' in docData && typeof docData.env === 'string'
  );
}
