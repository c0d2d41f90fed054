/** What a person does in the app, by the names they see. Each verb ends when what it did can be seen. */
import { type Locator, type Page, expect } from '@playwright/test';

/** What opens a diary: chosen at the first run, typed at every opening. */
export type Secret =
  | { readonly kind: 'none' }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'own'; readonly passphrase: string }
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'passkey' };

/** A lock to choose. Five words are drawn by the app. */
export type Lock = Exclude<Secret, { kind: 'words' }> | { readonly kind: 'words' };

export const noLock: Lock = { kind: 'none' };

const lockNames: Readonly<Record<Lock['kind'], RegExp>> = {
  none: /^No lock/,
  words: /^Five words/,
  own: /^My own passphrase/,
  pin: /^A PIN/,
  passkey: /^The lock of this/,
};

/** From the very first screen to the sea, in the four steps. Gives what opens the diary from now on. */
export async function firstRun(
  page: Page,
  lock: Lock = noLock,
  phone: 'own' | 'shared' = 'own',
): Promise<Secret> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: phone === 'own' ? 'It is mine' : 'Others use it too' }).click();
  const secret = await chooseLock(page, lock);
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(page);
  return secret;
}

/** On any screen that asks how to open the diary. Leaves the button that says so to the caller. */
export async function chooseLock(page: Page, lock: Lock): Promise<Secret> {
  await page.getByRole('radio', { name: lockNames[lock.kind] }).check();
  switch (lock.kind) {
    case 'none':
    case 'passkey':
      return lock;
    case 'own':
      await page.getByLabel('Your passphrase').fill(lock.passphrase);
      return lock;
    case 'pin':
      await page.getByLabel('Six digits or more').fill(lock.pin);
      return lock;
    case 'words': {
      const drawn = page.locator('[data-five-words] span');
      await expect(drawn).toHaveCount(5);
      const words = (await drawn.allTextContents()).join(' ');
      await page.getByRole('checkbox', { name: 'I have written them down' }).check();
      return { kind: 'words', words };
    }
  }
}

/** The sea is there: the diary is open at Today. */
export async function expectOpen(page: Page): Promise<void> {
  await expect(sea(page)).toBeVisible();
}

/** The door is shut: nothing of the diary is on the page. */
export async function expectLocked(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible();
  await expect(sea(page)).toHaveCount(0);
}

/** Types the secret at the door, or answers with the passkey, without waiting for what comes of it. */
export async function tryToUnlock(page: Page, secret: Secret): Promise<void> {
  switch (secret.kind) {
    case 'none':
      return;
    case 'passkey':
      await page.getByRole('button', { name: /^Use the lock of this/ }).click();
      return;
    case 'words':
      return typeSecret(page, 'Your five words', secret.words);
    case 'own':
      return typeSecret(page, 'Your passphrase', secret.passphrase);
    case 'pin':
      return typeSecret(page, 'Your PIN', secret.pin);
  }
}

/** Ends on the screen that was asked for before the door. */
export async function unlock(page: Page, secret: Secret): Promise<void> {
  await tryToUnlock(page, secret);
  await expect(page.getByRole('navigation', { name: 'Main menu' })).toBeVisible();
}

/** Where the mood sea is touched: [0, 0] is the top left (tense), [1, 1] the bottom right (calm). */
export type SeaPlace = readonly [x: number, y: number];

export type CheckIn = {
  /** Default: the quiet middle, unless the check-in is only words. */
  readonly at?: SeaPlace;
  /** Words of the list, by their label. */
  readonly words?: readonly string[];
  readonly ownWords?: readonly string[];
  readonly around?: readonly { readonly group: AroundGroup; readonly text: string }[];
  /** A value of the person's own, and how close they were to it, 0–10. */
  readonly values?: readonly { readonly text: string; readonly closeness: number }[];
  readonly text?: string;
  /** `day` as YYYY-MM-DD, `time` as HH:MM; a day alone when the hour is not known. */
  readonly about?: { readonly day: string; readonly time?: string };
};

export type AroundGroup = 'Something I did' | 'A person' | 'A place' | 'Something else';

