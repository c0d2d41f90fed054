/** A diary of many days, there at once: a made-up person's backup file, opened in an empty browser as anybody's is. */
import { type Page, expect } from '@playwright/test';
import { type PlausibleDiary, plausibleDiary } from '@evenkeel/test-kit';
import { backupOf } from '@evenkeel/test-kit/write-diary';
import { type Lock, type Secret, chooseLock, expectOpen, noLock, openMe, openRoom } from './app.ts';
import { asFile } from './backups.ts';

/** Ends on Today, at `now` on the page's clock, which stands still from here on. */
export async function openMadeUpDiary(
  page: Page,
  diary: PlausibleDiary,
  now: number,
  lock: Lock = noLock,
): Promise<Secret> {
  const { file, words } = await backupOf(diary, now);
  await page.clock.setFixedTime(now);
  await page.goto('/restore');
  await page.getByRole('button', { name: /^From a backup file/ }).click();
  await page.getByLabel('Choose a backup file').setInputFiles(asFile(Buffer.from(file)));
  await page.getByLabel('Your 24 words').fill(words.join(' '));
  await page.getByRole('button', { name: 'Open my backup' }).click();
  await expect(page.getByText(/came out of the file\.$/)).toBeVisible({ timeout: 60_000 });
  const secret = await chooseLock(page, lock);
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(page);
  return secret;
}

const now = Date.parse('2026-07-14T18:00:00+01:00');
/** Four months in which everything is switched on. */
export const fullDiary = plausibleDiary({ seed: 3, until: now, years: 1 / 3, more: true });
export const ownReminder = 'Time for a stretch';

/** So full that every screen has something to show; as `openMadeUpDiary`, with a reminder. Ends on Today. */
export async function openFullDiary(page: Page, lock: Lock = noLock): Promise<Secret> {
  const secret = await openMadeUpDiary(page, fullDiary, now, lock);
  await addReminder(page);
  await openRoom(page, 'Today');
  return secret;
}

/** From anywhere in the diary. */
export async function addReminder(page: Page): Promise<void> {
  await openMe(page, 'Reminders');
  await page.getByRole('link', { name: 'New reminder' }).click();
  await page.getByLabel('In your own words').fill(ownReminder);
  await page.getByLabel('Time', { exact: true }).fill('18:30');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Next: ')).toBeVisible();
}
