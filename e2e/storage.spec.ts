import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import {
  checkInSheet,
  entryLine,
  expectOpen,
  firstRun,
  logMood,
  openRoom,
  save,
  saveButton,
  touchSea,
} from './support/app.ts';
import { changeWraps, clearSite, keepNothing } from './support/lost-storage.ts';
import { expect, test } from './support/test.ts';

test('on a full device nothing is saved by halves: check-in, questionnaire and plan say so, keep what was said, and save when there is room', async ({
  page,
  context,
}) => {
  await firstRun(page);
  await logMood(page, { at: [0.7, 0.3], text: 'Written while there was room.' });
  const form = await context.newPage();
  await form.goto('/questionnaires/gad-2/answer');
  const plan = await context.newPage();
  await plan.goto('/plan');
  await page.bringToFront();
  await setRoom(page, 'full');

  await touchSea(page, [0.3, 0.3]);
  const sheet = checkInSheet(page);
  const words = sheet.getByLabel('Anything you want to remember…');
  await untilSaid(sheet.getByText('stays here only while this page is open'), async (time) => {
    await words.fill(`Typed for the ${time}. time.`);
  });
  await words.fill('Written when there was none.');
  await expectAccessible(page, 'a check-in on a full device');
  await saveButton(page).click();
  await expect(sheet.getByText('This device is full, so it was not saved.')).toBeVisible();
  await expect(words).toHaveValue('Written when there was none.');

  await form.bringToFront();
  await untilSaid(form.getByText('Your answers stay here only while this page is open.'), async (time) => {
    if (time > 1) await form.getByRole('button', { name: 'Back' }).click();
    await form.getByRole('button', { name: time % 2 === 0 ? 'Not at all' : 'Several days' }).click();
  });
  await form.getByRole('button', { name: 'More than half the days' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('This device is full, so it was not saved.')).toBeVisible();
  await expect(
    form.getByRole('button', { name: /More than half the days/ }),
    'the answers stay',
  ).toBeVisible();

  await plan.bringToFront();
  await plan
    .getByRole('button', { name: /^Add a line to/ })
    .first()
    .click();
  await plan.getByRole('textbox').first().fill('A line with no room.');
  await plan.getByRole('button', { name: 'Keep this line' }).click();
  await expect(plan.getByText(/device is full/)).toBeVisible();
  await expect(plan.getByRole('textbox').first()).toHaveValue('A line with no room.');

  await setRoom(page, 'free');
  await plan.getByRole('button', { name: 'Keep this line' }).click();
  await expect(plan.getByRole('listitem').filter({ hasText: 'A line with no room.' })).toHaveCount(1);
  await form.bringToFront();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Saved on this')).toBeVisible();
  await page.bringToFront();
  await save(page);
  await page.reload();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Written while there was room.')).toHaveCount(1);
  await expect(entryLine(page, 'Written when there was none.')).toHaveCount(1);
  await expect(entryLine(page, /GAD-2: \d of 6/)).toHaveCount(1);
});

test('the browser is asked to keep the diary, and Me says what it answered', async ({ page }) => {
  await firstRun(page);
  await page.goto('/me/data/kept');
  await expect(page.getByText(/^The browser may empty this when it needs room/)).toBeVisible();
  await letKeep(page);
  await page.getByRole('button', { name: 'Ask the browser to keep it' }).click();
  await expect(page.getByText('The browser has promised not to empty this by itself.')).toBeVisible();
});

test('a new diary asks the browser to keep it by itself', async ({ page }) => {
  await letKeep(page);
  await firstRun(page);
  await page.goto('/me/data/kept');
  await expect(page.getByText('The browser has promised not to empty this by itself.')).toBeVisible();
});

test('when the browser has emptied the site, the app says so, what is safe, and how to get it back', async ({
  page,
}) => {
  await firstRun(page);
  await logMood(page, { text: 'Soon gone from here.' });
  await clearSite(page, 'indexeddb');
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'The browser has emptied this site' })).toBeVisible();
  await expectAccessible(page, 'emptied');
  await page.getByRole('link', { name: 'Get it back' }).click();
  await expect(page.getByRole('button', { name: /^With my 24 words/ })).toBeVisible();
  await page.goto('/');
  await page.getByRole('button', { name: 'Start a new diary' }).click();
  await firstRun(page);
  await page.reload();
  await expectOpen(page);
});

test('a site that its owner cleared whole starts like new', async ({ page }) => {
  await firstRun(page);
  await clearSite(page, 'indexeddb,local_storage');
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
});

test('a browser that keeps nothing, as in some private windows, is told before anything is typed', async ({
  page,
}) => {
  await page.addInitScript(keepNothing);
  await page.goto('/');
  await expect(
    page.getByRole('heading', { name: 'This browser does not let us keep anything' }),
  ).toBeVisible();
  await expectAccessible(page, 'a private window');
});

test('a diary whose key was damaged, or made by a newer app, says that it does not open, and deletes nothing', async ({
  page,
}) => {
  await firstRun(page);
  await logMood(page, { text: 'Behind a key that broke.' });
  await page.evaluate(changeWraps, { at: 0, by: 3 });
  await page.reload();
  await expect(
    page.getByRole('heading', { name: 'A newer version of the app wrote this diary' }),
  ).toBeVisible();
  await expectAccessible(page, 'a newer app is needed');
  await page.evaluate(changeWraps, { at: 0, by: 3 });
  await page.evaluate(changeWraps, { at: -1, by: 1 });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'The diary on this device does not open' })).toBeVisible();
  await expectAccessible(page, 'a damaged key');
  await page.getByRole('link', { name: 'Get it back' }).click();
  await expect(page.getByRole('button', { name: /^With my 24 words/ })).toBeVisible();
});

/** A browser goes on for a while with the room it was promised last: `act` is done until it has run out. */
async function untilSaid(said: Locator, act: (time: number) => Promise<void>): Promise<void> {
  let time = 0;
  await expect(async () => {
    time += 1;
    await act(time);
    await expect(said).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 90_000 });
}

/** `full`: not a byte more than there is. */
async function setRoom(page: Page, room: 'full' | 'free'): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, ...(room === 'full' && { quotaSize: 1 }) });
}

/** From now on the browser says yes when a page asks it to keep what it stores. */
async function letKeep(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const { browserContextId } = targetInfo;
  await session.send('Browser.grantPermissions', {
    permissions: ['durableStorage'],
    ...(browserContextId !== undefined && { browserContextId }),
  });
}