/** The whole check-in on Today, saved. */
export async function logMood(page: Page, checkIn: CheckIn = {}): Promise<void> {
  await touchSea(page, checkIn.at ?? [0.5, 0.5]);
  await fillCheckIn(page, checkIn);
  await save(page);
}

/** One touch on the sea. The sheet rises. */
export async function touchSea(page: Page, [x, y]: SeaPlace): Promise<void> {
  const box = await sea(page).boundingBox();
  if (box === null) throw new Error('the sea is not on the page');
  await sea(page).click({ position: { x: x * box.width, y: y * box.height } });
  await expect(saveButton(page)).toBeVisible();
}

/** Everything but the sea and Save. The sheet must be open. */
export async function fillCheckIn(page: Page, checkIn: CheckIn): Promise<void> {
  const sheet = checkInSheet(page);
  for (const word of checkIn.words ?? []) await chooseWord(sheet, word);
  for (const word of checkIn.ownWords ?? []) await chooseOwnWord(sheet, word);
  for (const { text, closeness } of checkIn.values ?? []) await answerValue(sheet, text, closeness);
  for (const { group, text } of checkIn.around ?? []) await addAround(sheet, group, text);
  if (checkIn.about !== undefined) await setAbout(sheet, checkIn.about);
  if (checkIn.text !== undefined) await sheet.getByLabel('Anything you want to remember…').fill(checkIn.text);
}

/** Saves what the sheet holds and waits for the one quiet line. */
export async function save(page: Page): Promise<void> {
  await saveButton(page).click();
  await expect(page.getByText(/^Saved (on|in) .+\.$/)).toBeVisible();
}

/** The rooms in the bar of an open diary. */
export async function openRoom(
  page: Page,
  room: 'Today' | 'Journal' | 'Insights' | 'Sharing' | 'Me',
): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main menu' })
    .getByRole('link', { name: room, exact: true })
    .click();
}

export type MeRow =
  | 'My plan'
  | 'What I track'
  | 'My values'
  | 'Conditions'
  | 'Questionnaires'
  | 'Reminders'
  | 'Lock'
  | 'Backup'
  | 'Devices'
  | 'Recovery kit'
  | 'My server'
  | 'My data'
  | 'Install'
  | 'Name and picture'
  | 'Appearance'
  | 'About';

/** From Me to one of its pages. */
export async function openMe(page: Page, row: MeRow): Promise<void> {
  await openRoom(page, 'Me');
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`^${row}`) })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: row })).toBeVisible();
}

/** Ends the session now, from wherever it is open. */
export async function lockNow(page: Page): Promise<void> {
  await openMe(page, 'Lock');
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expectLocked(page);
}

/** Pastes an invitation under Me, looks at what it says, joins, and waits until the server answers. */
export async function joinServer(page: Page, link: string): Promise<void> {
  await openMe(page, 'My server');
  await page.getByRole('link', { name: 'Join with an invitation' }).click();
  await page.getByLabel('Invitation link or code').fill(link);
  await page.getByRole('button', { name: 'Go on' }).click();
  await acceptInvitation(page);
}

/** On the page that says what the server will and will not see. */
export async function acceptInvitation(page: Page): Promise<void> {
  await expect(page.getByText('It will not see what you write')).toBeVisible();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByText('in touch')).toBeVisible();
}

/** Waits until the server has acknowledged the newest version of every entry. Ends on Me → My server. */
export async function expectAllOnServer(page: Page, entries: number): Promise<void> {
  await openMe(page, 'My server');
  await expect(page.getByText(`${entries} of ${entries}`)).toBeVisible();
  await expect(page.getByText('Waiting to go up')).toHaveCount(0);
}

/** The line of an entry in the journal or under the sea, by something it says. */
export function entryLine(page: Page, says: string | RegExp): Locator {
  return page.getByRole('main').getByRole('link').filter({ hasText: says });
}

/** From the journal to one entry. */
export async function openEntry(page: Page, says: string | RegExp): Promise<void> {
  await openRoom(page, 'Journal');
  await entryLine(page, says).first().click();
  await expect(page.getByRole('button', { name: 'Change', exact: true })).toBeVisible();
}

