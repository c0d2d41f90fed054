import { leafOf, leafOfStub, parseEnvelope, parseStub, toBase64url, z } from '@evenkeel/protocol';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expectAllOnServer, firstRun, joinServer, openMe } from './support/app.ts';
import type { ServerProcess } from './support/server.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway, sessionIsGone } from './support/watch.ts';

const entries = 900;
/** A mood, what was around it, words. */
const recordsEach = 3;
const LEAF_BYTES = 32;

test('a server killed three times in the middle of pushes keeps all it acknowledged, and gets the rest when it is back', async ({
  page,
  server,
  watch,
}) => {
  watch.foresee(serverIsAway);
  watch.foresee(sessionIsGone);
  await firstRun(page);
  await bringIn(page);
  const invitation = server.invitation();
  if (invitation === null) throw new Error('the server printed no invitation');
  await joinServer(page, invitation);

  let killedInTheMiddle = 0;
  for (let round = 1; round <= 3; round += 1) {
    const enough = leavesOn(server).size + 150;
    await expect.poll(() => leavesOn(server).size, { intervals: [2] }).toBeGreaterThan(enough);
    await server.stop('SIGKILL');
    await expect(page.getByText('offline', { exact: true })).toBeVisible();

    const held = leavesOn(server);
    const acknowledged = await acknowledgedBy(page);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((leaf) => !held.has(leaf))).toEqual([]);
    const told = await toldOnServer(page);
    expect(told * recordsEach).toBeLessThanOrEqual(held.size);
    if (told < entries) killedInTheMiddle += 1;
    await server.start();
    await expect(page.getByText('in touch')).toBeVisible();
  }
  expect(killedInTheMiddle).toBeGreaterThan(0);
  await expectAllOnServer(page, entries);
  const held = leavesOn(server);
  expect((await acknowledgedBy(page)).filter((leaf) => !held.has(leaf))).toEqual([]);
});

/** A Daylio file of made-up days, so that there is much to send at once. */
async function bringIn(page: Page): Promise<void> {
  const rows = Array.from({ length: entries }, (_, at) => {
    const day = new Date(Date.UTC(2023, 0, 1 + at)).toISOString().slice(0, 10);
    return `${day},,,19:30,${['rad', 'good', 'meh', 'bad', 'awful'][at % 5]},"walk | tea","","Day ${at} of many."`;
  });
  const file = ['full_date,date,weekday,time,mood,activities,note_title,note', ...rows].join('\n');
  await openMe(page, 'My data');
  await page.getByRole('link', { name: 'Choose a Daylio file' }).click();
  await page
    .getByLabel('Choose the file')
    .setInputFiles({ name: 'daylio.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await page.getByRole('button', { name: `Bring in ${entries} entries` }).click();
  await expect(page.getByText(`${entries} entries are in your diary.`)).toBeVisible({ timeout: 60_000 });
}

/** How many entries the app says are on the server. */
async function toldOnServer(page: Page): Promise<number> {
  const words = await page.getByText(new RegExp(`^\\d+ of ${entries}$`)).textContent();
  return Number(words?.split(' ')[0]);
}

/** Every leaf in the server's database, whether or not it runs. */
function leavesOn(server: ServerProcess): ReadonlySet<string> {
  using database = new DatabaseSync(join(server.dataDir, 'evenkeel.sqlite'), { readOnly: true });
  const rows = z
    .array(z.object({ body: z.instanceof(Uint8Array) }))
    .parse(database.prepare('SELECT body FROM leaf').all());
  return new Set(rows.map(({ body }) => leafIn(body)));
}

function leafIn(body: Uint8Array): string {
  const stub = parseStub(body);
  if (stub !== null) return leafOfStub(stub);
  const parsed = parseEnvelope(body);
  if (!parsed.ok) throw new Error(`the server holds something that is no envelope: ${parsed.reason}`);
  return leafOf(parsed.envelope);
}

/** Every leaf that this device has seen acknowledged, from its own books. */
async function acknowledgedBy(page: Page): Promise<readonly string[]> {
  const packed = Uint8Array.from(await page.evaluate(readBooks));
  return Array.from({ length: packed.length / LEAF_BYTES }, (_, at) =>
    toBase64url(packed.subarray(at * LEAF_BYTES, (at + 1) * LEAF_BYTES)),
  );
}

/** Runs in the page. */
async function readBooks(): Promise<number[]> {
  const leaves: Uint8Array<ArrayBuffer>[] = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name ?? ''));
    if (database.objectStoreNames.contains('books')) {
      for (const row of await answer<unknown[]>(
        database.transaction('books').objectStore('books').getAll(),
      )) {
        if (typeof row === 'object' && row !== null && 'leaves' in row && row.leaves instanceof Uint8Array)
          leaves.push(new Uint8Array(row.leaves));
      }
    }
    database.close();
  }
  return [...new Uint8Array(await new Blob(leaves).arrayBuffer())];

  function answer<Value>(asked: IDBRequest<Value>): Promise<Value> {
    return new Promise((done, fail) => {
      asked.addEventListener('success', () => done(asked.result));
      asked.addEventListener('error', () => fail(asked.error ?? new Error('the database did not answer')));
    });
  }
}
