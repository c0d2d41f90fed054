import type { Page } from '@playwright/test';
import {
  entryLine,
  expectLocked,
  expectOpen,
  firstRun,
  logMood,
  openRoom,
  save,
  saveButton,
  sea,
  touchSea,
  unlock,
  waitUntilCached,
} from './support/app.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

test('once the app is on the phone it needs nobody: first run, three entries, closed, opened and read with no server', async ({
  server,
  profile,
  watch,
}) => {
  watch.foresee(serverIsAway);
  const { page } = await profile.open();
  await page.goto('/');
  await waitUntilCached(page);
  await server.stop('SIGKILL');

  const secret = await firstRun(page, { kind: 'own', passphrase: 'the heron stands in the reeds' });
  await logMood(page, { at: [0.2, 0.2], text: 'Argued about the rent.' });
  await logMood(page, { at: [0.8, 0.7], text: 'Planted the last beans.' });
  await logMood(page, { at: [0.3, 0.9], text: 'Could not sleep again.' });
  await expect(page.getByText('Saved on this phone.')).toBeVisible();
  await profile.close();

  const { page: again } = await profile.open();
  await again.goto('/journal');
  await expectLocked(again);
  for (const written of ['rent', 'beans', 'sleep']) await expect(again.getByText(written)).toHaveCount(0);
  await unlock(again, secret);
  await openRoom(again, 'Journal');
  for (const written of ['Argued about the rent.', 'Planted the last beans.', 'Could not sleep again.']) {
    await expect(entryLine(again, written)).toBeVisible();
  }
});

test('from opening the app to a saved mood it takes at most three touches, and so it does behind a lock, once that is open', async ({
  profile,
  another,
}) => {
  const { page } = await profile.open({ hasTouch: true, isMobile: true });
  await firstRun(page);
  await waitUntilCached(page);
  await page.addInitScript(countTouches);
  await page.reload();

  await tapAndSave(page);
  const touches = await touchesOn(page);
  expect(touches).toBeGreaterThan(0);
  expect(touches).toBeLessThanOrEqual(3);
  await page.reload();
  await expect(entryLine(page, /pleasant/)).toBeVisible();

  const locked = await another({ hasTouch: true, isMobile: true });
  const pin = await firstRun(locked, { kind: 'pin', pin: '481516' });
  await locked.addInitScript(countTouches);
  await locked.reload();
  await expectLocked(locked);
  await unlock(locked, pin);
  const before = await touchesOn(locked);
  expect(before, 'the unlock itself is one').toBe(1);
  await tapAndSave(locked);
  expect((await touchesOn(locked)) - before).toBeLessThanOrEqual(3);
});

test('an entry saved with the network off is saved at once, and nothing turns while it is', async ({
  page,
  context,
  watch,
}) => {
  watch.foresee(serverIsAway);
  await firstRun(page);
  await waitUntilCached(page);
  await context.setOffline(true);
  await page.reload();
  await touchSea(page, [0.5, 0.2]);
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await save(page);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'on this phone')).toBeVisible();
});

async function tapAndSave(page: Page): Promise<void> {
  await expectOpen(page);
  const box = await sea(page).boundingBox();
  if (box === null) throw new Error('the sea is not on the page');
  await page.touchscreen.tap(box.x + box.width * 0.7, box.y + box.height * 0.6);
  await saveButton(page).tap();
  await expect(page.getByText('Saved on this phone.')).toBeVisible();
}

async function touchesOn(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.documentElement.dataset['touches']));
}

/** Runs in the page before anything else. */
function countTouches(): void {
  window.addEventListener(
    'pointerdown',
    (event) => {
      const { dataset } = document.documentElement;
      if (event.isTrusted) dataset['touches'] = String(Number(dataset['touches'] ?? 0) + 1);
    },
    { capture: true },
  );
}
