/**
 * What `npm run screenshots` takes pictures of. A new screen is one line here: a name, the face it belongs to, an
 * address, and, where an address is not enough, the touches that lead there from it.
 */
import { type Page, expect } from '@playwright/test';
import {
  type Address,
  closedAddresses,
  deskAddresses,
  diaryAddresses,
  visit,
} from '../../e2e/support/addresses.ts';
import { addReminder } from '../../e2e/support/made-up-diary.ts';
import { chooseTerms, openPerson, shareCard } from '../../e2e/support/sharing.ts';
import {
  chooseLock,
  expectLocked,
  expectOpen,
  fillCheckIn,
  firstRun,
  touchSea,
} from '../../e2e/support/app.ts';
import type { DemoPeople } from '../demo/demo-people.ts';

export type Size = 'phone' | 'desk';
export type Theme = 'light' | 'dark';

/** Whose browser the picture is taken in; each is brought there once. */
export type Face = 'stranger' | 'locked' | 'person' | 'clinician';

export type Scene = {
  readonly name: string;
  readonly face: Face;
  readonly path: string;
  /** From the address to what the picture shows. */
  readonly walk?: (page: Page) => Promise<unknown>;
};

const chosen: readonly Scene[] = [
  { name: 'welcome', face: 'stranger', path: '/' },
  { name: 'restore', face: 'stranger', path: '/restore' },
  { name: 'desk-welcome', face: 'stranger', path: '/desk' },
  { name: 'unlock', face: 'locked', path: '/' },
  { name: 'quick', face: 'locked', path: '/quick', walk: titled('Quick entry') },
  { name: 'help-locked', face: 'locked', path: '/help', walk: titled('You are not alone with this.') },
  { name: 'today', face: 'person', path: '/', walk: expectOpen },
  { name: 'check-in', face: 'person', path: '/', walk: checkIn },
  { name: 'check-in-more', face: 'person', path: '/', walk: checkInFurtherDown },
  { name: 'journal', face: 'person', path: '/journal', walk: hasEntries },
  { name: 'journal-search', face: 'person', path: '/journal', walk: searchTheJournal },
  { name: 'entry', face: 'person', path: '/journal', walk: openFirstEntry },
  { name: 'insights', face: 'person', path: '/insights', walk: hasLookedBack },
  { name: 'insights-month', face: 'person', path: '/insights', walk: showMonth },
  {
    name: 'summary',
    face: 'person',
    path: '/insights/summary',
    walk: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  { name: 'bin', face: 'person', path: '/journal/bin' },
  { name: 'sharing', face: 'person', path: '/sharing', walk: (page) => shareCard(page, clinician).waitFor() },
  { name: 'share-who', face: 'person', path: '/sharing/new' },
  { name: 'share-what', face: 'person', path: '/sharing', walk: changeShare },
  { name: 'share-preview', face: 'person', path: '/sharing', walk: previewShare },
  { name: 'who-opened', face: 'person', path: '/sharing', walk: (page) => follow(page, 'Who opened what') },
  {
    name: 'me',
    face: 'person',
    path: '/me',
    walk: (page) => page.getByText(/^If this (phone|computer)/).waitFor(),
  },
  { name: 'track', face: 'person', path: '/me/track', walk: titled('What I track') },
  { name: 'trackers', face: 'person', path: '/me/track/trackers', walk: titled('My trackers') },
  { name: 'substances', face: 'person', path: '/me/track/substances', walk: titled('What I drink or use') },
  { name: 'medication', face: 'person', path: '/me/track/medication', walk: titled('My medication') },
  { name: 'use-calendar', face: 'person', path: '/me/use', walk: titled('28 days') },
  { name: 'use-day', face: 'person', path: '/me/use', walk: (page) => ask(page, /^Mon/, 'dialog') },
  { name: 'conditions', face: 'person', path: '/me/conditions', walk: titled('Conditions') },
  { name: 'values', face: 'person', path: '/me/values', walk: titled('My values') },
  { name: 'values-review', face: 'person', path: '/me/values/review', walk: titled('This week') },
  { name: 'plan', face: 'person', path: '/plan', walk: titled('My plan') },
  { name: 'reminders', face: 'person', path: '/me/reminders', walk: titled('Reminders') },
  { name: 'reminder-new', face: 'person', path: '/me/reminders/new', walk: titled('New reminder') },
  { name: 'backup', face: 'person', path: '/me/backup', walk: titled('Backup') },
  { name: 'kept', face: 'person', path: '/me/data/kept' },
  { name: 'lock', face: 'person', path: '/me/lock', walk: titled('Lock') },
  { name: 'finish', face: 'person', path: '/me/finish', walk: titled('Finish on this') },
  {
    name: 'finish-asks',
    face: 'person',
    path: '/me/finish',
    walk: (page) => ask(page, 'Finish here', 'alertdialog'),
  },
  { name: 'devices', face: 'person', path: '/me/devices', walk: titled('Devices') },
  { name: 'add-device', face: 'person', path: '/me/devices/add' },
  { name: 'kit', face: 'person', path: '/me/kit' },
  { name: 'server', face: 'person', path: '/me/server', walk: titled('My server') },
  { name: 'data', face: 'person', path: '/me/data', walk: titled('My data') },
  { name: 'import', face: 'person', path: '/me/data/import' },
  { name: 'install', face: 'person', path: '/me/install', walk: titled('Install') },
  { name: 'name', face: 'person', path: '/me/name', walk: titled('Name and picture') },
  { name: 'appearance', face: 'person', path: '/me/appearance', walk: titled('Appearance') },
  { name: 'about', face: 'person', path: '/me/about', walk: titled('About') },
  {
    name: 'questionnaires',
    face: 'person',
    path: '/questionnaires',
    walk: (page) => page.getByRole('link', { name: /^PHQ-9/ }).waitFor(),
  },
  {
    name: 'questionnaire',
    face: 'person',
    path: '/questionnaires/phq-9',
    walk: (page) => page.getByText('See each answer').waitFor(),
  },
  { name: 'phq-item', face: 'person', path: '/questionnaires/phq-9/answer', walk: answerTwo },
  { name: 'phq-card', face: 'person', path: '/questionnaires/phq-9/answer', walk: answerLast },
  {
    name: 'top-days',
    face: 'person',
    path: '/questionnaires/top/answer',
    walk: (page) => page.getByLabel('Days in the last 7 days').waitFor(),
  },
  { name: 'help-now', face: 'person', path: '/help', walk: titled('You are not alone with this.') },
  { name: 'desk-people', face: 'clinician', path: '/desk', walk: hasPeople },
  { name: 'desk', face: 'clinician', path: '/desk', walk: openRecord },
  { name: 'desk-code', face: 'clinician', path: '/desk/code' },
  { name: 'desk-link', face: 'clinician', path: '/desk/link' },
  { name: 'desk-device', face: 'clinician', path: '/desk/device' },
];

/** In the order of the page that shows them. A picture of a mock that has a scene's name is set beside it. */
export const scenes: readonly Scene[] = [
  ...chosen,
  ...closedAddresses.flatMap((address) => sceneOf('stranger', address)),
  ...diaryAddresses.flatMap((address) => sceneOf('person', address)),
  ...deskAddresses.flatMap((address) => sceneOf('clinician', address)),
];

/** A screen that no scene was made for is shown as its address gives it. */
function sceneOf(face: Face, address: Address): readonly Scene[] {
  const { path } = address;
  if (chosen.some((scene) => scene.face === face && scene.path === path)) return [];
  const name = path === '/' ? face : path.slice(1).replaceAll(/\W+/g, '-');
  const start = address.from ?? path;
  return [
    { name: `at-${name}`, face, path, ...(start !== path && { walk: (page) => visit(page, address) }) },
  ];
}

/** Pictures that are kept in the repository: the README's, and those an app shop or a browser shows before installing. */
export const kept: readonly {
  readonly scene: string;
  readonly size: Size;
  /** Pixels to one CSS pixel. */
  readonly scale: 1 | 2;
  readonly file: string;
}[] = [
  { scene: 'today', size: 'phone', scale: 1, file: 'docs/images/today.png' },
  { scene: 'today', size: 'phone', scale: 2, file: 'web/public/screenshots/today-phone.png' },
  { scene: 'check-in', size: 'phone', scale: 2, file: 'web/public/screenshots/check-in-phone.png' },
  { scene: 'today', size: 'desk', scale: 1, file: 'web/public/screenshots/today-wide.png' },
];

/** What is done once in a face's empty browser before its first picture. */
export const arrivals: Readonly<Record<Face, (page: Page, people: DemoPeople) => Promise<unknown>>> = {
  stranger: () => Promise.resolve(),
  async locked(page) {
    await firstRun(page, { kind: 'pin', pin: '481516' });
    await page.reload();
    await expectLocked(page);
  },
  async person(page, people) {
    await restore(page, people.person);
    // A restored diary comes in pages; the pictures wait until the server has nothing more.
    await page.goto('/me/server');
    await expect(page.getByText(/^Complete on this device/).first()).toBeVisible({ timeout: 120_000 });
    await addReminder(page);
  },
  async clinician(page, people) {
    await restore(page, people.clinician);
    await page.goto('/desk');
    await page.getByLabel('Name and role').fill('Dr Anita Patel, psychiatrist');
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByText(person).first()).toBeVisible({ timeout: 60_000 });
  },
};

