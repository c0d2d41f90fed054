import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import {
  chooseLock,
  entryLine,
  expectOpen,
  fillCheckIn,
  firstRun,
  joinServer,
  logMood,
  openEntry,
  openRoom,
  saveButton,
  unlock,
} from './support/app.ts';
import { answerSavePicker, asFile, openBackups, savedFile, takeSavePickerAway } from './support/backups.ts';
import { exportEverything, heldIn, makeKit } from './support/own-server.ts';
import { serveStaticApp } from './support/static-app.ts';
import { expect, test } from './support/test.ts';

test('a file that is kept up to date brings the whole diary into an empty browser, with no server anywhere', async ({
  page,
  another,
}) => {
  await answerSavePicker(page);
  await firstRun(page, { kind: 'pin', pin: '520631' });
  await logMood(page, { at: [0.2, 0.2], text: 'Before the kit.' });
  await openBackups(page);
  await expect(page.getByText('Make a recovery kit first')).toBeVisible();
  const kit = await makeKit(page);
  await openBackups(page);
  await expect(page.getByText('There is no backup yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Save a backup file' }).click();
  await expect(page.getByText('Saved: one entry. The file is kept up to date from now on.')).toBeVisible();
  await openEntry(page, 'Before the kit.');
  await expect(page.getByText(/in your backup of \d+ \w+ \d{4}/)).toBeVisible();

  // What is written and changed afterwards reaches the file by itself.
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await fillCheckIn(page, { text: 'After the kit.' });
  await saveButton(page).click();
  await openRoom(page, 'Today');
  await logMood(page, { at: [0.8, 0.8], text: 'A second one.', ownWords: ['sunlit'] });
  await openRoom(page, 'Me');
  await expect(page.getByText(/^All in your backup of /)).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('If this phone is lost today, nothing you wrote is lost.')).toBeVisible();
  await openBackups(page);
  await page.getByRole('button', { name: 'Test my backup' }).click();
  await expect(page.getByText(/^It works\. Made today, .+ All 2 entries/)).toBeVisible();
  await expect(page.getByText('It opens with your 24 words.')).toBeVisible();
  const file = await savedFile(page);
  const held = heldIn(await exportEverything(page));
  await page.context().close();

  await using space = await serveStaticApp();
  const found = await another({ baseURL: space.url });
  await found.goto('/');
  await found.getByRole('link', { name: 'I have used it before' }).click();
  await found.getByRole('button', { name: /^From a backup file/ }).click();
  const choose = found.getByLabel('Choose a backup file');
  await choose.setInputFiles(asFile(Buffer.from('a shopping list')));
  await expect(found.getByText('This is not a backup of this app.')).toBeVisible();
  await choose.setInputFiles(asFile(file.subarray(0, -40)));
  await expect(found.getByText('The file ends too early')).toBeVisible();
  await choose.setInputFiles(asFile(file));
  const words = found.getByLabel('Your 24 words');
  await words.fill(kit.slice(0, 23).join(' '));
  await found.getByRole('button', { name: 'Open my backup' }).click();
  await expect(found.getByText('There are 23 words. A kit has 24.')).toBeVisible();
  await words.fill(kit.join(' '));
  await found.getByRole('button', { name: 'Open my backup' }).click();
  await expect(found.getByText('2 entries came out of the file.')).toBeVisible();
  const secret = await chooseLock(found, { kind: 'pin', pin: '913375' });
  await found.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(found);
  expect(heldIn(await exportEverything(found))).toBe(held);
  await openEntry(found, 'After the kit.');
  await found.getByText('Earlier versions').click();
  await expect(found.getByText('Before the kit.')).toBeVisible();
  await found.reload();
  await unlock(found, secret);
  await openRoom(found, 'Journal');
  await expect(entryLine(found, 'A second one.')).toBeVisible();

  // The next backup of the new device opens with the same words.
  await openBackups(found);
  await expect(found.getByText('There is no backup yet.')).toBeVisible();
  await found.getByLabel('Choose a backup file').setInputFiles(asFile(file));
  await expect(found.getByText('Everything in it was here already.')).toBeVisible();
});

