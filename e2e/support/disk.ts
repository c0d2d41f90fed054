/** What lies in a browser's databases, as it lies there. */
import type { Page } from '@playwright/test';

/** Rows by `database/store`; bytes as base64url. */
export type DiskRows = ReadonlyMap<string, readonly unknown[]>;

export async function readDisk(page: Page): Promise<DiskRows> {
  return new Map(await page.evaluate(readAll));
}

/** Runs in the page. */
async function readAll(): Promise<[string, unknown[]][]> {
  const plain = (value: unknown): unknown => {
    if (value instanceof Uint8Array) {
      const binary = Array.from(value, (byte) => String.fromCharCode(byte)).join('');
      return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    }
    if (Array.isArray(value)) return value.map(plain);
    if (value instanceof Map) return [...value].map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
  };
  const settled = <Result>(asked: IDBRequest<Result>): Promise<Result> =>
    new Promise((done, fail) => {
      asked.addEventListener('success', () => done(asked.result));
      asked.addEventListener('error', () => fail(asked.error));
    });
  const found: [string, unknown[]][] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows: unknown[] = await settled(database.transaction(store).objectStore(store).getAll());
      found.push([`${name}/${store}`, rows.map(plain)]);
    }
    database.close();
  }
  return found;
}
