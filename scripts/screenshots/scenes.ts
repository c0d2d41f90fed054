/**
 * What `npm run screenshots` takes pictures of. A new screen is one line here: a name, the face it belongs to, an
 * address, and, where an address is not enough, the touches that lead there from it.
 */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, expect } from '@playwright/test';
import {
  type Address,
  closedAddresses,
  deskAddresses,
  diaryAddresses,
  visit,
} from '../../e2e/support/addresses.ts';
import { addReminder } from '../../e2e/support/made-up-diary.ts';
import { changeWraps, clearSite, keepNothing } from '../../e2e/support/lost-storage.ts';
import { chooseTerms, deskLock, openPerson, shareCard } from '../../e2e/support/sharing.ts';
import {
  checkInSheet,
  chooseLock,
  expectLocked,
  expectOpen,
  fillCheckIn,
  firstRun,
  save,
  touchSea,
  tryToUnlock,
  waitUntilCached,
} from '../../e2e/support/app.ts';
import type { DemoPeople } from '../demo/demo-people.ts';

export type Size = 'phone' | 'desk';
export type Theme = 'light' | 'dark';

/** Whose browser the picture is taken in; each is brought there once. */
export type Face =
  | 'stranger'
  | 'locked'
  | 'person'
  | 'newcomer'
  | 'clinician'
  | 'emptied'
  | 'damaged'
  | 'private'
  | 'outdated';

export type Scene = {
  readonly name: string;
  readonly face: Face;
  readonly path: string;
  /** From the address to what the picture shows. */
  readonly walk?: (page: Page) => Promise<unknown>;
};

