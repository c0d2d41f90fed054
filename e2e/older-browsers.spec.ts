import { brokenRules } from './support/axe.ts';
import { joinServer, logMood, firstRun, entryLine, openRoom } from './support/app.ts';
import { takeWhatIsNewer } from './support/older-browser.ts';
import { expectAllOnServer } from './support/own-server.ts';
import { expect, test } from './support/test.ts';

test('a browser as old as those we build for keeps a diary, looks back on it and sends it to a server', async ({
  page,
  server,
}) => {
  await page.addInitScript(takeWhatIsNewer);
  await firstRun(page);
  expect(await page.evaluate(() => 'Iterator' in globalThis)).toBe(false);
  await logMood(page, { at: [0.8, 0.2], text: 'On the phone my brother gave me.' });
  await page.reload();
  await openRoom(page, 'Insights');
  await expect(page.getByRole('heading', { name: 'How pleasant' })).toBeVisible();
  await joinServer(page, server.invitation() ?? '');
  await expectAllOnServer(page);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'On the phone my brother gave me.')).toBeVisible();
});

test('where the app does not begin, the page says so after a while, with numbers to call', async ({
  page,
  watch,
}) => {
  watch.foresee(/ERR_FAILED/u);
  await page.route('**/assets/*.js', (asked) => asked.abort());
  await page.goto('/');
  const words = page.getByText('Evenkeel is not here yet.');
  await expect(words).toContainText('Help in the UK: 999');
  await expect(words).toBeHidden();
  await page.evaluate(() => document.getAnimations().forEach((one) => one.finish()));
  await expect(words).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await brokenRules(page), colorScheme).toEqual([]);
  }
});
