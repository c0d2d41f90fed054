/** A plain name and picture: what shows them, from the locked door to the home screen, and the way back. */
import { readFile } from 'node:fs/promises';
import { z } from '@evenkeel/protocol';
import { type Page, type Response } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import {
  checkInSheet,
  expectLocked,
  expectOpen,
  firstRun,
  logMood,
  openMe,
  unlock,
  waitUntilCached,
} from './support/app.ts';
import { databasesOf } from './support/browser-storage.ts';
import { noticesOf, push } from './support/notices.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

const own = {
  title: 'Evenkeel',
  icon: '/icons/icon.svg',
  touch: '/icons/icon-192.png',
  manifest: '/manifest.webmanifest',
};
const plain = {
  title: 'Notes',
  icon: '/icons/plain.svg',
  touch: '/icons/plain-192.png',
  manifest: '/plain.webmanifest',
};

const manifestSchema = z.object({
  name: z.string(),
  short_name: z.string(),
  start_url: z.string(),
  icons: z.array(z.object({ src: z.string(), sizes: z.string(), purpose: z.string() })),
  shortcuts: z.array(z.object({ name: z.string(), url: z.string() })),
});

test('a plain name is there at once, after a reload, at the locked door and with no network, until it is taken back', async ({
  page,
  watch,
}) => {
  watch.foresee(serverIsAway);
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  await waitUntilCached(page);
  expect(await shown(page)).toEqual(own);
  await choose(page, 'Notes');
  await expect.poll(() => shown(page)).toEqual(plain);
  await expectAccessible(page, 'name and picture');

  await page.context().setOffline(true);
  const reloaded = await page.reload();
  await expectLocked(page);
  expect(await shown(page)).toEqual(plain);
  // Not only once its script has run: the tab and the browser's history see the page as it comes.
  expect(await textOf(reloaded)).toContain('<title>Notes</title>');
  expect(await textOf(reloaded)).not.toMatch(/evenkeel/i);
  for (const path of ['/', '/quick', '/help', '/restore']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await shown(page), path).toEqual(plain);
    await expect(page.locator('body'), path).not.toContainText(/evenkeel/i);
  }
  await page.context().setOffline(false);

  await page.goto('/');
  await unlock(page, secret);
  await page.setViewportSize({ width: 1360, height: 900 });
  await expect(page.getByRole('navigation', { name: 'Main menu' }).getByText('Notes')).toBeVisible();
  await choose(page, 'Evenkeel');
  await expect.poll(() => shown(page)).toEqual(own);
  await expect(page.getByRole('navigation', { name: 'Main menu' }).getByText('Evenkeel')).toBeVisible();
  expect(await textOf(await page.reload())).toContain('<title>Evenkeel</title>');
  await expectLocked(page);
  expect(await shown(page)).toEqual(own);
});

test('from then on the browser would install the plain name and picture, as an app of its own', async ({
  profile,
  request,
}) => {
  const { page, context } = await profile.open();
  await firstRun(page);
  await waitUntilCached(page);
  const browser = await context.newCDPSession(page);
  const before = await browser.send('Page.getAppId');
  await choose(page, 'Notes');
  await expect.poll(async () => (await browser.send('Page.getAppManifest')).url).toContain(plain.manifest);
  const { data = '', errors } = await browser.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = manifestSchema.parse(JSON.parse(data));
  expect(manifest).toMatchObject({ name: 'Notes', short_name: 'Notes' });
  expect(manifest.shortcuts.map(({ name }) => name)).toEqual(['Write', 'Numbers']);
  expect(data).not.toMatch(/evenkeel|mood|diary|health|screenshots/i);
  await expect
    .poll(async () => (await browser.send('Page.getInstallabilityErrors')).installabilityErrors)
    .toEqual([]);
  expect((await browser.send('Page.getAppId')).appId).not.toBe(before.appId);

  const served = await request.get(plain.manifest);
  expect(served.headers()).toMatchObject({
    'content-type': expect.stringContaining('application/manifest+json'),
    'cache-control': 'no-cache',
  });
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(sizeOfPicture, src);
    if (sizes !== 'any') expect(size, src).toBe(sizes);
  }
  await page.goto(manifest.shortcuts[0]?.url ?? '');
  await expect(checkInSheet(page)).toBeVisible();
  await page.goto(manifest.shortcuts[1]?.url ?? '');
  await expect(page.getByRole('heading', { name: 'You are not alone with this.' })).toBeVisible();

  await page.goto('/');
  await choose(page, 'Evenkeel');
  await expect.poll(async () => (await browser.send('Page.getAppId')).appId).toBe(before.appId);
});

test('the plain app, started where nothing is kept yet, goes by its plain name until the person says otherwise', async ({
  page,
}) => {
  await page.goto('/?plain');
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  expect(await shown(page)).toEqual(plain);
  await expect(page).toHaveURL('/');
  await firstRun(page);
  expect(await shown(page)).toEqual(plain);
  await choose(page, 'Evenkeel');
  await expect.poll(() => shown(page)).toEqual(own);
  await page.goto('/?plain');
  await expectOpen(page);
  expect(await shown(page)).toEqual(own);
});

test('notices, calendar files and saved files go by the plain name', async ({ page, server }) => {
  await page.context().grantPermissions(['notifications'], { origin: server.url });
  await firstRun(page);
  await logMood(page);
  await waitUntilCached(page);
  await choose(page, 'Notes');
  await push(page, server.url);
  await expect
    .poll(() => noticesOf(page))
    .toEqual([{ title: 'Notes reminder', body: '', icon: plain.touch }]);

  await openMe(page, 'My data');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the file' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^notes-[\d-]+\.json$/);
  // A limit: what is inside says whose it is, and so does the browser's storage.
  expect(await readFile(await file.path(), 'utf8')).toContain('evenkeel');
  expect((await databasesOf(page)).filter(({ name }) => name.includes('evenkeel'))).not.toEqual([]);

  await openMe(page, 'Reminders');
  await page.getByRole('link', { name: 'New reminder' }).click();
  await page.getByLabel('In your own words').fill('Have I eaten something?');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('What the calendar shows')).toHaveValue('Notes reminder');
});

/** Under Me, by touch. */
async function choose(page: Page, name: 'Notes' | 'Evenkeel'): Promise<void> {
  await openMe(page, 'Name and picture');
  const choice = page.getByRole('button', { name, exact: true });
  await choice.click();
  await expect(choice).toHaveAttribute('aria-pressed', 'true');
}

/** What the browser shows of the page, beside the page. */
function shown(page: Page) {
  return page.evaluate(() => {
    const address = (selector: string) => document.querySelector(selector)?.getAttribute('href');
    return {
      title: document.title,
      icon: address('link[rel="icon"]'),
      touch: address('link[rel="apple-touch-icon"]'),
      manifest: address('link[rel="manifest"]'),
    };
  });
}

async function textOf(response: Response | null): Promise<string> {
  return (await response?.text()) ?? '';
}

/** Runs in the page. */
async function sizeOfPicture(src: string): Promise<string> {
  const picture = new Image();
  picture.src = src;
  await picture.decode();
  return `${picture.naturalWidth}x${picture.naturalHeight}`;
}
