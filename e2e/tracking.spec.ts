/** What is tracked is chosen one by one, from the sheet or under Me; what was said of it is read again in words. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import {
  checkInSheet,
  entryLine,
  fillCheckIn,
  firstRun,
  openEntry,
  openRoom,
  save,
  touchSea,
} from './support/app.ts';
import { expect, test } from './support/test.ts';

test('a person switches on what they want to log, and reads it again in words', async ({ page }) => {
  await firstRun(page);
  await touchSea(page, [0.6, 0.6]);
  const sheet = checkInSheet(page);
  await expect(sheet.getByRole('heading', { name: 'Sleep' }), 'only a mood is asked at first').toHaveCount(0);
  await turnOnInSheet(page, 'Sleep');
  await sheet.getByRole('button', { name: '+ times' }).click();
  await sheet.getByLabel('Fell asleep').fill('23:15');
  await sheet.getByLabel('Woke up').fill('06:45');
  await sheet.getByRole('button', { name: 'well', exact: true }).click();
  await turnOnInSheet(page, 'Symptoms');
  await sheet.getByRole('button', { name: 'Headache' }).click();
  const headache = sheet.getByRole('group', { name: 'Headache', exact: true });
  await headache.getByRole('button', { name: 'strong', exact: true }).click();
  await headache.getByRole('button', { name: 'in the morning' }).click();
  await turnOnInSheet(page, 'Cravings');
  await sheet.getByRole('button', { name: 'to drink' }).click();
  await sheet.getByRole('slider', { name: 'to drink' }).fill('6');
  await expectAccessible(page, 'check-in, with sleep, symptoms and cravings');
  await save(page);

  await page.getByRole('link', { name: /Slept 7 h 30, well/ }).click();
  await expect(page.getByText('Headache: strong, in the morning')).toBeVisible();
  await expect(page.getByText('Craving, to drink: 6 of 10')).toBeVisible();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await sheet.getByRole('button', { name: 'Cravings: leave out' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Craving, to drink: 6 of 10')).toBeHidden();
  await page.getByText('Earlier versions').click();
  await expect(
    page.getByText(/Craving, to drink: 6 of 10/),
    'earlier versions show every kind',
  ).toBeVisible();

  await openRoom(page, 'Me');
  await page.getByRole('link', { name: /What I track/ }).click();
  await expect(page.getByText('You can turn any of this off.')).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Sleep' })).toBeChecked();
  await page.getByRole('switch', { name: 'Sleep' }).uncheck();
  await page.getByRole('button', { name: 'what matters', exact: true }).click();
  await expect(page.getByRole('switch', { name: 'What was around' })).toBeChecked();
  await openRoom(page, 'Today');
  await touchSea(page, [0.3, 0.6]);
  await expect(sheet.getByRole('heading', { name: 'Around it' })).toBeVisible();
  await expect(sheet.getByRole('heading', { name: 'Sleep' })).toHaveCount(0);
});

test('own trackers in all five shapes are made, put in order, answered and put away', async ({ page }) => {
  await firstRun(page);
  await page.goto('/me/track');
  await page.getByRole('switch', { name: 'My own trackers' }).check();
  await page.getByRole('link', { name: /My trackers/ }).click();
  await make(page, 'Calm', 'on a scale');
  await make(page, 'Coffee', 'as a number', async () => {
    await page.getByLabel('What is counted (cups, steps)').fill('cups');
  });
  await make(page, 'Ate lunch', 'yes or no');
  await make(page, 'Outside', 'as a time');
  await make(page, 'Pain', 'on a scale');
  await make(page, 'Weather', 'by choosing', async () => {
    await page.getByLabel('What can be chosen, one to a line').fill('sun\nrain');
  });
  await page.getByRole('button', { name: 'Move Weather up' }).click();
  await expect(page.getByRole('listitem').nth(4)).toContainText('Weather');
  await page.getByRole('button', { name: 'Change Coffee' }).click();
  await toTheEnd(page);
  await expectAccessible(page, 'my trackers, one open');
  await page.getByRole('textbox', { name: 'Name' }).fill('Coffee or tea');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Change Calm' }).click();
  await page.getByRole('button', { name: 'Put away' }).click();
  await page.locator('summary', { hasText: 'Put away' }).click();
  await page.getByRole('button', { name: 'Take out again' }).click();
  await page.getByRole('button', { name: 'Change Calm' }).click();
  await page.getByRole('button', { name: 'Put away' }).click();

  await openRoom(page, 'Today');
  await touchSea(page, [0.5, 0.7]);
  const sheet = checkInSheet(page);
  await sheet.getByRole('textbox', { name: 'Coffee or tea (cups)' }).fill('3');
  await sheet
    .getByRole('group', { name: 'Ate lunch' })
    .getByRole('button', { name: 'No', exact: true })
    .click();
  await sheet.getByRole('slider', { name: 'Pain' }).fill('4');
  await sheet.getByRole('button', { name: 'More: Outside (minutes)' }).click();
  await sheet.getByRole('group', { name: 'Weather' }).getByRole('button', { name: 'rain' }).click();
  await expect(sheet.getByRole('slider', { name: 'Calm' }), 'put away is not asked').toHaveCount(0);
  await expectAccessible(page, 'check-in, with own trackers');
  await save(page);
  await page.getByRole('link', { name: /Ate lunch: no/ }).click();
  for (const words of ['Coffee or tea: 3 cups', 'Pain: 4', 'Outside: 5 min', 'Weather: rain'])
    await expect(page.getByText(words)).toBeVisible();
});

test('somebody who switches everything on can answer all of it in one entry, and turn it all off again', async ({
  page,
}) => {
  test.slow();
  await firstRun(page);
  await openRoom(page, 'Me');
  await page.getByRole('link', { name: /What I track/ }).click();
  const switches = page.getByRole('main').getByRole('switch');
  await expect(switches).toHaveCount(9);
  for (const one of await switches.all()) await one.check();
  await page.getByRole('link', { name: /My trackers/ }).click();
  await make(page, 'Ate lunch', 'yes or no');

  await openRoom(page, 'Today');
  await touchSea(page, [0.7, 0.7]);
  const sheet = checkInSheet(page);
  const part = (name: string) => sheet.getByRole('region', { name, exact: true });
  for (const name of ['What matters to you', 'Around it', 'My own trackers'])
    await expect(part(name)).toBeVisible();
  await fillCheckIn(page, {
    values: [{ text: 'Honesty', closeness: 8 }],
    around: [
      { group: 'A person', text: 'Rosa' },
      { group: 'A person', text: 'Ola' },
    ],
    text: 'All of it at once.',
  });
  await part('Sleep').getByRole('slider', { name: 'How long?' }).fill('495');
  await part('Energy').getByRole('slider', { name: 'Energy in your body' }).fill('6');
  await part('Symptoms').getByRole('button', { name: 'Headache' }).click();
  await part('Symptoms').getByRole('button', { name: 'mild', exact: true }).click();
  await part('Cravings').getByRole('button', { name: 'to smoke' }).click();
  await part('Cravings').getByRole('slider', { name: 'to smoke' }).press('Space');
  await part('Alcohol and drugs').getByRole('button', { name: '+ add something else' }).click();
  await part('Alcohol and drugs').getByRole('button', { name: 'alcohol', exact: true }).click();
  await part('Alcohol and drugs')
    .getByRole('button', { name: /^small glass of wine/ })
    .click();
  await part('Medication').getByRole('button', { name: '+ add a medication' }).click();
  await part('Medication').getByLabel('What is it called?').fill('Lithium');
  await part('Medication').getByRole('button', { name: 'Add', exact: true }).click();
  await part('Medication').getByRole('button', { name: 'taken', exact: true }).click();
  await part('My own trackers').getByRole('button', { name: 'Yes', exact: true }).click();
  await save(page);

  await openEntry(page, 'All of it at once.');
  for (const words of [
    'Slept 8 h 15',
    'Energy 6 of 10',
    'Headache: mild',
    'Craving, to smoke: 5 of 10',
    /1 × small glass of wine/,
    'Took Lithium',
    'Ate lunch: yes',
  ])
    await expect(page.getByText(words).first(), String(words)).toBeVisible();
  await expect(page.getByText('Honesty').first()).toBeVisible();
  await expect(page.getByText('Rosa').first()).toBeVisible();

  await openRoom(page, 'Me');
  await page.getByRole('link', { name: /What I track/ }).click();
  await page.getByRole('link', { name: /^Activities, people, places, tags/ }).click();
  const people = page.locator('section').filter({ has: page.getByRole('heading', { name: 'People' }) });
  await people.getByRole('button', { name: 'Move Ola up' }).click();
  await expect(people.getByRole('listitem').first()).toContainText('Ola');
  await people.getByRole('button', { name: 'Change Rosa' }).click();
  await people.getByRole('button', { name: 'Put away' }).click();
  await expect(people.getByRole('button', { name: 'Change Rosa' })).toHaveCount(0);
  await openRoom(page, 'Today');
  await touchSea(page, [0.4, 0.6]);
  await expect(part('Around it').getByRole('button', { name: 'Ola' })).toBeVisible();
  await expect(part('Around it').getByRole('button', { name: 'Rosa' }), 'put away').toHaveCount(0);
  await sheet.getByRole('button', { name: 'Back' }).click();
  await page.goto('/me/track/around');
  await people.locator('summary', { hasText: 'Put away' }).click();
  await people.getByRole('button', { name: 'Take out again' }).click();
  await expect(people.getByRole('listitem')).toHaveCount(2);
  await page.goto('/me/track');
  for (const one of await switches.all()) await one.uncheck();
  await openRoom(page, 'Today');
  await touchSea(page, [0.4, 0.4]);
  await expect(sheet.getByRole('region', { name: 'Sleep' })).toHaveCount(0);
  await expect(sheet.getByRole('region', { name: 'Medication' })).toHaveCount(0);
  await save(page);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'All of it at once.'), 'what was written stays').toHaveCount(1);
});

test('drinks, other substances and medicines are counted, and 28 days are seen at a glance', async ({
  page,
}) => {
  await firstRun(page);
  await page.goto('/me/track');
  await page.getByRole('switch', { name: 'Alcohol and drugs' }).check();
  await page.getByRole('switch', { name: 'Medication' }).check();
  await page.getByRole('link', { name: /My medication/ }).click();
  await page.getByLabel('What is it called?').fill('Sertraline');
  await page.getByLabel('Dose and time, if you like').fill('50 mg, mornings');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('50 mg, mornings')).toBeVisible();
  await page.goto('/me/track/substances');
  for (const name of ['alcohol', 'tobacco']) {
    const add = page.getByRole('button', { name: '+ add', exact: true });
    if (await add.isVisible()) await add.click();
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('button', { name: `Change ${name}` })).toBeVisible();
  }
  await expect(page.getByText('counted in drinks and UK units')).toBeVisible();
  await expect(page.getByText('counted in cigarettes')).toBeVisible();

  await openRoom(page, 'Today');
  await touchSea(page, [0.5, 0.4]);
  const sheet = checkInSheet(page);
  await sheet.getByRole('button', { name: '+ alcohol' }).click();
  await sheet.getByLabel('Money spent, in £ (if you like)').fill('4.80');
  await sheet.getByRole('button', { name: /^pint of beer/ }).click();
  await sheet.getByRole('button', { name: /^One more: alcohol/ }).click();
  await expect(sheet.getByText('4.5 UK units of alcohol')).toBeVisible();
  await sheet.getByRole('button', { name: '+ tobacco' }).click();
  await sheet.getByLabel('How many? (cigarettes)').fill('4');
  await sheet.getByRole('button', { name: 'Add', exact: true }).click();
  const dose = sheet.getByRole('group', { name: 'Sertraline, 50 mg, mornings' });
  await dose.getByRole('button', { name: 'missed' }).click();
  await expectAccessible(page, 'check-in, with what was used and taken');
  await save(page);
  await page.getByRole('link', { name: /2 × pint of beer, 4.5 units/ }).click();
  await expect(page.getByText('Missed Sertraline, 50 mg, mornings')).toBeVisible();
  await expect(page.getByText('alcohol: 2 × pint of beer, 4.5 units, £4.80')).toBeVisible();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  const spent = sheet.getByLabel(/^Money spent, in £: alcohol/);
  await expect(spent).toHaveValue('4.80');
  await spent.fill('9,5');
  await expectAccessible(page, 'what was spent, corrected');
  await dose.getByRole('button', { name: 'changed' }).click();
  await sheet.getByLabel('What is new?').fill('100 mg from today');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('alcohol: 2 × pint of beer, 4.5 units, £9.50')).toBeVisible();
  await expect(page.getByText('Changed Sertraline, 50 mg, mornings (100 mg from today)')).toBeVisible();

  await page.goto('/me/track/substances');
  await page.getByRole('link', { name: /28 days at a glance/ }).click();
  await expect(page.getByText('1 day with some, 0 days without, 27 days not noted.')).toBeVisible();
  await expect(page.getByText('Money spent: £9.50.')).toBeVisible();
  await page
    .getByRole('button', { name: /nothing noted\. Add it/ })
    .last()
    .click();
  const day = page.getByRole('dialog');
  await day.getByRole('button', { name: 'no alcohol' }).click();
  await expectAccessible(page, 'one day of the calendar');
  await day.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('1 day with some, 1 day without, 26 days not noted.')).toBeVisible();
  await page.getByRole('button', { name: 'tobacco, in cigarettes' }).click();
  await expect(page.getByText('1 day with some, 0 days without, 27 days not noted.')).toBeVisible();
  const earlier = page.getByRole('button', { name: 'Earlier' });
  const later = page.getByRole('button', { name: 'Later' });
  await expect(later).toBeDisabled();
  await earlier.click();
  await expect(page.getByText('0 days with some, 0 days without, 28 days not noted.')).toBeVisible();
  await later.click();
  await expect(page.getByText('1 day with some, 0 days without, 27 days not noted.')).toBeVisible();
});

test('a condition is written with as much of a date as is known, changed and deleted', async ({ page }) => {
  await firstRun(page);
  await openRoom(page, 'Me');
  await page.getByRole('link', { name: /Conditions/ }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByLabel('What is it called?').fill('Bipolar');
  await page.getByLabel('Since when?').fill('in spring');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('We cannot read that date.')).toBeVisible();
  await page.getByLabel('Since when?').fill('04/2019');
  await expectAccessible(page, 'a condition');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('since April 2019')).toBeVisible();
  await page.getByRole('button', { name: /Bipolar/ }).click();
  await page.getByRole('switch', { name: 'It is in the past' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'In the past' })).toBeVisible();
  await page.getByRole('button', { name: /Bipolar/ }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const asking = page.getByRole('alertdialog', { name: 'Delete Bipolar?' });
  await expect(asking).toBeVisible();
  await expectAccessible(page, 'conditions, asking');
  await asking.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Nothing is written here.')).toBeVisible();
});

test('a week is looked back on, value by value', async ({ page }) => {
  await firstRun(page);
  await openRoom(page, 'Me');
  await page.getByRole('link', { name: /My values/ }).click();
  const spirit = page.getByRole('group', { name: 'spirit' });
  await spirit.getByRole('button', { name: 'Faith or inner peace' }).click();
  await expect(page.getByText('spirit · 5 of 10')).toBeVisible();
  await page.getByRole('button', { name: '+ add' }).click();
  await expect(page.getByRole('group', { name: 'family' }).getByRole('button')).toBeVisible();
  await expect(spirit).toHaveCount(0);
  await page.getByLabel('What matters to you, in your words').fill('Being there for Ola');
  await page.getByLabel('Part of life').selectOption('family');
  await page.getByRole('slider', { name: 'How much it matters' }).fill('9');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('family · 9 of 10')).toBeVisible();
  await page.getByRole('link', { name: /Look back on this week/ }).click();
  await page.getByRole('slider', { name: 'Being there for Ola' }).fill('3');
  await expectAccessible(page, 'the week');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('link', { name: 'See the entry' }).click();
  await expect(page.getByText('rather far')).toBeVisible();
});

async function turnOnInSheet(page: Page, what: string): Promise<void> {
  const sheet = checkInSheet(page);
  const more = sheet.getByRole('button', { name: '+ log something else' });
  if (await more.isVisible()) await more.click();
  await sheet
    .getByRole('group', { name: '+ log something else' })
    .getByRole('button', { name: what, exact: true })
    .click();
  await expect(sheet.getByRole('heading', { name: what, exact: true })).toBeVisible();
}

/** Where no line of the list lies half under the bar. */
async function toTheEnd(page: Page): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
}

async function make(
  page: Page,
  name: string,
  shape: string,
  more: () => Promise<void> = async () => undefined,
): Promise<void> {
  const field = page.getByLabel('What you want to track');
  if (!(await field.isVisible())) await page.getByRole('button', { name: '+ add' }).click();
  await field.fill(name);
  await page.getByRole('button', { name: shape, exact: true }).click();
  await more();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('button', { name: `Change ${name}` })).toBeVisible();
}
