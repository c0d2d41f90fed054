/** The ground everything else stands on: IndexedDB as the browser gives it, strictly durable. */

const STORE = 'docs';

export async function withRawStore<Value>(
  name: string,
  use: (put: (docs: readonly unknown[]) => Promise<void>) => Promise<Value>,
): Promise<Value> {
  await deleteDatabase(name);
  const db = await open(name);
  try {
    return await use((docs) => putAll(db, docs));
  } finally {
    db.close();
    await deleteDatabase(name);
  }
}

/** In one transaction, on the disk when it resolves. */
function putAll(db: IDBDatabase, docs: readonly unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(STORE, 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore(STORE);
    for (const doc of docs) store.put(doc);
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('a put was given up')));
  });
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener('upgradeneeded', () =>
      request.result.createObjectStore(STORE, { keyPath: 'id' }),
    );
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('a database could not be opened')),
    );
  });
}

export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('a database could not be deleted')),
    );
  });
}

/** Deletes every database whose name contains this text. */
export async function deleteDatabases(part: string): Promise<void> {
  for (const { name } of await indexedDB.databases())
    if (name?.includes(part) === true) await deleteDatabase(name);
}
