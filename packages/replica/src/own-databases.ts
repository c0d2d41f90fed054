/** The databases of ours on this device, seen from outside: nothing here needs one of them open, or Dexie loaded. */
const PREFIX = 'evenkeel-';
const RXDB_PREFIX = 'rxdb-dexie-evenkeel-';

/** Of the device store of that name. */
export function databaseName(store: string): string {
  return `${PREFIX}${store}`;
}

/** Whether no store of that name was ever opened here. False also where a browser does not say. */
export async function isDeviceEmpty(store: string): Promise<boolean> {
  try {
    return (await indexedDB.databases()).every(({ name }) => name !== databaseName(store));
  } catch {
    return false;
  }
}

/** Names of every database of ours on this device. */
export async function ownDatabases(): Promise<readonly string[]> {
  const listed = await indexedDB.databases();
  return listed.flatMap(({ name }) =>
    name !== undefined && (name.startsWith(PREFIX) || name.startsWith(RXDB_PREFIX)) ? [name] : [],
  );
}

/**
 * Deletes every database of ours. Close the replica and the store first, in every tab: a database that is open
 * elsewhere goes when that tab closes it. False when one was still open after five seconds.
 */
export async function eraseEverything(): Promise<boolean> {
  const gone = await Promise.all((await ownDatabases()).map(deleteDatabase));
  return gone.every(Boolean);
}

const DELETE_WAIT_MS = 5000;

export function deleteDatabase(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    const timer = setTimeout(() => resolve(false), DELETE_WAIT_MS);
    request.addEventListener('success', () => {
      clearTimeout(timer);
      resolve(true);
    });
    request.addEventListener('error', () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('the database could not be deleted'));
    });
  });
}
