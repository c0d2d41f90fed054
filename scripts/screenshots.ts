/**
 * `npm run screenshots`: every screen of the built app with a made-up diary, at phone and desk size, light and dark,
 * into `.cache/screenshots` with a page that shows them together; and the few pictures that are kept in the repository.
 *
 *   npm run screenshots                          all of them
 *   npm run screenshots -- --only today,journal  those scenes; the pictures of the others stay as they are
 *   npm run screenshots -- --mock FOLDER         with the pictures of a mock beside them
 *   npm run screenshots -- --whole               each page in its whole height, below the fold too
 *
 * A new screen is a line in screenshots/scenes.ts.
 */
import { mkdtempDisposableSync } from 'node:fs';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type Page, chromium, expect } from '@playwright/test';
import { startServer } from '@evenkeel/sync-server';
import { buildWeb } from './build-web.ts';
import { type DemoPeople, makeDemoPeople } from './demo/demo-people.ts';
import { launchOptions, needBrowser } from './find-browser.ts';
import { root } from './run-command.ts';
import { type Face, type Scene, type Size, arrivals, kept, scenes } from './screenshots/scenes.ts';
import { pictureName, sheetOf, sizes, themes } from './screenshots/sheet.ts';

const target = join(root, '.cache/screenshots');
const SETTLE_MS = 400;
const DRAWN_MS = 20_000;
const viewportBySize = {
  phone: { width: 390, height: 844 },
  desk: { width: 1360, height: 900 },
} as const;

type Failed = { readonly scene: string; readonly why: string };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, mock: { type: 'string' }, whole: { type: 'boolean' } },
  });
  const chosen = chooseScenes(values.only);
  const built = await buildWeb({ force: false });
  if (!built.ok) throw new Error(built.output);
  await mkdir(target, { recursive: true });
  // A copy, which a scene may make newer.
  using served = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-pictures-'));
  const webDir = served.path;
  await cp(join(root, 'web/dist'), webDir, { recursive: true });
  const server = await startServer({ webDir });
  const browser = await chromium.launch(launchOptions(await needBrowser()));
  const failed: Failed[] = [];
  try {
    const people = await makeDemoPeople(server.url, server.invite, Date.now());
    for (const [face, ofFace] of Map.groupBy(chosen, (scene) => scene.face))
      failed.push(
        ...(await shootFace(browser, server.url, {
          face,
          ofFace,
          people,
          webDir,
          whole: values.whole ?? false,
        })),
      );
  } finally {
    await browser.close();
    await server.close();
  }
  const have = new Set(await readdir(target));
  const mocks = values.mock === undefined ? null : await mocksIn(resolve(values.mock));
  await writeFile(join(target, 'index.html'), sheetOf(scenes, have, mocks));
  const taken = (chosen.length - failed.length) * sizes.length * themes.length;
  for (const { scene, why } of failed) console.error(`not taken: ${scene}\n${why}\n`);
  console.log(`${taken} pictures in .cache/screenshots (open index.html)`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function chooseScenes(only: string | undefined): readonly Scene[] {
  if (only === undefined) return scenes;
  const names = only.split(',');
  const unknown = names.filter((name) => scenes.every((scene) => scene.name !== name));
  if (unknown.length > 0)
    throw new Error(
      `no scene is called ${unknown.join(', ')}; there are ${scenes.map(({ name }) => name).join(', ')}`,
    );
  return scenes.filter(({ name }) => names.includes(name));
}

async function mocksIn(folder: string) {
  return { folder: relative(target, folder), files: await readdir(folder) };
}

/** One browser for all pictures of a face: arriving once is enough. A scene that fails is told, and stops no other. */
async function shootFace(
  browser: Browser,
  baseURL: string,
  {
    face,
    ofFace,
    people,
    webDir,
    whole,
  }: {
    readonly face: Face;
    readonly ofFace: readonly Scene[];
    readonly people: DemoPeople;
    readonly webDir: string;
    readonly whole: boolean;
  },
): Promise<readonly Failed[]> {
  const context = await browser.newContext({
    baseURL,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: viewportBySize.phone,
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const failed: Failed[] = [];
  await arrivals[face](page, { people, webDir });
  for (const scene of ofFace) {
    for (const size of sizes) {
      await shoot(page, scene, size, whole).catch((fault: unknown) => {
        failed.push({ scene: `${scene.name}, ${size}`, why: String(fault) });
      });
    }
  }
  await context.close();
  return failed;
}

async function shoot(page: Page, scene: Scene, size: Size, whole: boolean): Promise<void> {
  await page.setViewportSize(viewportBySize[size]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(scene.path);
  await expect(page.locator('#root > *').first()).toBeAttached();
  await scene.walk?.(page);
  // Nothing is under the hand.
  await page.mouse.move(0, 0);
  await drawn(page);
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    // A live stream stays open, so there is no moment of a silent network to wait for.
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({
      path: join(target, pictureName(scene.name, size, theme)),
      scale: 'css',
      fullPage: whole,
    });
    if (theme === 'dark') continue;
    for (const picture of kept) {
      if (picture.scene !== scene.name || picture.size !== size) continue;
      await page.screenshot({
        path: join(root, picture.file),
        scale: picture.scale === 1 ? 'css' : 'device',
      });
    }
  }
}

/** Until a screen has its title, and nothing more has come to it for a while. */
async function drawn(page: Page): Promise<void> {
  let before = '';
  await expect(async () => {
    const text = await page.locator('body').innerText();
    const isSame = text === before;
    before = text;
    await expect(page.locator('h1').filter({ visible: true }).first()).toBeVisible({ timeout: SETTLE_MS });
    expect(isSame && !text.includes('Opening…')).toBe(true);
  }).toPass({ intervals: [SETTLE_MS], timeout: DRAWN_MS });
}

await main();
