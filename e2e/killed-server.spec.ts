import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expectAllOnServer, firstRun, joinServer, openMe } from './support/app.ts';
import type { ServerProcess } from './support/server.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

const entries = 1200;

test('a server killed three times in the middle of pushes keeps all it acknowledged, and gets the rest when it is back', async ({
  page,
  server,
  watch,
}) => {
  watch.foresee(serverIsAway);
  await firstRun(page);
  await bringIn(page);
  const invitation = server.invitation();
  if (invitation === null) throw new Error('the server printed no invitation');
  await joinServer(page, invitation);

  let killedInTheMiddle = 0;
  for (let round = 1; round <= 3; round += 1) {
    const enough = leavesOn(server) + 100;
    await expect.poll(() => leavesOn(server), { intervals: [2] }).toBeGreaterThan(enough);
    await server.stop('SIGKILL');
    const held = leavesOn(server);
    await expect(page.getByText('offline', { exact: true })).toBeVisible();
    const told = await toldOnServer(page);
    expect(told).toBeLessThanOrEqual(held);
    if (told < entries) killedInTheMiddle += 1;
    await server.start();
    if (round < 3) await expect(page.getByText('in touch')).toBeVisible();
  }
  expect(killedInTheMiddle).toBeGreaterThan(0);
  await expectAllOnServer(page, entries);
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
  await page.getByLabel('Choose the file').setInputFiles({ name: 'daylio.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await page.getByRole('button', { name: `Bring in ${entries} entries` }).click();
  await expect(page.getByText(`${entries} entries are in your diary.`)).toBeVisible({ timeout: 60_000 });
}

/** How many entries the app says are on the server. */
async function toldOnServer(page: Page): Promise<number> {
  const words = await page.getByText(new RegExp(`^\\d+ of ${entries}$`)).textContent();
  return Number(words?.split(' ')[0]);
}

function leavesOn(server: ServerProcess): number {
  using database = new DatabaseSync(join(server.dataDir, 'evenkeel.sqlite'), { readOnly: true });
  return Number(database.prepare('SELECT count(*) AS n FROM leaf').get()?.['n']);
}
