/** A browser's profile that is put back from a backup: all databases of a site as they were once. */
import type { Page } from '@playwright/test';

/** On a page of the site that keeps nothing open. Gives what puts it all back. */
export async function keepCopy(beside: Page): Promise<() => Promise<void>> {
  const kept = await beside.evaluateHandle(readAll);
  return () => beside.evaluate(writeAll, kept);
}

type Kept = { readonly name: string; readonly store: string; readonly rows: readonly unknown[] };

/** Runs in the page. */
async function readAll(): Promise<Kept[]> {
  const found: Kept[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      found.push({
        name,
        store,
        rows: await answer(database.transaction(store).objectStore(store).getAll()),
      });
    database.close();
  }
  return found;

  function answer<Value>(asked: IDBRequest<Value>): Promise<Value> {
    return new Promise((done, fail) => {
      asked.addEventListener('success', () => done(asked.result));
      asked.addEventListener('error', () => fail(asked.error ?? new Error('the database did not answer')));
    });
  }
}

/** Runs in the page. */
async function writeAll(kept: readonly Kept[]): Promise<void> {
  for (const { name, store, rows } of kept) {
    await new Promise<void>((done, fail) => {
      const asked = indexedDB.open(name);
      asked.addEventListener('error', () => fail(asked.error ?? new Error('the database did not open')));
      asked.addEventListener('success', () => {
        const transaction = asked.result.transaction(store, 'readwrite');
        const table = transaction.objectStore(store);
        table.clear();
        for (const row of rows) table.put(row);
        transaction.addEventListener('complete', () => {
          asked.result.close();
          done();
        });
        transaction.addEventListener('error', () => fail(transaction.error ?? new Error('not written')));
      });
    });
  }
}
