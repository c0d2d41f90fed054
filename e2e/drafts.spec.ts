import type { Page } from '@playwright/test';
import {
  checkInSheet,
  entryLine,
  expectLocked,
  expectOpen,
  fillCheckIn,
  firstRun,
  logMood,
  openEntry,
  openRoom,
  save,
  saveButton,
  touchSea,
  unlock,
} from './support/app.ts';
import { databasesOf } from './support/browser-storage.ts';
import { filesUnder } from './support/files-under.ts';
import { findLeaks } from './support/leaks.ts';
import { expect, test } from './support/test.ts';

test('a change that was not saved comes back as it was typed, whichever way it was left, until it is saved', async ({
  page,
}) => {
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  await logMood(page, { text: 'He did not come.' });
  await openEntry(page, 'He did not come.');
  await change(page);
  await fillCheckIn(page, { text: 'He came', around: [{ group: 'A place', text: 'canal' }] });
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await expect(page.getByText('You began to change this.')).toBeVisible();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'He did not come.'), 'nothing was saved').toBeVisible();

  await openEntry(page, 'He did not come.');
  await change(page);
  await expect(words(page)).toHaveValue('He came');
  await expect(checkInSheet(page).getByRole('button', { name: 'canal' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await words(page).fill('He came an');
  await page.keyboard.press('Escape');
  await expect(checkInSheet(page)).toHaveCount(0);

  await change(page);
  await expect(words(page)).toHaveValue('He came an');
  await words(page).fill('He came an hour');
  await page.evaluate(goOutOfSight);
  await keptDrafts(page, /edit:/);
  await page.reload();
  await expectLocked(page);
  const databases = await databasesOf(page);
  expect(findLeaks(['He came an hour'], databases)).toEqual([]);
  await unlock(page, secret);

  await expect(page.getByText('You began to change this.')).toBeVisible();
  await change(page);
  await expect(words(page)).toHaveValue('He came an hour');
  await words(page).fill('He came an hour late.');
  await saveButton(page).click();
  await expect(checkInSheet(page)).toHaveCount(0);
  await expect(page.getByText('You began to change this.')).toHaveCount(0);
  await page.reload();
  await unlock(page, secret);
  await expect(page.getByText('He came an hour late.')).toBeVisible();
  await expect(page.getByText('You began to change this.')).toHaveCount(0);
  expect(await drafts(page)).not.toMatch(/edit:/);
});

test('a lock that comes in the middle of a change keeps the words typed just before it', async ({ page }) => {
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' }, 'shared');
  await logMood(page, { text: 'Before the door.' });
  await openEntry(page, 'Before the door.');
  await change(page);
  await fillCheckIn(page, { text: 'Somebody is at the door' });
  await page.evaluate(goOutOfSight);
  await expectLocked(page);
  await unlock(page, secret);
  await change(page);
  await expect(words(page)).toHaveValue('Somebody is at the door');
});

test('a change can be thrown away, and goes with its entry when that is deleted for good', async ({
  page,
}) => {
  await firstRun(page);
  await logMood(page, { text: 'As it was.' });
  await openEntry(page, 'As it was.');
  await change(page);
  await expect(throwAway(page), 'nothing was changed').toHaveCount(0);
  await fillCheckIn(page, { text: 'Not like this.' });
  await keptDrafts(page, /edit:/);
  await throwAway(page).click();
  await expect(checkInSheet(page)).toHaveCount(0);
  await keptDrafts(page, /^(?!.*edit:)/s);
  await change(page);
  await expect(words(page)).toHaveValue('As it was.');

  await fillCheckIn(page, { text: 'To go with it.' });
  await keptDrafts(page, /edit:/);
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await openEntry(page, 'As it was.');
  await change(page);
  await expect(words(page), 'it waited in the bin').toHaveValue('To go with it.');
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await page.getByRole('link', { name: 'Bin' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('The bin is empty.')).toBeVisible();
  await keptDrafts(page, /^(?!.*edit:)/s);
});

test('a change goes with an entry that leaves the bin by age', async ({ page }) => {
  await page.clock.install({ time: new Date('2027-03-18T09:00:00Z') });
  await firstRun(page);
  await logMood(page, { text: 'For thirty days more.' });
  await openEntry(page, 'For thirty days more.');
  await change(page);
  await fillCheckIn(page, { text: 'To go with it.' });
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await page.getByRole('link', { name: 'Bin' }).click();
  await page.clock.setSystemTime(new Date('2027-04-16T09:00:00Z'));
  await page.reload();
  await expect(page.getByRole('button', { name: 'Put back' })).toBeVisible();
  await keptDrafts(page, /edit:/);
  await page.clock.setSystemTime(new Date('2027-05-20T09:00:00Z'));
  await page.reload();
  await expect(page.getByText('The bin is empty.')).toBeVisible();
  await keptDrafts(page, /^(?!.*edit:)/s);
});

test('what is typed while another window deletes the entry stays on the screen, can be saved, and is kept when it is left', async ({
  page,
  context,
}) => {
  await firstRun(page);
  for (const text of ['The first of two.', 'The second of two.']) await logMood(page, { text });
  const second = await context.newPage();
  await second.goto('/');
  await expectOpen(second);

  await openEntry(page, 'The first of two.');
  await change(page);
  await fillCheckIn(page, { text: 'Typed meanwhile.' });
  await toBin(second, 'The first of two.');
  await expect(checkInSheet(page).getByText('This entry was deleted elsewhere.')).toBeVisible();
  await expect(words(page)).toHaveValue('Typed meanwhile.');
  await words(page).fill('Typed meanwhile, and after.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'This entry is not here' })).toBeVisible();
  await openRoom(page, 'Today');
  await expect(page.getByText('You began a check-in.')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(words(page)).toHaveValue('Typed meanwhile, and after.');
  await save(page);

  await openEntry(page, 'The second of two.');
  await change(page);
  await fillCheckIn(page, { text: 'Saved all the same.' });
  await toBin(second, 'The second of two.');
  await second.getByRole('link', { name: 'Bin' }).click();
  for (const left of [1, 0]) {
    await second.getByRole('button', { name: 'Delete for good' }).first().click();
    await second.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
    await expect(second.getByRole('button', { name: 'Delete for good' })).toHaveCount(left);
  }
  await saveButton(page).click();
  await expect(checkInSheet(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Change', exact: true })).toBeVisible();
  await expect(page.getByText('Saved all the same.')).toBeVisible();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Typed meanwhile, and after.')).toHaveCount(1);
  await expect(entryLine(page, 'Saved all the same.')).toHaveCount(1);
  await expect(entryLine(page, 'of two.')).toHaveCount(0);
  await openRoom(page, 'Today');
  await expect(page.getByText('You began a check-in.')).toHaveCount(0);
});

test('a browser that is killed in the middle of a sentence has kept it sealed, and nothing open', async ({
  profile,
}) => {
  const { page } = await profile.open();
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  await logMood(page, { text: 'Before the crash.' });
  await openEntry(page, 'Before the crash.');
  await change(page);
  await fillCheckIn(page, { text: 'Halfway quaywards' });
  await keptDrafts(page, /edit:/);
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await openRoom(page, 'Today');
  await touchSea(page, [0.2, 0.7]);
  await fillCheckIn(page, { text: 'Gullsong unfinished' });
  await keptDrafts(page, /check-in/);
  await profile.kill();

  const files = await filesUnder(profile.dir);
  expect(findLeaks(['evenkeel-main'], files), 'what lies open is found').not.toEqual([]);
  expect(findLeaks(['quaywards', 'Gullsong', 'Before the crash'], files)).toEqual([]);

  const { page: again } = await profile.open();
  await again.goto('/');
  await expectLocked(again);
  expect(findLeaks(['quaywards', 'Gullsong'], await databasesOf(again))).toEqual([]);
  await unlock(again, secret);
  await again.getByRole('button', { name: 'Go on' }).click();
  await expect(words(again)).toHaveValue('Gullsong unfinished');
  await checkInSheet(again).getByRole('button', { name: 'Back' }).click();
  await openEntry(again, 'Before the crash.');
  await change(again);
  await expect(words(again)).toHaveValue('Halfway quaywards');
});

test('a look back on the week that was not saved is there when the page is opened again, and is one entry in the end', async ({
  page,
}) => {
  await firstRun(page);
  await logMood(page, { values: [{ text: 'Being there for my sister', closeness: 9 }] });
  await page.goto('/me/values/review');
  const remembered = page.getByLabel('Anything you want to remember…');
  const closeness = page.getByRole('slider', { name: 'Being there for my sister' });
  await closeness.fill('7');
  await remembered.fill('Half of a week');
  await openRoom(page, 'Me');
  await keptDrafts(page, /values-review/);
  expect(findLeaks(['Half of a week'], await databasesOf(page))).toEqual([]);
  await page.goto('/me/values/review');
  await expect(remembered).toHaveValue('Half of a week');
  await expect(closeness).toHaveValue('7');
  await remembered.fill('A whole week');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('It is an entry in your journal.')).toBeVisible();
  await keptDrafts(page, /^(?!.*values-review)/s);
  await page.goto('/me/values/review');
  await expect(closeness).toHaveAttribute('aria-valuetext', 'not answered');
  await expect(remembered).toHaveValue('');
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'A whole week')).toHaveCount(1);
});

function words(page: Page) {
  return checkInSheet(page).getByLabel('Anything you want to remember…');
}

function throwAway(page: Page) {
  return checkInSheet(page).getByRole('button', { name: 'Throw the changes away' });
}

async function change(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(words(page)).toBeVisible();
}

async function toBin(page: Page, says: string): Promise<void> {
  await openEntry(page, says);
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await expect(page.getByText('Moved to the bin. It stays there for 30 days.')).toBeVisible();
}

/** The names of the boxes and what is in them, as they lie there. */
async function drafts(page: Page): Promise<string> {
  const stores = await databasesOf(page);
  return stores.find(({ name }) => name === 'evenkeel-main/drafts')?.bytes.toString('latin1') ?? '';
}

async function keptDrafts(page: Page, like: RegExp): Promise<void> {
  await expect.poll(() => drafts(page)).toMatch(like);
}

/** Runs in the page. Playwright keeps every page in sight, so the page is told by hand what a phone would tell it. */
function goOutOfSight(): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
}