export function sea(page: Page): Locator {
  return page.getByRole('group', { name: 'The mood sea' });
}

/** The sheet on a phone, the column beside the sea on a wide screen. */
export function checkInSheet(page: Page): Locator {
  return page
    .getByRole('dialog', { name: /^(Check in|Change this entry)$/ })
    .or(page.getByRole('region', { name: /^(Check in|Change this entry)$/ }));
}

export function saveButton(page: Page): Locator {
  return checkInSheet(page).getByRole('button', { name: /^Save( changes)?$/ });
}

/** The app was left open and is looked at again. Playwright keeps every page in sight, so it is told by hand. */
export async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

/** Whether the page is in the service worker's hands and everything it needs is on the device. */
export async function waitUntilCached(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

async function typeSecret(page: Page, label: string, secret: string): Promise<void> {
  await page.getByLabel(label).fill(secret);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

async function chooseWord(sheet: Locator, word: string): Promise<void> {
  const chip = sheet.getByRole('button', { name: word, exact: true });
  if (!(await chip.isVisible())) await openWordList(sheet);
  await chip.click();
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
}

async function chooseOwnWord(sheet: Locator, word: string): Promise<void> {
  await openWordList(sheet);
  const search = sheet.getByLabel('Search, or write your own word');
  await search.fill(word);
  await sheet.getByRole('button', { name: `use “${word}”` }).click();
  await expect(sheet.getByRole('button', { name: word, exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
}

async function openWordList(sheet: Locator): Promise<void> {
  if (await sheet.getByLabel('Search, or write your own word').isVisible()) return;
  await sheet.getByRole('button', { name: 'more…' }).click();
}

/** Switches on something to log from inside the sheet, as a person would; nothing when it is on already. */
async function turnOn(sheet: Locator, what: 'What matters to you' | 'Around it'): Promise<void> {
  const heading = sheet.getByRole('heading', { name: what });
  await expect(sheet.getByLabel('Anything you want to remember…')).toBeVisible();
  if (await heading.isVisible()) return;
  const more = sheet.getByRole('button', { name: '+ log something else' });
  if (await more.isVisible()) await more.click();
  await sheet
    .getByRole('group', { name: '+ log something else' })
    .getByRole('button', { name: what })
    .click();
  await expect(heading).toBeVisible();
}

async function answerValue(sheet: Locator, text: string, closeness: number): Promise<void> {
  await turnOn(sheet, 'What matters to you');
  const slider = sheet.getByRole('slider', { name: text, exact: true });
  if ((await slider.count()) === 0) {
    await sheet.getByRole('button', { name: '+ add what matters' }).click();
    await sheet.getByLabel('What matters to you, in your words').fill(text);
    await sheet
      .getByRole('region', { name: 'What matters to you' })
      .getByRole('button', { name: 'Add', exact: true })
      .click();
  }
  await slider.fill(String(closeness));
}

async function addAround(sheet: Locator, group: AroundGroup, text: string): Promise<void> {
  await turnOn(sheet, 'Around it');
  const chip = sheet.getByRole('button', { name: text, exact: true });
  if (await chip.isVisible()) {
    await chip.click();
    return;
  }
  await sheet.getByRole('button', { name: '+ add', exact: true }).click();
  await sheet.getByLabel('A word for it').fill(text);
  await sheet.getByRole('button', { name: group, exact: true }).click();
  await sheet
    .getByRole('region', { name: 'Around it' })
    .getByRole('button', { name: 'Add', exact: true })
    .click();
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
}

async function setAbout(
  sheet: Locator,
  { day, time }: { readonly day: string; readonly time?: string },
): Promise<void> {
  await sheet.getByRole('button', { name: 'change when it was' }).click();
  await sheet.getByLabel('Day', { exact: true }).fill(day);
  if (time === undefined) await sheet.getByRole('button', { name: 'I do not know the hour' }).click();
  else await sheet.getByLabel('Time', { exact: true }).fill(time);
  await sheet.getByRole('button', { name: 'Done', exact: true }).click();
}
