import { z } from '@evenkeel/protocol';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import {
  checkInSheet,
  expectOpen,
  firstRun,
  logMood,
  openMe,
  openRoom,
  waitUntilCached,
} from './support/app.ts';
import { expect, test } from './support/test.ts';

const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const safariOnMac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';

const manifestSchema = z.object({
  id: z.string(),
  name: z.string(),
  display: z.string(),
  shortcuts: z.array(z.object({ name: z.string(), url: z.string() })),
  icons: z.array(z.object({ src: z.string(), sizes: z.string(), purpose: z.string() })),
  screenshots: z.array(
    z.object({ src: z.string(), sizes: z.string(), form_factor: z.string(), label: z.string() }),
  ),
});

test('the browser finds nothing that keeps the app from being installed', async ({ profile }) => {
  const { page, context } = await profile.open();
  await page.goto('/');
  await waitUntilCached(page);
  const session = await context.newCDPSession(page);
  await expect
    .poll(async () => (await session.send('Page.getInstallabilityErrors')).installabilityErrors)
    .toEqual([]);
  const { errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
});

test('the manifest names two shortcuts, icons to cut to any shape and pictures for both screens, and each of them is there', async ({
  page,
  request,
}) => {
  const manifest = manifestSchema.parse(await (await request.get('/manifest.webmanifest')).json());
  expect(manifest).toMatchObject({ id: '/', name: 'Evenkeel', display: 'standalone' });
  expect(manifest.shortcuts.map(({ name }) => name)).toEqual(['Check in', 'Help now']);
  expect(manifest.icons.filter(({ purpose }) => purpose === 'maskable').map(({ sizes }) => sizes)).toEqual([
    '192x192',
    '512x512',
  ]);
  expect(new Set(manifest.screenshots.map((picture) => picture.form_factor))).toEqual(
    new Set(['narrow', 'wide']),
  );
  await page.goto('/help');
  for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots]) {
    const size = await page.evaluate(sizeOfPicture, src);
    if (sizes !== 'any') expect(size, src).toBe(sizes);
  }

  await firstRun(page);
  await page.goto(manifest.shortcuts[0]?.url ?? '');
  await expect(checkInSheet(page)).toBeVisible();
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await expectOpen(page);
  await page.goto(manifest.shortcuts[1]?.url ?? '');
  await expect(page.getByRole('heading', { name: 'You are not alone with this.' })).toBeVisible();
});

test('on an iPhone the home screen is spoken of after the first entry, and not again once it was put away', async ({
  another,
}) => {
  const page = await another({ userAgent: iPhone, hasTouch: true });
  await page.goto('/');
  await expect(emptied(page), 'where the browser took the mark of a diary too').toBeVisible();
  await expectAccessible(page, 'the first screen on an iPhone');
  await firstRun(page);
  await expect(offer(page)).toHaveCount(0);
  await logMood(page);
  await expect(offer(page)).toBeVisible();
  await expect(page.getByText('sites you do not open for seven days are emptied')).toBeVisible();
  await expectAccessible(page, 'Today with the offer to install');
  await page.getByRole('link', { name: 'Show me how' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Install' })).toBeVisible();
  await expect(page.getByText('“Add to Home Screen”')).toBeVisible();
  await expect(page.getByText('What you install starts empty.')).toBeVisible();
  await expectAccessible(page, 'installing on an iPhone');
  await page.getByRole('link', { name: 'To my backup' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Backup' })).toBeVisible();

  await openRoom(page, 'Today');
  await page.getByRole('button', { name: 'No, thanks' }).click();
  await expect(offer(page)).toHaveCount(0);
  await logMood(page);
  await expect(page.getByRole('heading', { name: 'Lately' })).toBeAttached();
  await openMe(page, 'Backup');
  await page.goto('/');
  await expectOpen(page);
  await expect(lately(page)).toHaveCount(2);
  await expect(offer(page)).toHaveCount(0);
});

test('elsewhere it waits for the third entry and for a browser that offers it; one touch then asks the browser', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'I have used it before' })).toBeVisible();
  await expect(emptied(page)).toHaveCount(0);
  await firstRun(page);
  await offerToInstall(page);
  await logMood(page);
  await logMood(page);
  await expect(lately(page)).toHaveCount(2);
  await expect(offer(page)).toHaveCount(0);
  await logMood(page);
  await expect(offer(page)).toBeVisible();
  await page.getByRole('link', { name: 'Show me how' }).click();
  await page.getByRole('button', { name: 'Install it' }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['asked'])).toBe('once');
  // Refused in the browser's own question: what is left is the way through its menu.
  await expect(page.getByText('Open the menu of your browser')).toBeVisible();

  await offerToInstall(page);
  await expect(page.getByRole('button', { name: 'Install it' })).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('appinstalled')));
  await expect(page.getByText('It is installed. You find it among your apps')).toBeVisible();
  await openRoom(page, 'Today');
  await expectOpen(page);
  await expect(offer(page)).toHaveCount(0);
});

