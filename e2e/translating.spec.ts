import type { Page } from '@playwright/test';
import { mkdtempDisposableSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMe } from './support/app.ts';
import { deskAddresses, diaryAddresses, visit } from './support/addresses.ts';
import { buildWithMarkedTexts, builtApp, replaceBuild } from './support/builds.ts';
import { fullDiary, openFullDiary, ownReminder } from './support/made-up-diary.ts';
import { takeWhatIsNewer } from './support/older-browser.ts';
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
  // Every screen is also opened as on the oldest browser we build for.
  await page.addInitScript(takeWhatIsNewer);
  await openFullDiary(page);
  const devices = await namesOfDevices(page);
  using marked = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-marked-'));
  await buildWithMarkedTexts(marked.path);
  await server.stop();
  await replaceBuild(webDir, marked.path);
  await server.start();
  await page.evaluate(forgetBuild);

  const found: string[] = [];
  const own = [...textsIn(fullDiary), ownReminder, ...devices, new URL(server.url).host];
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
  await lookAtStates(page, look);
  await lookAtJoining(page, { look, link: await server.invite() });
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
  await lookAtDesk(device, { look: (screen) => look(screen, device), link: await server.invite() });
  await device.reload();
  await expect(device.getByLabel('Your PIN')).toBeVisible();
  await look('the door of the desk', device);

  const locked = await another();
  await locked.goto('/');
  for (const step of ['Start', 'Continue', 'It is mine'])
    await locked.getByRole('button', { name: step }).click();
  await choosePin(locked, 'Open my diary');
  await expect(locked.locator('canvas')).toBeVisible();
  await locked.reload();
  await expect(locked.getByLabel('Your PIN')).toBeVisible();
  await look('the door', locked);
  await locked.getByRole('link', { name: 'Quick entry' }).click();
  await locked.getByLabel('Anything you want to remember').fill('7');
  await look('a quick entry', locked);
  await locked.getByRole('button', { name: 'Save' }).click();
  await expect(locked.getByText('and sealed.')).toBeVisible();
  await look('a quick entry, saved', locked);
  await visit(locked, { path: '/help' });
  await look('help now while locked', locked);
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

type Look = (screen: string) => Promise<void>;

/** What stands on no address of its own. In the full diary. */
async function lookAtStates(page: Page, look: Look): Promise<void> {
  await visit(page, { path: '/questionnaires/gad-2/answer' });
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByRole('progressbar').or(save).waitFor();
  while (!(await save.isVisible())) await page.keyboard.press('2');
  await look('the answers, to be looked at');
  await save.click();
  await expect(page.getByText(/Saved .on/)).toBeVisible();
  await look('what the answers come to');

  const sheet = page.getByRole('dialog');
  await visit(page, { path: '/journal' });
  await page.getByRole('button', { name: 'Go to a month' }).click();
  await look('the months');
  await sheet.getByRole('button', { name: 'Close' }).click();
  await visit(page, { path: '/me/use' });
  await page.getByRole('button', { name: 'nothing noted. Add it' }).last().click();
  await look('a day of the 28');
  await sheet.getByRole('button', { name: 'Close' }).click();
  await visit(page, { path: '/me/conditions' });
  await page.getByRole('main').getByRole('button', { name: 'since' }).first().click();
  await look('a condition');
  await sheet.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look('a condition, asking');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep' }).click();
}

/** From no server to a link that somebody can be sent. */
async function lookAtJoining(
  page: Page,
  { look, link }: { readonly look: Look; readonly link: string },
): Promise<void> {
  await visit(page, { path: '/me/server/join' });
  await page.getByLabel('Invitation link or code').fill(link);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('It will not see what you write')).toBeVisible();
  await look('joining');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText('in touch')).toBeVisible();
  await look('a server, joined');
  await visit(page, { path: '/sharing' });
  await expect(page.getByText('Only you can read your diary.')).toBeVisible();
  await look('sharing with nobody');
  await visit(page, { path: '/sharing/new' });
  await look('whom to share with');
  await page.getByRole('button', { name: 'They are somewhere else' }).click();
  await page.getByLabel('Who is it for?').fill('7');
  await look('a sharing link to be made');
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByText('It works once, until')).toBeVisible();
  await look('a sharing link');
}

/** From the first screen of the desk, which is shown, over all of its addresses. */
async function lookAtDesk(
  page: Page,
  { look, link }: { readonly look: Look; readonly link: string },
): Promise<void> {
  await page.getByRole('button', { name: 'Start' }).click();
  await look('the lock of the desk');
  await choosePin(page, 'Make my keys');
  await page.getByLabel('Name and role').fill('7');
  await look('a name at the desk');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('Scan with the camera')).toBeVisible();
  await look('a server for the desk');
  await page.getByRole('textbox').fill(link);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('Nobody shares with you yet.')).toBeVisible();
  for (const address of deskAddresses) {
    await visit(page, address);
    await look(address.path);
  }
}

async function choosePin(page: Page, goOn: string): Promise<void> {
  await page.getByRole('radio', { name: 'A PIN' }).check();
  await page.getByLabel('Six digits or more').fill('481516');
  await page.getByRole('button', { name: goOn }).click();
}

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