const person = 'Robin (made up)';
const clinician = 'Dr Demo';

async function searchTheJournal(page: Page): Promise<void> {
  await hasEntries(page);
  await page.getByRole('button', { name: 'Choose what is shown' }).click();
}

async function restore(page: Page, words: readonly string[]): Promise<void> {
  await page.goto('/restore');
  await page.getByRole('button', { name: /24 words/ }).click();
  await page.getByLabel('The words, in order').fill(words.join(' '));
  await page.getByRole('button', { name: 'Find my diary' }).click();
  await chooseLock(page, { kind: 'none' });
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await expect(page.getByRole('navigation', { name: 'Main menu' })).toBeVisible({ timeout: 60_000 });
}

async function checkIn(page: Page): Promise<void> {
  await expectOpen(page);
  await touchSea(page, [0.72, 0.62]);
  await fillCheckIn(page, {});
}

/** Touches what opens something on top of the page. */
async function ask(page: Page, opens: string | RegExp, role: 'dialog' | 'alertdialog'): Promise<void> {
  await page.getByRole('button', { name: opens }).first().click();
  await page.getByRole(role).waitFor();
}

/** A screen of its own piece of the app, there once its title is. */
function titled(title: string): (page: Page) => Promise<void> {
  return (page) => page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

/** The parts that are switched on one by one. */
async function checkInFurtherDown(page: Page): Promise<void> {
  await checkIn(page);
  await page.getByRole('slider', { name: 'How long?' }).fill('435');
  await page.getByRole('heading', { name: 'Sleep' }).scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 500);
}

