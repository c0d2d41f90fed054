/** What becomes of what a site keeps in a browser, when the browser, or something on the device, takes it away. */
import type { Page } from '@playwright/test';

/** What a browser does that wants its space back: everything of these kinds goes at once. */
export async function clearSite(page: Page, storageTypes: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.goto('about:blank');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes });
}

/** Runs in the page: changes a byte of every wrap, `at` counted from the front, or from the back below 0. Twice undoes it. */
export async function changeWraps({ at, by }: { readonly at: number; readonly by: number }): Promise<void> {
  const answer = <Value>(asked: IDBRequest<Value>) =>
    new Promise<Value>((done, fail) => {
      asked.addEventListener('success', () => done(asked.result));
      asked.addEventListener('error', () => fail(asked.error ?? new Error('no answer')));
    });
  const database = await answer(indexedDB.open('evenkeel-main'));
  const rows = database.transaction('wraps', 'readwrite').objectStore('wraps');
  for (const row of await answer<{ wrap: Uint8Array }[]>(rows.getAll())) {
    const place = at < 0 ? row.wrap.length + at : at;
    row.wrap.set([(row.wrap[place] ?? 0) ^ by], place);
    await answer(rows.put(row));
  }
  database.close();
}

/** Runs in the page: without the quick copy, a diary opens month by month. */
export async function loseQuickCopy(): Promise<void> {
  const opening = indexedDB.open('evenkeel-main');
  await new Promise((done) => opening.addEventListener('success', done));
  const losing = opening.result.transaction('caches', 'readwrite');
  losing.objectStore('caches').clear();
  await new Promise((done) => losing.addEventListener('complete', done));
  opening.result.close();
}

/** Runs in the page before anything of it: a browser that keeps nothing, as in some private windows. */
export function keepNothing(): void {
  IDBFactory.prototype.open = () => {
    throw new DOMException('A mutation operation was attempted.', 'InvalidStateError');
  };
}
