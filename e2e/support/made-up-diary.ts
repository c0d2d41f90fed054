/** A diary of many days, there at once: a made-up person's backup file, opened in an empty browser as anybody's is. */
import { type Page, expect } from '@playwright/test';
import type { PlausibleDiary } from '@evenkeel/test-kit';
import { backupOf } from '@evenkeel/test-kit/write-diary';
import { chooseLock, expectOpen, noLock } from './app.ts';
import { asFile } from './backups.ts';

/** Ends on Today, at `now` on the page's clock, which stands still from here on. */
export async function openMadeUpDiary(page: Page, diary: PlausibleDiary, now: number): Promise<void> {
  const { file, words } = await backupOf(diary, now);
  await page.clock.setFixedTime(now);
  await page.goto('/restore');
  await page.getByRole('button', { name: /^From a backup file/ }).click();
  await page.getByLabel('Choose a backup file').setInputFiles(asFile(Buffer.from(file)));
  await page.getByLabel('Your 24 words').fill(words.join(' '));
  await page.getByRole('button', { name: 'Open my backup' }).click();
  await expect(page.getByText(/came out of the file\.$/)).toBeVisible({ timeout: 60_000 });
  await chooseLock(page, noLock);
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(page);
}
