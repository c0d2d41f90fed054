/** What a person and a clinician do to share, by the names they see. */
import { type Locator, type Page, expect } from '@playwright/test';
import { looks } from './accessible.ts';
import { type Lock, type Secret, chooseLock, openRoom, tryToUnlock } from './app.ts';
import { brokenRules } from './axe.ts';
import { wordsOf } from './own-server.ts';

const deskSecret = { kind: 'pin', pin: '730194' } as const;
export const deskLock: Lock & Secret = deskSecret;
export const clinicianName = 'Dr Anita Patel, psychiatrist';
export const personName = 'Sam';

// --- the person -----------------------------------------------------------------------------------------------

/** From Sharing to a link that can be sent. */
export async function makeSharingLink(page: Page, forWhom: string): Promise<string> {
  await openRoom(page, 'Sharing');
  await page.getByRole('link', { name: 'Share with someone' }).click();
  await page.getByRole('button', { name: /^They are somewhere else/ }).click();
  await page.getByLabel('Who is it for?').fill(forWhom);
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByRole('heading', { name: 'Your link' })).toBeVisible();
  const link = await page.getByText(/#i\/[\w-]+$/).textContent();
  if (link === null) throw new Error('no link is on the page');
  return link;
}

/** Which part of the diary, and for how long. */
export type Terms = {
  readonly kinds: readonly Kind[];
  /** YYYY-MM-DD, or `all`. */
  readonly from: string;
  /** YYYY-MM-DD, or `ongoing`. */
  readonly to: string;
  /** `personName`, by default. */
  readonly name?: string;
  readonly purpose?: string;
};
export type Kind = 'Mood' | 'Values' | 'What was around' | 'Words' | 'Questionnaires';
const allKinds: readonly Kind[] = ['Mood', 'Values', 'What was around', 'Words', 'Questionnaires'];

/** The card of somebody under Sharing. */
export function shareCard(page: Page, name: string): Locator {
  return page.getByRole('article', { name });
}

/** From Sharing to the six words of somebody who answered a link. Gives the words. */
export async function openWords(page: Page, name: string): Promise<readonly string[]> {
  await openRoom(page, 'Sharing');
  await shareCard(page, name).getByRole('link', { name: 'Compare words' }).click();
  return wordsOf(page, 'Six words to compare');
}

/** Step 3, filled in. Ends on the preview. */
export async function chooseTerms(
  page: Page,
  { kinds, from, to, name = personName, purpose }: Terms,
): Promise<void> {
  await expect(page.getByRole('heading', { name: /^What may .+ see\?$/ })).toBeVisible();
  for (const kind of allKinds) {
    // A kind that holds nothing yet is not offered.
    const offered = page.getByRole('switch', { name: new RegExp(`^${kind}`) });
    const wanted = kinds.includes(kind);
    if (wanted || (await offered.isVisible())) await offered.setChecked(wanted);
  }
  const first = page.getByRole('group', { name: 'From' });
  const last = page.getByRole('group', { name: 'To', exact: true });
  await first.getByRole('button', { name: from === 'all' ? 'all' : /^(a day…|since )/ }).click();
  if (from !== 'all') await page.getByLabel('First day').fill(from);
  await last.getByRole('button', { name: to === 'ongoing' ? 'ongoing' : 'a day…' }).click();
  if (to !== 'ongoing') await page.getByLabel('Last day, shared too').fill(to);
  await page.getByLabel('Your name, as they should see it').fill(name);
  if (purpose !== undefined) await page.getByLabel('What it is for (if you like)').fill(purpose);
  await page.getByRole('button', { name: 'See it as they will' }).click();
  await expect(page.getByRole('heading', { name: /^This is what .+ will see$/ })).toBeVisible();
}

/** On the preview: yes. Ends back under Sharing, once the server has it. */
export async function giveShare(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Share with ${name}` }).click();
  await expect(page.getByRole('heading', { name: `${name} can read it now.` })).toBeVisible();
  await page.getByRole('link', { name: 'Done' }).click();
  await expect(shareCard(page, name)).toBeVisible();
}

/** Stop, confirmed. Ends when the server has heard it. */
export async function stopShare(page: Page, name: string): Promise<void> {
  await openRoom(page, 'Sharing');
  await shareCard(page, name).getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Stop sharing' }).click();
  await expect(page.getByText(`Stopped. ${name} gets nothing new.`)).toBeVisible();
}

// --- the clinician ----------------------------------------------------------------------------------------------

/** A clinician's first run in an empty browser, up to the question which server. */
export async function deskFirstRun(
  page: Page,
  { link, name = clinicianName }: { readonly link?: string; readonly name?: string } = {},
): Promise<void> {
  await page.goto(link ?? '/desk');
  await page.getByRole('button', { name: 'Start' }).click();
  await chooseLock(page, deskLock);
  await page.getByRole('button', { name: 'Make my keys' }).click();
  await page.getByLabel('Name and role').fill(name);
  await page.getByRole('button', { name: 'Go on' }).click();
}

/** At the door of the desk. */
export async function unlockDesk(page: Page): Promise<void> {
  await tryToUnlock(page, deskSecret);
  await expect(page.getByRole('button', { name: 'Lock now' })).toBeVisible();
}

/** The six words the desk shows for the link that was just opened. */
export async function deskWords(page: Page): Promise<readonly string[]> {
  await expect(page.getByRole('heading', { name: 'Compare six words' })).toBeVisible();
  return wordsOf(page, 'Six words to compare');
}

/** Chooses somebody from the list, and waits for their record. */
export async function openPerson(page: Page, name = personName): Promise<void> {
  await page.getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** The entries of an open record, newest first, each as one line. */
export async function deskEntries(page: Page): Promise<readonly string[]> {
  return entriesIn(page);
}

/** The entries of the preview, newest first, each as one line. */
export async function previewEntries(page: Page): Promise<readonly string[]> {
  await expect(page.getByText(/^\d+ entries\.|^One entry\./)).toBeVisible();
  return entriesIn(page);
}

async function entriesIn(page: Page): Promise<readonly string[]> {
  const list = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Entries' }) })
    .locator('ul[data-screen-only] > li');
  return (await list.allInnerTexts()).map((line) => line.replaceAll(/\s+/gu, ' ').trim());
}

/** As `expectAccessible`, on a wide screen, where the desk shows its three panes. */
export async function expectDeskAccessible(page: Page, screen: string): Promise<void> {
  const found: string[] = [];
  for (const { scheme, rules } of looks) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
    found.push(...(await brokenRules(page, rules)).map((broken) => `${screen}, ${scheme}: ${broken}`));
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  expect(found).toEqual([]);
}
