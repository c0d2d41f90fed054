/** Somebody in a bad night: what can be written and reached, locked and open, with no network. */
import { expectAccessible } from './support/accessible.ts';
import { entryLine, expectLocked, firstRun, openRoom, sea, unlock, waitUntilCached } from './support/app.ts';
import { databasesOf } from './support/browser-storage.ts';
import { findLeaks } from './support/leaks.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

test('what is written while locked is sealed, and is one marked entry at the next opening', async ({
  page,
  context,
  server,
  watch,
}) => {
  watch.foresee(serverIsAway);
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  await waitUntilCached(page);
  await page.reload();
  await server.stop('SIGKILL');
  await expectLocked(page);

  await page.getByRole('link', { name: 'Quick entry, without opening' }).click();
  await expect(page.getByRole('heading', { name: 'Quick entry' })).toBeVisible();
  await expectAccessible(page, 'quick entry');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  const box = await sea(page).boundingBox();
  if (box === null) throw new Error('no sea');
  await sea(page).click({ position: { x: 0.2 * box.width, y: 0.2 * box.height } });
  await page.getByLabel('Anything you want to remember…').fill('Canary awake at three.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('and sealed.')).toBeVisible();
  await expectAccessible(page, 'quick entry, saved');

  // The app's shortcut leads there as well while it is locked.
  const shortcut = await context.newPage();
  await shortcut.goto('/?check-in');
  await expect(shortcut.getByRole('heading', { name: 'Quick entry' })).toBeVisible();
  await expect(shortcut.getByText('Canary')).toHaveCount(0);
  expect(findLeaks(['Canary awake'], await databasesOf(shortcut))).toEqual([]);
  await shortcut.close();

  await page.getByRole('link', { name: 'Open my diary' }).click();
  await unlock(page, secret);
  await expect(
    page.getByText('One entry that was written while locked is in your journal now.'),
  ).toBeVisible();
  await expectAccessible(page, 'today, with what was written while locked');
  await page.getByRole('button', { name: 'I have read this' }).click();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Canary')).toHaveCount(1);
  await expect(entryLine(page, 'written while locked')).toHaveCount(1);
  await entryLine(page, 'Canary').click();
  await expect(page.getByText('Written while locked.')).toBeVisible();

  await page.reload();
  await unlock(page, secret);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Canary')).toHaveCount(1);
});