test('whoever keeps nothing elsewhere, or nothing that opens it, is told on Today after ten entries or a week, can put it off, and no more once there is a kit', async ({
  page,
  another,
  server,
}) => {
  test.slow();
  const closed = (on: Page) => on.getByText('only a checked recovery kit opens the copy on your server.');
  const onlyHere = (on: Page) => on.getByText('All you wrote is only on this phone.');
  const daysOn = async (days: number): Promise<void> => {
    await page.clock.setSystemTime(Date.now() + days * 86_400_000);
    await page.reload();
    await expectOpen(page);
  };
  await page.clock.install();
  await firstRun(page);
  await logMood(page, { text: 'The first.' });
  await expect(onlyHere(page)).toHaveCount(0);
  await daysOn(8);
  await expect(onlyHere(page)).toBeVisible();
  await expectAccessible(page, 'today, where nothing lies elsewhere');
  await page.getByRole('link', { name: 'Keep it safe' }).click();
  await expect(page.getByRole('heading', { name: 'Is it safe?' })).toBeVisible();
  await openRoom(page, 'Today');
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(onlyHere(page)).toHaveCount(0);
  await daysOn(16);
  await expect(onlyHere(page)).toBeVisible();
  await makeKit(page);
  await openRoom(page, 'Today');
  await expect(onlyHere(page)).toHaveCount(0);

  const busy = await another();
  await firstRun(busy);
  await joinServer(busy, await server.invite());
  await openRoom(busy, 'Today');
  for (let entry = 1; entry <= 10; entry++) {
    await expect(closed(busy), `before entry ${entry}`).toHaveCount(0);
    await logMood(busy, { text: `Entry ${entry}.` });
  }
  // The server holds it all by now, and nothing would open it.
  await expect(closed(busy)).toBeVisible();
  await expect(onlyHere(busy)).toHaveCount(0);
  await makeKit(busy);
  await openRoom(busy, 'Today');
  await expect(closed(busy)).toHaveCount(0);
});

test('a download is tested by the app, a damaged one said to be so, and one of another diary refused', async ({
  page,
  another,
}) => {
  await takeSavePickerAway(page);
  const passphrase = 'four otters under the old bridge';
  await firstRun(page, { kind: 'own', passphrase });
  await logMood(page, { text: 'Hers.' });
  await openBackups(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download a backup' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^evenkeel-backup-[\d-]+\.ekb$/);
  await expect(page.getByText('Downloaded: one entry.')).toBeVisible();
  const file = await readFile(await download.path());
  const test = page.getByLabel('Choose the file to test');
  await test.setInputFiles(asFile(file));
  await expect(page.getByText(/^It works\. .+ All entries of your diary/)).toBeVisible();
  await expect(page.getByText('It opens with your passphrase.')).toBeVisible();
  const damaged = Buffer.from(file);
  const inside = damaged.length - 900;
  damaged.writeUInt8(damaged.readUInt8(inside) ^ 1, inside);
  await test.setInputFiles(asFile(damaged));
  await expect(page.getByText(/^One part of the file cannot be read\./)).toBeVisible();
  await openRoom(page, 'Today');
  await logMood(page, { text: 'After the download.' });
  await openRoom(page, 'Me');
  await expect(page.getByText(/^One entry is newer than your backup of/)).toBeVisible();
  await expect(page.getByText('If this phone is lost today, one entry is lost with it.')).toBeVisible();
  await openRoom(page, 'Today');
  await expect(page.getByText(/^Your last backup is from/)).toHaveCount(0);
  await page.clock.install();
  await page.clock.setSystemTime(Date.now() + 40 * 86_400_000);
  await page.reload();
  await unlock(page, { kind: 'own', passphrase });
  await expect(page.getByText(/^Your last backup is from/)).toBeVisible();
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(page.getByText(/^Your last backup is from/)).toHaveCount(0);

  const other = await another();
  await other.goto('/restore');
  await other.getByRole('button', { name: /^From a backup file/ }).click();
  await other.getByLabel('Choose a backup file').setInputFiles(asFile(file));
  await other.getByLabel('Your passphrase').fill('five otters under the new bridge');
  await other.getByRole('button', { name: 'Open my backup' }).click();
  await expect(other.getByText('This passphrase does not open this backup.')).toBeVisible();
  await other.getByLabel('Your passphrase').fill(passphrase);
  await other.getByRole('button', { name: 'Open my backup' }).click();
  await expect(other.getByText('One entry came out of the file.')).toBeVisible();
  await other.getByRole('button', { name: 'Back' }).click();
  await firstRun(other, { kind: 'own', passphrase: 'eight herons on a grey stone' });
  await openRoom(other, 'Journal');
  await expect(entryLine(other, 'Hers.')).toHaveCount(0);
  await openBackups(other);
  await other.getByLabel('Choose a backup file').setInputFiles(asFile(file));
  await expect(other.getByText('This is the backup of another diary')).toBeVisible();
});
