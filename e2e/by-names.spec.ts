/** Somebody who hears the app: everything is found by what it is and what it is called, on a narrow screen with large text. */
import { type Page, expect } from '@playwright/test';
import { test } from './support/test.ts';

test.use({ viewport: { width: 320, height: 640 } });

/** What is heard without a name is not known to be anything. */
const NEEDS_A_NAME =
  /^\s*- (button|link|textbox|searchbox|slider|switch|checkbox|radio|combobox|img|navigation|dialog|region)(?! ")/;

test('a first run, a mood, its change, the room of sharing and a way to help, by roles and names alone', async ({
  page,
}) => {
  const unnamed: string[] = [];
  const hear = async (screen: string): Promise<void> => {
    await expect(page.getByRole('main')).toHaveCount(1);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    const heard = await page.locator('body').ariaSnapshot();
    unnamed.push(
      ...heard.split('\n').flatMap((line) => (NEEDS_A_NAME.test(line) ? `${screen}: ${line.trim()}` : [])),
    );
  };
  await page.goto('/');
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await hear('welcome');
  await press(page, 'Start');
  await hear('who can read it');
  await press(page, 'Continue');
  await hear('whose phone');
  await page.getByRole('button', { name: /^It is mine/ }).press('Enter');
  await page.getByRole('radio', { name: /^No lock/ }).check();
  await hear('lock');
  await press(page, 'Open my diary');

  await expect(page.getByRole('group', { name: 'The mood sea' })).toBeVisible();
  await hear('today');
  await page.getByRole('slider', { name: 'How pleasant' }).press('ArrowRight');
  await page.getByRole('slider', { name: 'How much energy' }).press('ArrowUp');
  await page.getByRole('slider', { name: 'How much energy' }).press('Enter');
  await expect(page.getByRole('slider', { name: 'How pleasant' }).first()).toHaveAttribute(
    'aria-valuetext',
    /\w/,
  );
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Anything you want to remember…' }).fill('Heard, not seen.');
  await hear('check-in');
  await press(page, 'Save');
  await expect(page.getByRole('status').filter({ hasText: /^Saved on this/ })).toBeVisible();

  for (const room of ['Journal', 'Insights', 'Sharing', 'Me', 'Today'] as const) {
    await page.getByRole('link', { name: room, exact: true }).press('Enter');
    await expect(page.getByRole('link', { name: room, exact: true })).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('heading', { level: 1 }).first(), 'said first').toBeFocused();
    await hear(room);
  }
  await page.getByRole('link', { name: 'Journal', exact: true }).press('Enter');
  await page.getByRole('link', { name: /Heard, not seen\./ }).press('Enter');
  await hear('entry');
  await page.getByRole('button', { name: 'Change', exact: true }).press('Enter');
  await page.getByRole('textbox', { name: 'Anything you want to remember…' }).fill('Heard, and changed.');
  await page.getByRole('button', { name: 'Save changes' }).press('Enter');
  await expect(page.getByRole('article').getByText('Heard, and changed.')).toBeVisible();
  await page.getByRole('link', { name: 'Help now' }).last().press('Enter');
  await hear('help');
  await expect(page.getByRole('link', { name: /In danger now: 999/ })).toBeVisible();
  expect(unnamed).toEqual([]);
});

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).press('Enter');
}
