/** Somebody in a bad night: from wherever they are, a number to call is two touches away, with no network. */
import { type Page, expect } from '@playwright/test';
import { diaryAddresses, visit } from './support/addresses.ts';
import {
  expectLocked,
  logMood,
  openEntry,
  openMe,
  touchSea,
  unlock,
  waitUntilCached,
} from './support/app.ts';
import { openFullDiary } from './support/made-up-diary.ts';
import { deskFirstRun } from './support/sharing.ts';
import { test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

test('from every point of the app a number to call is at most two touches away, also locked and with no network', async ({
  page,
  another,
  server,
  watch,
}) => {
  test.slow();
  watch.foresee(serverIsAway);
  const seen: string[] = [];
  const help = async (point: string, on: Page = page): Promise<void> => {
    await test.step(point, async () => {
      const lifebuoy = on.getByRole('link', { name: 'Help now' }).last();
      const number = on.getByRole('link', { name: /In danger now: 999/ }).first();
      await lifebuoy.click();
      await expect(number).toHaveAttribute('href', 'tel:999');
      expect((await number.boundingBox())?.height, 'as high as a thumb').toBeGreaterThanOrEqual(44);
      await expect(number, 'seen without scrolling').toBeInViewport();
      await on.getByRole('button', { name: 'Close' }).click();
      await expect(number).toHaveCount(0);
      seen.push(point);
    });
  };

  const desk = await another();
  await desk.goto('/desk');
  await help('the desk, before anything', desk);
  await deskFirstRun(desk);
  await desk.getByRole('textbox').fill(await server.invite());
  await desk.getByRole('button', { name: 'Go on' }).click();
  await expect(desk.getByText('Nobody shares with you yet.')).toBeVisible();
  for (const path of ['/desk', '/desk/code', '/desk/link', '/desk/device']) {
    await visit(desk, { path });
    await help(path, desk);
  }

  await page.goto('/');
  await help('the very first screen');
  await page.getByRole('button', { name: 'Start' }).click();
  await help('the second screen');
  await page.goto('/restore');
  await help('the way back from the words');
  const secret = await openFullDiary(page, { kind: 'pin', pin: '481516' });
  await waitUntilCached(page);
  await server.stop('SIGKILL');

  await help('today');
  await logMood(page, { at: [0.1, 0.1], text: 'It is three, and it is bad.' });
  await touchSea(page, [0.2, 0.2]);
  await help('an open check-in');
  await openEntry(page, 'It is three, and it is bad.');
  await help('an entry');
  for (const address of diaryAddresses) {
    // Help now itself is where the others lead.
    if (address.path === '/help') continue;
    await visit(page, address);
    await help(address.path);
  }
  const inside = async (path: string, opens: RegExp, role: 'dialog' | 'alertdialog'): Promise<void> => {
    await visit(page, { path });
    await page.getByRole('button', { name: opens }).first().click();
    await expect(page.getByRole(role)).toBeVisible();
    await help(`${role} on ${path}`);
  };
  await inside('/me/use', /July/, 'dialog');
  await inside('/journal', /^Go to a month/, 'dialog');
  await inside('/me/finish', /^Finish here/, 'alertdialog');
  await openMe(page, 'Questionnaires');
  await help('the questionnaires');
  await page.getByRole('link', { name: /^PHQ-9/ }).click();
  await page.getByRole('link', { name: 'Begin' }).click();
  await expect(page.locator('[data-screen-title]')).toHaveText('Little interest or pleasure in doing things');
  await page.keyboard.press('3');
  await expect(page.locator('[data-screen-title]')).toHaveText('Feeling down, depressed, or hopeless');
  await help('in the middle of a questionnaire');
  await expect(page.locator('[data-screen-title]')).toHaveText('Feeling down, depressed, or hopeless');

  await page.reload();
  await expectLocked(page);
  await help('the locked door');
  await page.getByRole('link', { name: 'Quick entry, without opening' }).click();
  await help('an entry while locked');

  // By the keyboard alone: the page's name has the focus, and the numbers come soon after it.
  await page.goto('/');
  await page.getByRole('link', { name: 'Help now' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  const number = page.getByRole('link', { name: /In danger now: 999/ }).first();
  for (let stop = 0; stop < 3 && !(await number.evaluate((one) => one === document.activeElement)); stop += 1)
    await page.keyboard.press('Tab');
  await expect(number).toBeFocused();
  await page.goto('/');
  await unlock(page, secret);
  expect(seen.length).toBeGreaterThan(diaryAddresses.length);
});
