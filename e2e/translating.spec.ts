import type { Page } from '@playwright/test';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWithMarkedTexts } from './support/builds.ts';
import { expect, test as journey } from './support/test.ts';
import { wordsFromNowhere } from './support/unmarked.ts';

const test = journey.extend({
  webDir: async ({ browserName }, give) => {
    using folder = mkdtempDisposableSync(join(tmpdir(), `evenkeel-marked-${browserName}-`));
    await buildWithMarkedTexts(folder.path);
    await give(folder.path);
  },
});

/** Rooms that open by their address. */
const rooms = [
  '/',
  '/journal',
  '/journal/bin',
  '/sharing',
  '/sharing/new',
  '/me',
  '/me/track',
  '/me/track/substances',
  '/me/track/medication',
  '/me/track/trackers',
  '/me/use',
  '/me/conditions',
  '/me/values',
  '/me/values/review',
  '/me/reminders',
  '/me/backup',
  '/me/lock',
  '/me/finish',
  '/me/devices',
  '/me/kit',
  '/me/server',
  '/me/server/join',
  '/me/data',
  '/me/data/import',
  '/me/data/kept',
  '/me/install',
  '/me/name',
  '/me/appearance',
  '/me/about',
  '/questionnaires',
  '/questionnaires/phq-9',
  '/insights',
  '/insights/summary',
  '/plan',
  '/help',
];

test('every word on every screen comes from a message file', async ({ page }) => {
  await page.goto('/');
  const found: string[] = [];
  const look = async (screen: string): Promise<void> => {
    found.push(...(await wordsFromNowhere(page)).map((words) => `${screen}: ${words}`));
  };
  await press(page, 'Start', look);
  await press(page, 'Continue', look);
  await press(page, 'It is mine', look);
  await page.getByRole('radio', { name: 'No lock' }).check();
  await press(page, 'Open my diary', look);
  await expect(page.locator('canvas')).toBeVisible();
  expect(await page.getByText('⟦').count(), 'marked texts on Today').toBeGreaterThan(3);

  await page.locator('[data-mood-sea]').click({ position: { x: 250, y: 200 } });
  await page.getByRole('button', { name: 'more…' }).click();
  await look('check-in');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('a[href^="/entry/"]').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await look('an entry');
  for (const room of rooms) {
    await page.goto(room);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(room);
  }
  await page.goto('/desk');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await look('/desk');
  expect(found).toEqual([]);
});

test('a word that was written straight into a screen is found', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  expect(await wordsFromNowhere(page)).toEqual([]);
  await page.evaluate(() => {
    const plain = document.createElement('p');
    plain.textContent = 'Written here';
    const named = document.createElement('button');
    named.setAttribute('aria-label', 'Named here');
    document.querySelector('main')?.append(plain, named);
  });
  expect(await wordsFromNowhere(page)).toEqual(['Written here', 'Named here']);
});

async function press(page: Page, name: string, look: (screen: string) => Promise<void>): Promise<void> {
  const button = page.getByRole('button', { name });
  await expect(button).toBeVisible();
  await look(`before “${name}”`);
  await button.click();
}