test('the bar of the browser itself is kept away, and a browser that offers nothing is not spoken of', async ({
  page,
}) => {
  await firstRun(page);
  expect(await offerToInstall(page)).toBe('kept away');
  await page.reload();
  await expectOpen(page);
  for (const _ of [1, 2, 3]) await logMood(page);
  await expect(offer(page)).toHaveCount(0);
  await openMe(page, 'Install');
  await expect(page.getByText('Choose “Install app” or “Add to Home screen”.')).toBeVisible();
  await expect(page.getByText('What you install starts empty.')).toHaveCount(0);
});

test('the installed app says that it is installed, and speaks of it no more', async ({
  profile,
  launchOptions,
  server,
}) => {
  // A window of its own, as an installed app has it.
  const { context } = await profile.open({
    args: [...(launchOptions.args ?? []), `--app=${server.url}`],
  });
  const [page] = context.pages();
  if (page === undefined) throw new Error('the browser opened no window');
  await firstRun(page);
  await offerToInstall(page);
  for (const _ of [1, 2, 3]) await logMood(page);
  await expect(lately(page)).toHaveCount(2);
  await expect(offer(page)).toHaveCount(0);
  await openMe(page, 'Install');
  await expect(page.getByText('It is installed, and you are in it.')).toBeVisible();
  await expect(page.getByText('Write in this one.')).toHaveCount(0);
});

test('on the home screen of an iPhone it says that this is the one to write in', async ({ another }) => {
  const page = await another({ userAgent: iPhone, hasTouch: true });
  await page.addInitScript(() => Object.defineProperty(navigator, 'standalone', { value: true }));
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'I have used it before' })).toBeVisible();
  await expect(emptied(page)).toHaveCount(0);
  await firstRun(page);
  await logMood(page);
  await openMe(page, 'Install');
  await expect(page.getByText('It is installed, and you are in it.')).toBeVisible();
  await expect(page.getByText('Write in this one.')).toBeVisible();
  await expect(page.getByText('“Add to Home Screen”')).toHaveCount(0);
  await openRoom(page, 'Today');
  await expect(lately(page)).toHaveCount(1);
  await expect(offer(page)).toHaveCount(0);
});

test('Safari on a Mac is told of the Dock, and that what is there starts empty', async ({ another }) => {
  const page = await another({ userAgent: safariOnMac });
  await page.goto('/');
  await expect(emptied(page)).toBeVisible();
  await firstRun(page);
  await openMe(page, 'Install');
  await expect(page.getByText('“Add to Dock”')).toBeVisible();
  await expect(page.getByText('What you install starts empty.')).toBeVisible();
});

function offer(page: Page) {
  return page.getByText('Put it on your home screen', { exact: true });
}

function emptied(page: Page) {
  return page.getByText('This browser empties sites you do not open for seven days.');
}

function lately(page: Page) {
  return page.locator('a[href^="/entry/"]');
}

/** Chromium without a window never offers; this is the event as it would come. Says whether its own bar is kept away. */
async function offerToInstall(page: Page): Promise<string> {
  return page.evaluate(() => {
    const event = new Event('beforeinstallprompt', { cancelable: true });
    const prompt = async () => void (document.documentElement.dataset['asked'] = 'once');
    window.dispatchEvent(Object.assign(event, { prompt }));
    return event.defaultPrevented ? 'kept away' : 'shown';
  });
}

/** Runs in the page. */
async function sizeOfPicture(src: string): Promise<string> {
  const picture = new Image();
  picture.src = src;
  await picture.decode();
  return `${picture.naturalWidth}x${picture.naturalHeight}`;
}
