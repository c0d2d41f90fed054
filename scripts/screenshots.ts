/**
 * `npm run screenshots`: every main screen of the built app with a made-up diary, at phone and desk size, light and
 * dark, into `.cache/screenshots` with a page that shows them together; and the picture of the README.
 */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type Page, chromium, expect } from '@playwright/test';
import { startServer } from '@evenkeel/sync-server';
import { buildWeb } from './build-web.ts';
import { makeDemoPeople } from './demo/demo-people.ts';
import { launchOptions, needBrowser } from './find-browser.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, '.cache/screenshots');
const README_PICTURE = 'today-phone-light.png';

const sizes = [
  { name: 'phone', viewport: { width: 390, height: 844 } },
  { name: 'desk', viewport: { width: 1360, height: 900 } },
] as const;
const themes = ['light', 'dark'] as const;

type Shot = { readonly name: string; readonly path: string; readonly ready?: (page: Page) => Promise<void> };

const closedShots: readonly Shot[] = [
  { name: 'welcome', path: '/' },
  { name: 'restore', path: '/restore' },
  { name: 'desk-welcome', path: '/desk' },
];
const personShots: readonly Shot[] = [
  { name: 'today', path: '/' },
  { name: 'check-in', path: '/', ready: touchSea },
  { name: 'journal', path: '/journal' },
  { name: 'entry', path: '/journal', ready: openEntry },
  { name: 'bin', path: '/journal/bin' },
  { name: 'sharing', path: '/sharing' },
  { name: 'share-with', path: '/sharing/new' },
  { name: 'me', path: '/me' },
  { name: 'lock', path: '/me/lock' },
  { name: 'devices', path: '/me/devices' },
  { name: 'kit', path: '/me/kit' },
  { name: 'server', path: '/me/server' },
  { name: 'data', path: '/me/data' },
  { name: 'about', path: '/me/about' },
  { name: 'help', path: '/help' },
];
const clinicianShots: readonly Shot[] = [
  { name: 'desk-people', path: '/desk' },
  { name: 'desk-person', path: '/desk', ready: openPerson },
  { name: 'desk-code', path: '/desk/code' },
];

async function main(): Promise<void> {
  const built = await buildWeb({ force: false });
  if (!built.ok) throw new Error(built.output);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const server = await startServer({ webDir: join(root, 'web/dist') });
  const browser = await chromium.launch(launchOptions(await needBrowser()));
  const taken: string[] = [];
  try {
    const people = await makeDemoPeople(server.url, server.invite, Date.now());
    taken.push(...(await shoot(browser, server.url, closedShots, async () => undefined)));
    taken.push(...(await shoot(browser, server.url, personShots, (page) => restoreAll(page, people.person))));
    taken.push(
      ...(await shoot(browser, server.url, clinicianShots, (page) => openDesk(page, people.clinician))),
    );
  } finally {
    await browser.close();
    await server.close();
  }
  await writeFile(join(target, 'index.html'), sheetOf(taken));
  await cp(join(target, README_PICTURE), join(root, 'docs/images/today.png'));
  console.log(`${taken.length} pictures in .cache/screenshots (open index.html)`);
}

/** One profile for all pictures of a face: restoring once is enough. */
async function shoot(
  browser: Browser,
  url: string,
  shots: readonly Shot[],
  arrive: (page: Page) => Promise<void>,
): Promise<readonly string[]> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: sizes[0].viewport,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const taken: string[] = [];
  await page.goto('/');
  await arrive(page);
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    for (const { name: size, viewport } of sizes) {
      await page.setViewportSize(viewport);
      for (const shot of shots) {
        await page.goto(shot.path);
        await expect(page.locator('#root > *').first()).toBeAttached();
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        await shot.ready?.(page);
        // A live stream stays open, so there is no moment of a silent network to wait for.
        await page.waitForTimeout(800);
        const name = `${shot.name}-${size}-${theme}.png`;
        await page.screenshot({ path: join(target, name) });
        taken.push(name);
      }
    }
  }
  await context.close();
  return taken;
}

async function restore(page: Page, words: readonly string[]): Promise<void> {
  await page.goto('/restore');
  await page.getByRole('button', { name: /24 words/ }).click();
  await page.getByLabel('The words, in order').fill(words.join(' '));
  await page.getByRole('button', { name: 'Find my diary' }).click();
  await page.getByRole('radio', { name: /^No lock/ }).check();
  await page.locator('form button[type=submit], main button').last().click();
  await expect(page.getByRole('navigation', { name: 'Main menu' })).toBeVisible({ timeout: 60_000 });
}

/** A restored diary comes in pages; the pictures wait until the server has nothing more. */
async function restoreAll(page: Page, words: readonly string[]): Promise<void> {
  await restore(page, words);
  await page.goto('/me/server');
  await expect(page.getByText(/^Complete on this device/).first()).toBeVisible({ timeout: 120_000 });
}

async function openDesk(page: Page, words: readonly string[]): Promise<void> {
  await restore(page, words);
  await page.goto('/desk');
  await page.getByRole('textbox').first().fill('Dr Demo');
  await page.getByRole('button').last().click();
  await expect(page.getByText('Robin (made up)').first()).toBeVisible({ timeout: 60_000 });
}

async function touchSea(page: Page): Promise<void> {
  const sea = page.locator('canvas').first();
  await sea.waitFor();
  const box = await sea.boundingBox();
  if (box !== null) await page.mouse.click(box.x + box.width * 0.72, box.y + box.height * 0.62);
  await page.getByRole('button', { name: 'Save' }).waitFor();
}

async function openEntry(page: Page): Promise<void> {
  await page.locator('a[href^="/entry/"]').first().click();
}

async function openPerson(page: Page): Promise<void> {
  await page.getByText('Robin (made up)').first().click();
  await page.locator('svg').first().waitFor();
}

function sheetOf(names: readonly string[]): string {
  const figures = names.map(
    (name) => `<figure><img src="${name}" loading="lazy"><figcaption>${name}</figcaption></figure>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Evenkeel: screens</title><style>body{display:flex;flex-wrap:wrap;gap:16px;font:14px sans-serif}img{height:640px}</style>${figures.join('\n')}\n`;
}

await main();
