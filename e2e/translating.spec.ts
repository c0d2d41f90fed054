import type { Page } from '@playwright/test';
import { mkdtempDisposableSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMe } from './support/app.ts';
import { diaryAddresses, visit } from './support/addresses.ts';
import { buildWithMarkedTexts, builtApp, replaceBuild } from './support/builds.ts';
import { fullDiary, openFullDiary, ownReminder } from './support/made-up-diary.ts';
import { expect, test as journey } from './support/test.ts';
import { textsIn, wordsFromNowhere } from './support/unmarked.ts';
import { noLetterYet, serverIsAway } from './support/watch.ts';

const test = journey.extend({
  webDir: async ({ browserName }, give) => {
    using folder = mkdtempDisposableSync(join(tmpdir(), `evenkeel-marked-${browserName}-`));
    await cp(builtApp, folder.path, { recursive: true });
    await give(folder.path);
  },
});

test('every word on every screen comes from a message file, but for what was written by the person', async ({
  page,
  another,
  server,
  webDir,
  watch,
}) => {
  test.slow();
  watch.foresee(serverIsAway);
  watch.foresee(noLetterYet);
  if (webDir === undefined) throw new Error('there is no build to replace');
  await openFullDiary(page);
  const devices = await namesOfDevices(page);
  using marked = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-marked-'));
  await buildWithMarkedTexts(marked.path);
  await server.stop();
  await replaceBuild(webDir, marked.path);
  await server.start();
  await page.evaluate(forgetBuild);

  const found: string[] = [];
  const own = [...textsIn(fullDiary), ownReminder, ...devices];
  const look = async (screen: string, on = page): Promise<void> => {
    found.push(...(await wordsFromNowhere(on, own)).map((words) => `${screen}: ${words}`));
  };
  await page.goto('/');
  await expect(page.locator('canvas')).toBeVisible();
  expect(await page.getByText('⟦').count(), 'marked texts on Today').toBeGreaterThan(3);
  await page.locator('[data-mood-sea]').click({ position: { x: 250, y: 200 } });
  await page.getByRole('button', { name: 'more…' }).click();
  await look('check-in with everything on');
  await page.getByRole('button', { name: 'Save' }).click();
  for (const address of diaryAddresses) {
    await visit(page, address);
    await look(address.path);
  }
  await page.goto('/desk');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await look('/desk');

  const device = await another();
  await device.goto('/');
  for (const step of ['Start', 'Continue', 'It is mine'])
    await press(device, step, (screen) => look(screen, device));
  for (const way of ['Five words', 'My own passphrase', 'A PIN', 'No lock']) {
    await device.getByRole('radio', { name: way }).check();
    await look(`lock, ${way}`, device);
  }
  for (const path of ['/restore', '/link', '/desk']) {
    await device.goto(path);
    await expect(device.getByRole('heading', { level: 1 })).toBeVisible();
    if (path === '/link') await expect(device.locator('[data-link-code]')).toBeVisible();
    await look(path, device);
  }
  expect(found).toEqual([]);

  // One that was written straight into a screen is found.
  await device.evaluate(() => {
    const plain = document.createElement('p');
    plain.textContent = 'Written here';
    const named = document.createElement('button');
    named.setAttribute('aria-label', 'Named here');
    document.querySelector('main')?.append(plain, named);
  });
  expect(await wordsFromNowhere(device, own)).toEqual(['Written here', 'Named here']);
});

/** Each has had one since it was added, in the language of that day. */
async function namesOfDevices(page: Page): Promise<readonly string[]> {
  await openMe(page, 'Devices');
  const rows = await page.getByRole('main').getByRole('listitem').allInnerTexts();
  return rows.flatMap((row) => row.split('\n')[0] ?? []);
}

/** Runs in the page, which then takes the build that the server has. */
async function forgetBuild(): Promise<void> {
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

async function press(page: Page, name: string, look: (screen: string) => Promise<void>): Promise<void> {
  const button = page.getByRole('button', { name });
  await expect(button).toBeVisible();
  await look(`before “${name}”`);
  await button.click();
}
