/** Everything a site keeps in a browser's databases, as bytes: what no compression on disk can hide. */
import type { Page } from '@playwright/test';
import type { Haystack } from './files-under.ts';

/** Each store of each database of the page's origin, its keys and values end to end. */
export async function databasesOf(page: Page): Promise<readonly Haystack[]> {
  const stores = await page.evaluate(readDatabases);
  return stores.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes, 'base64') }));
}

/** Runs in the page. Text as UTF-8, bytes as they are, everything else by its parts. */
async function readDatabases(): Promise<{ name: string; bytes: string }[]> {
  const found: { name: string; bytes: string }[] = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name ?? ''));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      const parts: Uint8Array[] = [];
      for (const value of [...(await answer(rows.getAllKeys())), ...(await answer<unknown[]>(rows.getAll()))])
        await gather(value, parts);
      found.push({
        name: `${name}/${store}`,
        bytes: await base64(new Blob(parts.map((part) => new Uint8Array(part)))),
      });
    }
    database.close();
  }
  return found;

  function answer<Value>(asked: IDBRequest<Value>): Promise<Value> {
    return new Promise((done, fail) => {
      asked.addEventListener('success', () => done(asked.result));
      asked.addEventListener('error', () => fail(asked.error ?? new Error('the database did not answer')));
    });
  }

  async function gather(value: unknown, parts: Uint8Array[]): Promise<void> {
    if (value instanceof Blob) parts.push(new Uint8Array(await value.arrayBuffer()));
    else if (value instanceof ArrayBuffer) parts.push(new Uint8Array(value));
    else if (ArrayBuffer.isView(value))
      parts.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    else if (typeof value === 'object' && value !== null) {
      const inside =
        value instanceof Map ? [...value] : value instanceof Set ? [...value] : Object.entries(value);
      for (const part of inside.flat()) await gather(part, parts);
    } else parts.push(new TextEncoder().encode(`${String(value)}\n`));
  }

  async function base64(blob: Blob): Promise<string> {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }
}
