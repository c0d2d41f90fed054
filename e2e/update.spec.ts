import type { Page } from '@playwright/test';
import { mkdtempDisposableSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './support/accessible.ts';
import {
  checkInSheet,
  entryLine,
  expectOpen,
  fillCheckIn,
  firstRun,
  openRoom,
  save,
  touchSea,
  waitUntilCached,
} from './support/app.ts';
import { buildVersion, builtApp, entryOf, replaceBuild } from './support/builds.ts';
import { expect, test as journey } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

const test = journey.extend({
  webDir: async ({ browserName }, give) => {
    using folder = mkdtempDisposableSync(join(tmpdir(), `evenkeel-build-${browserName}-`));
    await cp(builtApp, folder.path, { recursive: true });
    await give(folder.path);
  },
});

test('a new version waits: nothing is loaded under an open check-in, and its words are there in the new version', async ({
  page,
  context,
  server,
  watch,
  webDir,
}) => {
  // The other window may ask it for something in the moment in which it is replaced.
  watch.foresee(serverIsAway);
  if (webDir === undefined) throw new Error('there is no build to replace');
  using next = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-build-'));
  await buildVersion('0.1.1-next', next.path);
  const [entry, nextEntry] = [await entryOf(webDir), await entryOf(next.path)];
  expect(nextEntry).not.toBe(entry);

  await page.clock.install();
  await firstRun(page);
  await waitUntilCached(page);
  const other = await context.newPage();
  await other.goto('/journal');
  await touchSea(page, [0.3, 0.8]);
  await fillCheckIn(page, { text: 'Half of a thought' });
  for (const one of [page, other]) await markPage(one);

  await server.stop('SIGTERM');
  await replaceBuild(webDir, next.path);
  await server.start();
  await page.clock.fastForward('01:00:01');

  await expect(page.getByText('A new version is ready')).toBeAttached();
  await expect(page.getByText('Save or close your check-in first.')).toBeAttached();
  await expect(page.getByText('Use it now')).toHaveCount(0);
  await expect(checkInSheet(page).getByLabel('Anything you want to remember…')).toHaveValue(
    'Half of a thought',
  );
  expect(await isMarked(page)).toBe(true);

  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await expect(page.getByText('Nothing changes until you say so.')).toBeVisible();
  await expectAccessible(page, 'a new version');
  expect(await isMarked(page)).toBe(true);
  expect(await loadedEntry(page)).toBe(entry);
  await page.getByRole('button', { name: 'Use it now' }).click();

  await expect.poll(() => loadedEntry(page)).toBe(nextEntry);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(checkInSheet(page).getByLabel('Anything you want to remember…')).toHaveValue(
    'Half of a thought',
  );
  await save(page);

  // The other window was not asked, so it was not loaded again; it says what has happened.
  await expect(other.getByText('Another window already uses it.')).toBeVisible();
  expect(await isMarked(other)).toBe(true);
  expect(await loadedEntry(other)).toBe(entry);
  await other.getByRole('button', { name: 'Use it now' }).click();
  await expect.poll(() => loadedEntry(other)).toBe(nextEntry);
  await expect(entryLine(other, 'Half of a thought')).toBeVisible();
  await openRoom(other, 'Today');
  await expectOpen(other);
});

/** A mark that any load of the page takes away. */
async function markPage(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('data-not-loaded-since', ''));
}

function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.hasAttribute('data-not-loaded-since'));
}

function loadedEntry(page: Page): Promise<string | null> {
  return page
    .evaluate(() => document.querySelector('script[type="module"]')?.getAttribute('src') ?? null)
    .catch(() => null);
}
