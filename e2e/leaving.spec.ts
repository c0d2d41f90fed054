import {
  checkInSheet,
  expectLocked,
  expectOpen,
  fillCheckIn,
  firstRun,
  logMood,
  openEntry,
  openMe,
  openRoom,
  touchSea,
  unlock,
  waitUntilCached,
} from './support/app.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

const leave = 'Leave this page';

test('leaving is the first stop of the keyboard on every screen, and leaves a blank page', async ({
  page,
}) => {
  await page.goto('/');
  const expectFirst = async (): Promise<void> => {
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: leave })).toBeFocused();
  };
  await expectFirst();
  await firstRun(page);
  await logMood(page, { text: 'Nobody must see this.' });
  for (const path of ['/', '/journal', '/help']) {
    await page.goto(path);
    await expectFirst();
  }
  await openFirstEntry();
  await expectFirst();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/away\.html$/);
  await expect(page.locator('body')).toBeEmpty();
  expect(await page.title()).not.toContain('Evenkeel');

  async function openFirstEntry(): Promise<void> {
    await page.goto('/');
    await openEntry(page, 'Nobody must see this.');
  }
});

test('Shift three times, or one touch, leaves from an open check-in too; Esc never does', async ({
  page,
}) => {
  const button = checkInSheet(page).getByRole('button', { name: leave });
  const expectGone = async (): Promise<void> => {
    await expect(page).toHaveURL(/\/away\.html$/);
    await expect(page.locator('body')).toBeEmpty();
  };
  await firstRun(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expectOpen(page);
  await touchSea(page, [0.3, 0.3]);
  await fillCheckIn(page, { text: 'somebody came in' });
  await page.keyboard.press('Shift');
  await page.keyboard.press('a');
  await page.keyboard.press('Shift');
  await page.keyboard.press('Shift');
  await expect(checkInSheet(page)).toBeVisible();
  await page.keyboard.press('Shift');
  await expectGone();

  // By touch, and as the first stop of the keyboard: the page behind the check-in is out of reach.
  for (const go of [() => button.click(), () => page.keyboard.press('Enter')]) {
    await page.goto('/');
    await touchSea(page, [0.3, 0.3]);
    await page.keyboard.press('Tab');
    await expect(button).toBeFocused();
    await go();
    await expectGone();
  }
});

test('Help now works while locked and with no server, and nothing of the diary is on it', async ({
  page,
  server,
  watch,
}) => {
  watch.foresee(serverIsAway);
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  await logMood(page, { text: 'Written before.' });
  await waitUntilCached(page);
  await server.stop('SIGKILL');
  await page.reload();
  await expectLocked(page);
  await page.getByRole('link', { name: 'Help now' }).click();
  await expect(page.getByRole('heading', { name: 'You are not alone with this.' })).toBeVisible();
  await expect(page.getByRole('link', { name: /999/ })).toHaveAttribute('href', 'tel:999');
  await expect(page.getByText(/last checked on \d+ \w+ 20\d\d/)).toBeVisible();
  await expect(
    page.getByText('The browser may still list this app among the pages you visited.'),
  ).toBeVisible();
  await expect(page.getByText('Written before.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Close' }).click();
  await expectLocked(page);
  await unlock(page, secret);
});

test('Help now is in the same place on every screen', async ({ page }) => {
  const place = async (): Promise<string> => {
    const box = await page.getByRole('link', { name: 'Help now' }).last().boundingBox();
    return box === null ? 'nowhere' : `${Math.round(box.x)},${Math.round(box.y)}`;
  };
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Help now' })).toBeVisible();
  const first = await place();
  const expectThere = () => expect.poll(place).toBe(first);
  await page.getByRole('button', { name: 'Start' }).click();
  await expectThere();
  await firstRun(page);
  await expectThere();
  await logMood(page, { text: 'One entry.' });
  await touchSea(page, [0.5, 0.5]);
  await expectThere();
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await openRoom(page, 'Journal');
  await expectThere();
  await openEntry(page, 'One entry.');
  await expectThere();
});

test('left alone for five minutes the diary locks itself, and the draft is there after unlocking; it waits fifteen or one where that is chosen', async ({
  page,
}) => {
  await page.clock.install();
  const secret = await firstRun(page, { kind: 'own', passphrase: 'eleven geese above the allotment' });
  await touchSea(page, [0.2, 0.2]);
  await fillCheckIn(page, { text: 'Unfinished, and private.' });
  await page.clock.fastForward('04:30');
  await expect(checkInSheet(page)).toBeVisible();
  await page.clock.fastForward('00:40');
  await expectLocked(page);
  await expect(page.getByText('Unfinished, and private.')).toHaveCount(0);
  await unlock(page, secret);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(checkInSheet(page).getByLabel('Anything you want to remember…')).toHaveValue(
    'Unfinished, and private.',
  );
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();

  await openMe(page, 'Lock');
  await page.getByRole('button', { name: '15 minutes' }).click();
  await page.clock.fastForward('14:30');
  await page.getByRole('button', { name: '1 minute', exact: true }).click();
  await page.clock.fastForward('00:30');
  await expect(page.getByRole('heading', { level: 1, name: 'Lock' })).toBeVisible();
  await page.clock.fastForward('00:40');
  await expectLocked(page);
});

test('on a shared phone the diary locks the moment it goes out of sight, and keeps even the words typed just before', async ({
  page,
}) => {
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' }, 'shared');
  await touchSea(page, [0.2, 0.2]);
  await fillCheckIn(page, { text: 'Somebody is at the door' });
  await page.evaluate(goOutOfSight);
  await expectLocked(page);
  await expect(page.getByText('Somebody is at the door')).toHaveCount(0);
  await unlock(page, secret);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(checkInSheet(page).getByLabel('Anything you want to remember…')).toHaveValue(
    'Somebody is at the door',
  );
});

/** Runs in the page. Playwright keeps every page in sight, so the page is told by hand what a phone would tell it. */
function goOutOfSight(): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
}
