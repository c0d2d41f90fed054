/**
 * Whether the browser keeps what is written, and whether what was here before is still here. A marker lies beside
 * the databases: when it stands and they are empty, the browser emptied this site. How much room is left cannot be
 * asked: `navigator.storage.estimate()` answers with a rule (Chromium 150 says 5 GiB more than is used, also under a
 * quota of 10 MB), so nobody is warned beforehand. What finds no room is refused whole, and said.
 */
import type { DeviceStore } from './device-store.ts';

/** `lost`: entries were kept here and are gone. `unavailable`: nothing can be kept (private window, refused). */
export type StorageStart = 'first-start' | 'kept' | 'lost' | 'unavailable';

const MARKER = 'evenkeel-kept';

/** Whether anything can be kept at all: a small database is made, written, read and deleted. */
export async function canKeep(name = 'evenkeel-probe'): Promise<boolean> {
  try {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.addEventListener('upgradeneeded', () => request.result.createObjectStore('probe'));
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('refused')));
    });
    await new Promise<void>((resolve, reject) => {
      const transaction = db.transaction('probe', 'readwrite');
      transaction.objectStore('probe').put(1, 'one');
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('refused')));
    });
    db.close();
    indexedDB.deleteDatabase(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * What the start of the app found. The marker is one byte in another kind of storage (localStorage), set once an
 * account is kept here; it says nothing but that there was one.
 */
export async function storageStart(
  store: DeviceStore,
  marks: Storage | undefined = globalThis.localStorage,
): Promise<StorageStart> {
  if (!(await canKeep())) return 'unavailable';
  const isMarked = readMark(marks);
  const hasAccount = (await store.account()) !== null;
  if (hasAccount) {
    setMark(marks, true);
    return 'kept';
  }
  return isMarked ? 'lost' : 'first-start';
}

/** After the person chose to erase this device: nothing was lost. */
export function forgetMark(marks: Storage | undefined = globalThis.localStorage): void {
  setMark(marks, false);
}

function readMark(marks: Storage | undefined): boolean {
  try {
    return marks?.getItem(MARKER) === '1';
  } catch {
    return false;
  }
}

function setMark(marks: Storage | undefined, isSet: boolean): void {
  try {
    if (isSet) marks?.setItem(MARKER, '1');
    else marks?.removeItem(MARKER);
  } catch {
    // A browser that refuses localStorage loses only the warning.
  }
}