async function hasEntries(page: Page): Promise<void> {
  await page.locator('a[href^="/entry/"]').first().waitFor();
}

async function openFirstEntry(page: Page): Promise<void> {
  await page.locator('a[href^="/entry/"]').first().click();
  await page.getByRole('button', { name: 'Change', exact: true }).waitFor();
}

/** At the third question, the way the mock shows it, whatever was answered before. */
async function answerTwo(page: Page): Promise<void> {
  const question = page.getByRole('heading', { level: 1 });
  const review = page.getByRole('button', { name: 'Save' });
  await page.getByRole('progressbar').or(review).waitFor();
  while (!(await question.textContent())?.startsWith('Little interest'))
    await page.getByRole('button', { name: 'Back' }).click();
  await page.keyboard.press('2');
  await page.keyboard.press('3');
  await page.keyboard.press('2');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: /^Trouble falling/ }).waitFor();
}

/** Item 9 answered above zero. */
async function answerLast(page: Page): Promise<void> {
  await answerTwo(page);
  for (const digit of '2222222') await page.keyboard.press(digit);
  await page.getByRole('button', { name: 'Go on to your answers' }).waitFor();
}

async function hasLookedBack(page: Page): Promise<void> {
  await page.getByText('Going together is not causing.').waitFor({ timeout: 60_000 });
}

async function showMonth(page: Page): Promise<void> {
  await hasLookedBack(page);
  await page.getByRole('button', { name: 'Month', exact: true }).click();
}

function follow(page: Page, link: string): Promise<void> {
  return shareCard(page, clinician).getByRole('link', { name: link }).click();
}

async function changeShare(page: Page): Promise<void> {
  await follow(page, 'Change');
  await page.getByRole('heading', { name: /^What may .+ see\?$/ }).waitFor();
}

async function previewShare(page: Page): Promise<void> {
  await follow(page, 'Change');
  await chooseTerms(page, { kinds: ['Mood', 'Values'], from: 'all', to: 'ongoing' });
}

async function hasPeople(page: Page): Promise<void> {
  await page
    .getByText(/^last entry/)
    .first()
    .waitFor();
}

async function openRecord(page: Page): Promise<void> {
  await openPerson(page, person);
}
