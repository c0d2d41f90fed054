/** What a person does under Me with a server and further devices, by the names they see. */
import { readFile } from 'node:fs/promises';
import { type DiaryExport, parseExportJson } from '@evenkeel/interchange';
import { type Page, expect } from '@playwright/test';
import { type Lock, chooseLock, expectOpen, openRoom } from './app.ts';

/** To a row of Me. */
export async function openMe(
  page: Page,
  row: 'Lock' | 'Devices' | 'Recovery kit' | 'My server' | 'My data' | 'Appearance' | 'About',
): Promise<void> {
  await openRoom(page, 'Me');
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`^${row}`) })
    .click();
}

/** Through Me → My server, with the link pasted. Ends when the server has been joined. */
export async function joinServer(page: Page, link: string): Promise<void> {
  await openMe(page, 'My server');
  await page.getByRole('link', { name: 'Join with an invitation' }).click();
  await page.getByLabel('Invitation link or code').fill(link);
  await page.getByRole('button', { name: 'Go on' }).click();
  await agreeToJoin(page);
}

/** On the page that says what the server will see. */
export async function agreeToJoin(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: /^Join .+\?$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'My server' })).toBeVisible();
}

/** Waits until Me says that everything is on the server. */
export async function expectAllOnServer(page: Page): Promise<void> {
  await openRoom(page, 'Me');
  await expect(page.getByText(/^On your server: (all \d+ entries|the one entry)$/)).toBeVisible();
}

/** Makes a kit, gives three of its words back. Gives the 24 words. */
export async function makeKit(page: Page): Promise<readonly string[]> {
  await openMe(page, 'Recovery kit');
  await page.getByRole('button', { name: /^Make (my|a new) kit$/ }).click();
  const words = await wordsOf(page, 'Your 24 words');
  expect(words).toHaveLength(24);
  await page.getByRole('button', { name: 'I have them on paper' }).click();
  for (const field of await page.getByRole('textbox', { name: /^Word \d+$/ }).all()) {
    const label = await field.evaluate((input) =>
      input instanceof HTMLInputElement ? (input.labels?.[0]?.textContent ?? '') : '',
    );
    await field.fill(words[Number(/\d+/.exec(label)?.[0]) - 1] ?? '');
  }
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('heading', { name: 'Your kit works.' })).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  return words;
}

/** The words in a grid of words, in order. */
export async function wordsOf(page: Page, label: string): Promise<readonly string[]> {
  const cells = page.getByRole('list', { name: label }).getByRole('listitem');
  await expect(cells.first()).toBeVisible();
  return (await cells.allTextContents()).map((text) => text.replace(/^\d+/, '').trim());
}

/** In an empty browser: from the first screen to the code for another device. Gives the code as it can be typed. */
export async function showLinkCode(page: Page): Promise<string> {
  await page.goto('/');
  await page.getByRole('link', { name: 'I have used it before' }).click();
  await page.getByRole('button', { name: /^From another device/ }).click();
  await expect(
    page.getByRole('img', { name: 'Code that lets your other device find this one' }),
  ).toBeVisible();
  return (await page.locator('[data-link-code]').textContent()) ?? '';
}

/** On the old device: types the code of the new one, and agrees. Gives the four words and the number it shows. */
export async function addDevice(page: Page, code: string, name: string): Promise<Compared> {
  await openMe(page, 'Devices');
  await page.getByRole('link', { name: 'Add a device' }).click();
  await page.getByLabel('Code of the new device').fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
  return agreeToAdd(page, name);
}

export async function agreeToAdd(page: Page, name: string): Promise<Compared> {
  await page.getByLabel('What shall it be called?').fill(name);
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByRole('heading', { name: 'Look at the new device' })).toBeVisible();
  return compared(page);
}

/** What both screens show while a device is added. */
export type Compared = { readonly words: readonly string[]; readonly entries: string };

export async function compared(page: Page): Promise<Compared> {
  const words = await wordsOf(page, 'Four words to compare');
  const entries = (await page.getByText(/^(no entries|\d+ entr(y|ies))$/).textContent()) ?? '';
  return { words, entries };
}

/** On the new device, once the old one has answered: the words are the same, and a lock is chosen. */
export async function acceptLink(page: Page, lock: Lock): Promise<void> {
  await page.getByRole('button', { name: 'Same words' }).click();
  await chooseLock(page, lock);
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(page);
}

/** Me → My data → the file with everything. */
export async function exportEverything(page: Page): Promise<DiaryExport> {
  await openMe(page, 'My data');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the file' }).click(),
  ]);
  const parsed = parseExportJson(await readFile(await download.path(), 'utf8'));
  if (!parsed.ok) throw new Error(`the exported file does not parse: ${parsed.reason}`);
  await expect(page.getByText(`Saved as ${download.suggestedFilename()}`)).toBeVisible();
  return parsed.export;
}

/** What a diary holds, as one text that is equal exactly when two diaries are. */
export function heldIn({ records }: DiaryExport): string {
  return records
    .map(({ rec, moment, when, fields }) => JSON.stringify([rec, moment, when, fields]))
    .toSorted()
    .join('\n');
}

/** Me → My data: the file is read, and what stands in it shown. */
export async function readDaylioFile(page: Page, csv: string): Promise<void> {
  await openMe(page, 'My data');
  await page.getByRole('link', { name: 'Choose a Daylio file' }).click();
  await page
    .getByLabel('Choose the file')
    .setInputFiles({ name: 'daylio_export.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(page.getByRole('heading', { name: 'What is in it' })).toBeVisible();
}

/** On that page: as it is suggested. */
export async function bringIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Bring in \d+ entries$/ }).click();
  await expect(page.getByText(/^\d+ entries are in your diary\./)).toBeVisible({ timeout: 60_000 });
}

export async function bringInDaylio(page: Page, csv: string): Promise<void> {
  await readDaylioFile(page, csv);
  await bringIn(page);
}