const chosen: readonly Scene[] = [
  { name: 'welcome', face: 'stranger', path: '/' },
  { name: 'welcome-who', face: 'stranger', path: '/', walk: (page) => press(page, 'Start') },
  { name: 'welcome-phone', face: 'stranger', path: '/', walk: (page) => press(page, 'Start', 'Continue') },
  {
    name: 'welcome-lock',
    face: 'stranger',
    path: '/',
    walk: (page) => press(page, 'Start', 'Continue', 'It is mine'),
  },
  { name: 'restore', face: 'stranger', path: '/restore' },
  { name: 'desk-welcome', face: 'stranger', path: '/desk' },
  { name: 'desk-lock', face: 'stranger', path: '/desk', walk: (page) => press(page, 'Start') },
  { name: 'unlock', face: 'locked', path: '/' },
  { name: 'quick', face: 'locked', path: '/quick', walk: titled('Quick entry') },
  { name: 'quick-saved', face: 'locked', path: '/quick', walk: writeQuickly },
  { name: 'help-locked', face: 'locked', path: '/help', walk: titled('You are not alone with this.') },
  { name: 'today', face: 'person', path: '/', walk: expectOpen },
  { name: 'check-in', face: 'person', path: '/', walk: checkIn },
  { name: 'check-in-more', face: 'person', path: '/', walk: checkInFurtherDown },
  { name: 'journal', face: 'person', path: '/journal', walk: hasEntries },
  { name: 'journal-months', face: 'person', path: '/journal', walk: chooseMonth },
  { name: 'journal-search', face: 'person', path: '/journal', walk: searchTheJournal },
  { name: 'entry', face: 'person', path: '/journal', walk: openFirstEntry },
  { name: 'insights', face: 'person', path: '/insights', walk: hasLookedBack },
  { name: 'insights-month', face: 'person', path: '/insights', walk: showMonth },
  {
    name: 'summary',
    face: 'person',
    path: '/insights/summary',
    walk: says('PHQ-9'),
  },
  { name: 'bin', face: 'person', path: '/journal/bin' },
  { name: 'sharing', face: 'person', path: '/sharing', walk: (page) => shareCard(page, clinician).waitFor() },
  { name: 'share-who', face: 'person', path: '/sharing/new', walk: titled('Who would you like to show?') },
  { name: 'share-what', face: 'person', path: '/sharing', walk: changeShare },
  { name: 'share-preview', face: 'person', path: '/sharing', walk: previewShare },
  { name: 'share-stop', face: 'person', path: '/sharing', walk: (page) => ask(page, 'Stop', 'alertdialog') },
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
  {
    name: 'values-add',
    face: 'person',
    path: '/me/values',
    walk: async (page) => {
      await page.getByRole('button', { name: '+ add' }).click();
      await page.getByRole('group', { name: 'other' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'values-review', face: 'person', path: '/me/values/review', walk: titled('This week') },
  { name: 'plan', face: 'person', path: '/plan', walk: titled('My plan') },
  { name: 'reminders', face: 'person', path: '/me/reminders', walk: titled('Reminders') },
  { name: 'reminder-new', face: 'person', path: '/me/reminders/new', walk: titled('New reminder') },
  { name: 'backup', face: 'person', path: '/me/backup', walk: titled('Backup') },
  { name: 'kept', face: 'person', path: '/me/data/kept', walk: says('The app itself') },
  { name: 'lock', face: 'person', path: '/me/lock', walk: says('Opens with') },
  { name: 'finish', face: 'person', path: '/me/finish', walk: titled('Finish on this') },
  {
    name: 'finish-asks',
    face: 'person',
    path: '/me/finish',
    walk: (page) => ask(page, 'Finish here', 'alertdialog'),
  },
  { name: 'devices', face: 'person', path: '/me/devices', walk: says('Demo phone') },
  { name: 'add-device', face: 'person', path: '/me/devices/add', walk: says('Code of the new device') },
  { name: 'kit', face: 'person', path: '/me/kit', walk: says('Make a new kit') },
  { name: 'server', face: 'person', path: '/me/server', walk: says('in touch') },
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
  { name: 'answers-review', face: 'person', path: '/questionnaires/gad-2/answer', walk: answerAll },
  { name: 'answers-result', face: 'person', path: '/questionnaires/gad-2/answer', walk: saveAnswers },
  { name: 'answers-change', face: 'person', path: '/questionnaires/phq-9', walk: changeAnswers },
  {
    name: 'pcl-item',
    face: 'person',
    path: '/questionnaires/pcl-5/answer',
    walk: (page) => page.getByRole('progressbar').waitFor(),
  },
  { name: 'help-now', face: 'person', path: '/help', walk: titled('You are not alone with this.') },
  { name: 'today-draft', face: 'person', path: '/', walk: leaveADraft },
  { name: 'today-saved', face: 'person', path: '/', walk: saveAMood },
  { name: 'desk-locked', face: 'newcomer', path: '/desk', walk: titled('Welcome back') },
  { name: 'desk-name', face: 'newcomer', path: '/desk', walk: openDesk },
  { name: 'desk-server', face: 'newcomer', path: '/desk', walk: nameAtDesk },
  { name: 'desk-people', face: 'clinician', path: '/desk', walk: hasPeople },
  { name: 'desk', face: 'clinician', path: '/desk', walk: openRecord },
  { name: 'desk-code', face: 'clinician', path: '/desk/code' },
  { name: 'desk-link', face: 'clinician', path: '/desk/link' },
  { name: 'desk-device', face: 'clinician', path: '/desk/device' },
  { name: 'emptied', face: 'emptied', path: '/' },
  { name: 'damaged', face: 'damaged', path: '/', walk: titled('The diary on this device does not open') },
  { name: 'private', face: 'private', path: '/', walk: titled('This browser does not let us keep anything') },
  { name: 'new-version', face: 'outdated', path: '/', walk: offered },
  { name: 'new-version-draft', face: 'outdated', path: '/', walk: offeredUnderADraft },
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

/** `webDir`: the build that is served, which an arrival may make newer. */
type World = { readonly people: DemoPeople; readonly webDir: string };

/** What is done once in a face's empty browser before its first picture. */
export const arrivals: Readonly<Record<Face, (page: Page, world: World) => Promise<unknown>>> = {
  stranger: () => Promise.resolve(),
  async locked(page) {
    await firstRun(page, { kind: 'pin', pin: '481516' });
    await page.reload();
    await expectLocked(page);
  },
  async person(page, { people }) {
    await restore(page, people.person);
    // A restored diary comes in pages; the pictures wait until the server has nothing more.
    await page.goto('/me/server');
    await expect(page.getByText(/^Complete on this device/).first()).toBeVisible({ timeout: 120_000 });
    await addReminder(page);
  },
  async clinician(page, { people }) {
    await restore(page, people.clinician);
    await page.goto('/desk');
    await page.getByLabel('Name and role').fill('Dr Anita Patel, psychiatrist');
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByText(person).first()).toBeVisible({ timeout: 60_000 });
  },
  async newcomer(page) {
    await page.goto('/desk');
    await press(page, 'Start');
    await chooseLock(page, deskLock);
    await press(page, 'Make my keys');
    await page.getByLabel('Name and role').waitFor();
  },
  async emptied(page) {
    await firstRun(page);
    await clearSite(page, 'indexeddb');
  },
  async damaged(page) {
    await firstRun(page);
    await page.evaluate(changeWraps, { at: -1, by: 1 });
  },
  private: (page) => page.addInitScript(keepNothing),
  async outdated(page, { webDir }) {
    await firstRun(page);
    await waitUntilCached(page);
    await appendFile(join(webDir, 'sw.js'), '\n// newer');
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

/** A screen that says what it knows once it knows it. */
function says(words: string): (page: Page) => Promise<void> {
  return (page) => page.getByText(words).first().waitFor();
}

/** One button after another. */
async function press(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) await page.getByRole('button', { name }).click();
}

/** A draft, closed. */
async function leaveADraft(page: Page): Promise<void> {
  await checkIn(page);
  await fillCheckIn(page, { text: 'A walk by the river' });
  await checkInSheet(page)
    .getByRole('button', { name: /^(Back|Close)$/ })
    .click();
  await page.getByText('You began a check-in.').waitFor();
}

async function saveAMood(page: Page): Promise<void> {
  await checkIn(page);
  await save(page);
}

async function writeQuickly(page: Page): Promise<void> {
  await page.getByLabel('Anything you want to remember…').fill('Awake at three.');
  await press(page, 'Save');
  await page.getByText('and sealed.').waitFor();
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

async function chooseMonth(page: Page): Promise<void> {
  await hasEntries(page);
  await press(page, 'Go to a month');
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

async function answerAll(page: Page): Promise<void> {
  const review = page.getByRole('button', { name: 'Save' });
  await page.getByRole('progressbar').or(review).waitFor();
  while (!(await review.isVisible())) await page.keyboard.press('2');
}

async function saveAnswers(page: Page): Promise<void> {
  await answerAll(page);
  await press(page, 'Save');
  await page.getByText('Saved on this').waitFor();
}

async function changeAnswers(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'See each answer' }).click();
  await page.getByRole('link', { name: 'Change answers' }).click();
  await page.getByRole('heading', { name: 'Your answers' }).waitFor();
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

async function openDesk(page: Page): Promise<void> {
  await tryToUnlock(page, deskLock);
  await page.getByLabel('Name and role').waitFor();
}

async function nameAtDesk(page: Page): Promise<void> {
  await tryToUnlock(page, deskLock);
  const name = page.getByLabel('Name and role');
  const scan = page.getByText('Scan with the camera');
  await name.or(scan).first().waitFor();
  if (await scan.isVisible()) return;
  await name.fill('Dr Anita Patel, psychiatrist');
  await press(page, 'Go on');
  await scan.waitFor();
}

/** A new version is looked for when the page is loaded. */
async function offered(page: Page): Promise<void> {
  await page.getByText('A new version is ready').waitFor();
}

async function offeredUnderADraft(page: Page): Promise<void> {
  await offered(page);
  await checkIn(page);
}
