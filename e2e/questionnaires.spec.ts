import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { comeBack, expectLocked, firstRun, openRoom, unlock } from './support/app.ts';
import { databasesOf } from './support/browser-storage.ts';
import { joinServer } from './support/own-server.ts';
import {
  chooseTerms,
  clinicianName,
  deskEntries,
  deskFirstRun,
  giveShare,
  makeSharingLink,
  openPerson,
  openWords,
  previewEntries,
} from './support/sharing.ts';
import { expect } from './support/test.ts';
import { firstInvitation, test } from './support/two-sides.ts';

/** The answers of HL7 US Core's published example, by digit: it scores 12. Item 9 is raised by one, item 1 lowered. */
const ANSWERS = ['2', '3', '3', '3', '2', '2', '3', '1', '2'];

test('a PHQ-9 by keyboard alone: a calm card after item 9, the answer kept, and 12 in plain words', async ({
  page,
}) => {
  const pin = await firstRun(page, { kind: 'pin', pin: '481516' });
  await openRoom(page, 'Me');
  await page.getByRole('link', { name: /^Questionnaires/ }).click();
  await page.getByRole('link', { name: /^PHQ-9/ }).click();
  await expect(page.getByText('No permission required to reproduce')).toBeVisible();
  await page.getByRole('link', { name: 'Begin' }).focus();
  await page.keyboard.press('Enter');

  await expect(question(page)).toHaveText('Little interest or pleasure in doing things');
  for (const digit of ANSWERS.slice(0, 3)) await page.keyboard.press(digit);
  await expect(question(page)).toHaveText('Feeling tired or having little energy');
  await expect(question(page)).toBeFocused();

  // Locked in the middle of it: what was answered comes back, once it has been sealed.
  await untilDraftIsStill(page);
  await page.reload();
  await expectLocked(page);
  await unlock(page, pin);
  await expect(question(page)).toHaveText('Feeling tired or having little energy');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('button', { name: 'More than half the days' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  for (const digit of ANSWERS.slice(2)) await page.keyboard.press(digit);

  await expect(page.getByRole('heading', { name: 'Thank you for saying that.' })).toBeFocused();
  await expect(page.getByText('Nobody is told. Nobody is watching.')).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Help now' })).toHaveCount(2);
  await expectAccessible(page, 'the help card');
  await page.getByRole('button', { name: 'Go on to your answers' }).press('Enter');
  await expect(page.getByRole('button', { name: /better off dead.*Several days/ })).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).press('Enter');

  await expect(page.getByText('Saved on this')).toBeVisible();
  await expect(page.getByText('12 of 27')).toBeVisible();
  await expect(page.getByText('is called “moderate” (10 to 14)')).toBeVisible();
  await expect(page.getByText('a screening range, not a diagnosis')).toBeVisible();
  await expectAccessible(page, 'the result');

  await page.getByRole('link', { name: 'See each answer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('PHQ-9: 12 of 27');
  await expect(page.getByText('Thoughts that you would be better off dead')).toBeVisible();
  await expectAccessible(page, 'an entry with answers');
  await openRoom(page, 'Journal');
  await expect(page.getByRole('link', { name: /PHQ-9: 12 of 27/ })).toContainText(
    'Screening range: moderate',
  );
});

test('a wrong tap is put right in the entry: scored anew, the earlier score kept, and item 9 minded again', async ({
  page,
}) => {
  const pin = await firstRun(page, { kind: 'pin', pin: '481516' });
  await page.goto('/plan');
  await unlock(page, pin);
  await page.getByRole('button', { name: 'Add a line to “Who I can ask for help”' }).click();
  await page.getByLabel('In your words').fill('My sister Rosa');
  await page.getByLabel('Phone number, if there is one').fill('07700 900 123');
  await page.getByRole('button', { name: 'Keep this line' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'My sister Rosa' })).toBeVisible();
  await page.goto('/questionnaires/phq-9/answer');
  await unlock(page, pin);
  await expect(question(page)).toHaveText('Little interest or pleasure in doing things');
  for (const digit of [...ANSWERS.slice(0, 8), '1']) await page.keyboard.press(digit);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('11 of 27')).toBeVisible();
  await page.getByRole('link', { name: 'See each answer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('PHQ-9: 11 of 27');

  await page.getByRole('link', { name: 'Change answers' }).click();
  await expectAccessible(page, 'the answers, to be changed');
  await page.getByRole('button', { name: /^Trouble falling or staying asleep.*More than half/ }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(question(page)).toHaveText('Your answers');
  await page.getByRole('button', { name: /^Trouble falling or staying asleep/ }).click();
  await page.getByRole('button', { name: 'Not at all' }).click();

  // Locked before it is saved: the change waits, and the entry is as it was.
  await untilDraftIsStill(page);
  await page.reload();
  await unlock(page, pin);
  await expect(page.getByRole('button', { name: /^Trouble falling.*Not at all/ })).toBeVisible();
  await page.getByRole('button', { name: /better off dead/ }).click();
  await page.getByRole('button', { name: 'Nearly every day' }).click();
  await expect(page.getByRole('heading', { name: 'Thank you for saying that.' })).toBeFocused();
  await expect(page.getByRole('main').getByRole('link', { name: /My sister Rosa/ })).toHaveAttribute(
    'href',
    'tel:07700900123',
  );
  await expectAccessible(page, 'the help card, with a plan');
  await page.getByRole('button', { name: 'Go on to your answers' }).click();
  await page.getByRole('button', { name: 'Save' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('PHQ-9: 12 of 27');
  await page.getByText('Earlier versions').click();
  await expect(page.getByText('PHQ-9: 11 of 27')).toBeVisible();
  await page.goto('/questionnaires/phq-9');
  await unlock(page, pin);
  await expect(page.getByText('12 of 27')).toBeVisible();
  await expect(page.getByText('The time before')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Begin' })).toBeVisible();
});

test('a questionnaire is due when its day has come, and not a day before; “not this time” is respected', async ({
  page,
}) => {
  await page.clock.install({ time: new Date('2027-03-18T09:00:00Z') });
  await firstRun(page);
  await page.goto('/questionnaires/gad-2');
  await page.getByRole('button', { name: 'Every two weeks' }).click();
  await expect(page.getByText('Next: today')).toBeVisible();
  await openRoom(page, 'Today');
  await page.getByRole('link', { name: /^GAD-2 is due/ }).click();
  await page.getByRole('link', { name: 'Begin' }).click();
  await page.getByRole('button', { name: 'Not at all' }).click();
  await page.getByRole('button', { name: 'Rather not say' }).click();
  await expect(page.getByText('One question is left open.')).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('there is no score')).toBeVisible();
  await expect(page.getByText('Next: Thursday 1 April')).toBeVisible();

  await page.clock.setFixedTime(new Date('2027-03-31T20:00:00Z'));
  await openRoom(page, 'Today');
  await expect(page.getByText('GAD-2 is due')).toHaveCount(0);
  await page.clock.setFixedTime(new Date('2027-04-01T09:00:00Z'));
  await comeBack(page);
  await expect(page.getByText('GAD-2 is due')).toBeVisible();
  await expectAccessible(page, 'today, with something due');
  await page.getByRole('button', { name: 'Not this time' }).click();
  await expect(page.getByText('GAD-2 is due')).toHaveCount(0);
});

test('the TOP takes days, amounts and ratings, and has no score', async ({ page }) => {
  await firstRun(page);
  await page.goto('/questionnaires/top/answer');
  await page.getByLabel('Days in the last 7 days').fill('8');
  await expect(page.getByText('A whole number from 0 to 7.')).toBeVisible();
  for (const [label, number] of [
    ['Days in the last 7 days', '3'],
    ['Days in the week before', '2'],
    ['Days 3 weeks ago', '0'],
    ['Days 4 weeks ago', '7'],
    ['Average on a day you used it', '4,5'],
  ] as const)
    await page.getByLabel(label).fill(number);
  await expectAccessible(page, 'the days of a substance');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(question(page)).toHaveText('Opiates or opioids (illicit)');
  const rating = page.getByRole('slider', { name: 'Your psychological health' });
  while ((await rating.count()) === 0) await page.getByRole('button', { name: 'Rather not say' }).click();
  await rating.fill('11');
  await page.getByRole('button', { name: 'Next' }).click();
  const save = page.getByRole('button', { name: 'Save' });
  while ((await save.count()) === 0) await page.getByRole('button', { name: 'Rather not say' }).click();
  await save.click();
  await expect(page.getByText('This form has no score.')).toBeVisible();
  await expect(page.getByText('12 days of 28')).toBeVisible();
  await expectAccessible(page, 'answers without a score');
});

test('a shared PHQ-9 is read as a score with its range, and item 9 is an item to notice, as the preview said', async ({
  phone,
  desk,
  server,
}) => {
  const person = await phone();
  await firstRun(person);
  await person.goto('/questionnaires/phq-9/answer');
  await expect(question(person)).toHaveText('Little interest or pleasure in doing things');
  for (const digit of ANSWERS) await person.keyboard.press(digit);
  await person.getByRole('button', { name: 'Go on to your answers' }).click();
  await person.getByRole('button', { name: 'Save' }).click();
  await expect(person.getByText('12 of 27')).toBeVisible();
  await openRoom(person, 'Sharing');
  await joinServer(person, firstInvitation(server));
  const link = await makeSharingLink(person, 'Anita');
  const clinician = await desk();
  await deskFirstRun(clinician, { link });
  await openWords(person, clinicianName);
  for (const side of [clinician, person])
    await side.getByRole('button', { name: 'The words are the same' }).click();
  await chooseTerms(person, { kinds: ['Questionnaires'], from: 'all', to: 'ongoing' });
  const previewed = await previewEntries(person);
  expect(previewed).toHaveLength(1);
  for (const said of [
    'PHQ-9: 12 of 27',
    'screening range: moderate',
    'Item to notice: item 9, answered 1 of 3',
  ])
    expect(previewed[0]).toContain(said);
  await giveShare(person, clinicianName);
  await openPerson(clinician);
  await expect.poll(() => deskEntries(clinician)).toEqual(previewed);
  await expect(clinician.getByText('Item to notice: item 9, answered 1 of 3').first()).toBeVisible();
});

function question(page: Page) {
  return page.getByRole('heading', { level: 1 });
}

/** Each answer is sealed and kept by itself; nothing on the screen says when. */
async function untilDraftIsStill(page: Page): Promise<void> {
  const drafts = async () => {
    const stores = await databasesOf(page);
    return stores.find(({ name }) => name === 'evenkeel-main/drafts')?.bytes.toString('base64') ?? '';
  };
  await expect(async () => {
    const before = await drafts();
    await page.waitForTimeout(300);
    expect(before).not.toBe('');
    expect(await drafts()).toBe(before);
  }).toPass();
}
