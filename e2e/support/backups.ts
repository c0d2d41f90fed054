/** Backup files in journeys: a place to save them that asks nobody, and what lies there. */
import { type Page, expect } from '@playwright/test';
import { openRoom } from './app.ts';

/** Before the first page: the browser's question "where?" is answered with a real file of the origin's own file system. */
export async function answerSavePicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const answer = async ({ suggestedName }: { suggestedName: string }) =>
      (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    Object.defineProperty(window, 'showSaveFilePicker', { value: answer });
  });
}

/** As in the many browsers that have no such question. */
export async function takeSavePickerAway(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'showSaveFilePicker', { value: undefined });
  });
}

/** The file as it lies on the disk now. */
export async function savedFile(page: Page): Promise<Buffer> {
  const text = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await (await folder.getFileHandle('evenkeel-backup.ekb')).getFile();
    const bytes = new Uint8Array(await file.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(text, 'base64');
}

export async function openBackups(page: Page): Promise<void> {
  await openRoom(page, 'Me');
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Backup/ })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Backup' })).toBeVisible();
}

/** For a field that takes a file. */
export function asFile(buffer: Buffer, name = 'evenkeel-backup.ekb') {
  return { name, mimeType: 'application/octet-stream', buffer };
}
