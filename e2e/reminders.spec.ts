import { readFile } from 'node:fs/promises';
import ICAL from 'ical.js';
import { expectAccessible } from './support/accessible.ts';
import { visit } from './support/addresses.ts';
import {
  checkInSheet,
  comeBack,
  expectOpen,
  firstRun,
  joinServer,
  logMood,
  openMe,
  openRoom,
  save,
  touchSea,
} from './support/app.ts';
import { loseQuickCopy } from './support/lost-storage.ts';
import { noticesOf, push, touchNotice } from './support/notices.ts';
import { ringsOnServer } from './support/server-rows.ts';
import { expect, test } from './support/test.ts';

const words = 'Have I eaten something?';

test('a reminder made once stands in a calendar file, and on Today when its time has passed', async ({
  page,
}) => {
  await page.clock.install({ time: new Date('2026-07-14T12:00:00') });
  await firstRun(page);
  await openMe(page, 'Reminders');
  await expect(page.getByRole('heading', { name: 'No reminders yet' })).toBeVisible();

  await page.getByRole('link', { name: 'New reminder' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Write a few words')).toBeVisible();
  await page.getByLabel('In your own words').fill(words);
  await page.getByLabel('Time', { exact: true }).fill('18:30');
  await page.getByRole('switch', { name: /^Quiet hours/ }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: words })).toContainText('Next: today, 18:30');

  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Take the calendar file' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe('reminders.ics');
  const text = await readFile(await file.path(), 'utf8');
  expect(text).not.toContain('eaten');
  const [event] = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
  expect(event?.getFirstPropertyValue('summary')).toBe('Evenkeel reminder');
  const link = String(event?.getFirstPropertyValue('url'));

  // Nothing is asked before its time; afterwards one line is, until it was answered.
  const line = page.getByRole('region', { name: 'Your reminder' });
  await openRoom(page, 'Today');
  await expect(line).toHaveCount(0);
  // The app is never loaded again: the time passes while it is in view, and while it is left open out of sight.
  await page.clock.fastForward('06:31:00');
  await expect(line).toContainText(words);
  await line.getByRole('button', { name: 'More choices' }).click();
  await line.getByRole('link', { name: words }).click();
  await expect(checkInSheet(page)).toBeVisible();
  await page.evaluate(loseQuickCopy);
  await page.goto(link);
  await expect(checkInSheet(page), 'also where the diary opens by and by').toBeVisible();
  await page.keyboard.press('Escape');
  await logMood(page);
  await expect(line).toHaveCount(0);

  await openMe(page, 'Reminders');
  await page.getByRole('button', { name: 'Pause all for a week' }).click();
  await expect(page.getByRole('link', { name: words })).toContainText('Paused until');
  await page.getByRole('button', { name: 'End the pause' }).click();
  await expect(page.getByRole('link', { name: words })).toContainText('Next: Wednesday 15 July, 18:30');

  // The next evening it can be put off for that time alone, and the one after be paused where it stands.
  await visit(page, { path: '/me/use' });
  await expect(page.getByText('17 Jun to 14 Jul')).toBeVisible();
  await page.clock.setFixedTime(new Date('2026-07-15T18:31:00'));
  await comeBack(page);
  await expect(page.getByText('18 Jun to 15 Jul')).toBeVisible();
  await openRoom(page, 'Today');
  await line.getByRole('button', { name: 'Not now' }).click();
  await expect(line).toHaveCount(0);
  await page.clock.setFixedTime(new Date('2026-07-16T18:31:00'));
  await comeBack(page);
  await line.getByRole('button', { name: 'More choices' }).click();
  await line.getByRole('button', { name: 'Pause for a week' }).click();
  await expect(line).toHaveCount(0);
  await expect(page.getByText('Thursday 16 July')).toBeVisible();
  await page.clock.setFixedTime(new Date('2026-07-23T18:31:00'));
  await comeBack(page);
  await expect(page.getByText('Thursday 23 July')).toBeVisible();
  await expect(line).toContainText(words);
  await line.getByRole('button', { name: 'More choices' }).click();
  await line.getByRole('button', { name: 'Turn it off' }).click();
  await expect(line).toHaveCount(0);
  await openMe(page, 'Reminders');
  await page.getByRole('link', { name: words }).click();
  await page.getByRole('button', { name: 'Delete this reminder' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(page.getByRole('heading', { name: 'No reminders yet' })).toBeVisible();

  // What is looked back on ends with the day it is, too.
  await visit(page, { path: '/insights/summary' });
  await expect(page.getByText(/to 23 July 2026/).first()).toBeVisible();
  await page.clock.setFixedTime(new Date('2026-07-24T07:00:00'));
  await comeBack(page);
  await expect(page.getByText(/to 24 July 2026/).first()).toBeVisible();
});

test('a reminder of one part of the check-in opens right there, also where it is not asked otherwise', async ({
  page,
}) => {
  await page.clock.install({ time: new Date('2026-07-14T12:00:00') });
  await firstRun(page);
  await page.goto('/me/reminders/new');
  await page.getByLabel('In your own words').fill(words);
  await page.getByLabel('Time', { exact: true }).fill('18:30');
  await page.getByLabel('What it opens').selectOption({ label: 'the check-in at “Sleep”' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: words })).toContainText('Next: today, 18:30');
  await page.clock.setFixedTime(new Date('2026-07-14T18:31:00'));
  await openRoom(page, 'Today');
  await page.reload();
  await page.getByRole('region', { name: 'Your reminder' }).getByRole('link', { name: words }).click();
  const sheet = checkInSheet(page);
  await expect(sheet.getByRole('heading', { name: 'Sleep' })).toBeInViewport();
  await expect(sheet.locator(':focus').getByRole('heading', { name: 'Sleep' })).toBeVisible();
  await page.keyboard.press('Escape');
  await touchSea(page, [0.5, 0.5]);
  await expect(sheet.getByRole('heading', { name: 'Sleep' })).toHaveCount(0);
});

test('a reminder of one tracker or one medicine opens exactly that, is answered by nothing else, and the week has one too', async ({
  page,
}) => {
  await page.clock.install({ time: new Date('2026-07-14T12:00:00') });
  await firstRun(page);
  await openMe(page, 'What I track');
  await page.getByRole('switch', { name: 'My own trackers' }).check();
  await page.getByRole('link', { name: /My trackers/ }).click();
  for (const name of ['Coffee', 'Ate lunch']) {
    const field = page.getByLabel('What you want to track');
    if (!(await field.isVisible())) await page.getByRole('button', { name: '+ add' }).click();
    await field.fill(name);
    await page.getByRole('button', { name: 'yes or no', exact: true }).click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('button', { name: `Change ${name}` })).toBeVisible();
  }
  const remindOf = async (what: string): Promise<void> => {
    await page.goto('/me/reminders/new');
    await page.getByLabel('In your own words').fill(words);
    await page.getByLabel('Time', { exact: true }).fill('18:30');
    await page.getByLabel('What it opens').selectOption({ label: what });
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('link', { name: words })).toContainText(`Opens ${what}.`);
  };
  const line = page.getByRole('region', { name: 'Your reminder' });
  await remindOf('the check-in at “Ate lunch”');
  await page.clock.setFixedTime(new Date('2026-07-14T18:31:00'));
  await openRoom(page, 'Today');
  await page.reload();
  await line.getByRole('link', { name: words }).click();
  const sheet = checkInSheet(page);
  const answer = (name: string) =>
    sheet.getByRole('group', { name, exact: true }).getByRole('button', { name: 'Yes', exact: true });
  await expect(sheet.locator(':focus').getByRole('group', { name: 'Ate lunch' })).toBeInViewport();
  await answer('Coffee').click();
  await save(page);
  await expect(line, 'coffee is no lunch').toBeVisible();
  await line.getByRole('link', { name: words }).click();
  await answer('Ate lunch').click();
  await save(page);
  await expect(line).toHaveCount(0);

  await openMe(page, 'Reminders');
  await page.getByRole('link', { name: words }).click();
  await page.getByLabel('What it opens').selectOption({ label: 'the look back on the week' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.clock.setFixedTime(new Date('2026-07-15T18:31:00'));
  await openRoom(page, 'Today');
  await page.reload();
  await line.getByRole('link', { name: words }).click();
  await expect(page).toHaveURL(/\/me\/values\/review$/);

  // A notice says nothing: it leads to what is due, a questionnaire to its first question.
  await openMe(page, 'Reminders');
  await page.getByRole('link', { name: words }).click();
  await page.getByLabel('What it opens').selectOption({ label: 'PHQ-9' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: words })).toContainText('Opens PHQ-9.');
  await page.clock.setFixedTime(new Date('2026-07-16T18:31:00'));
  await openRoom(page, 'Today');
  await page.reload();
  await expect(line.getByRole('link', { name: words })).toHaveAttribute('href', /phq-9/);
  await page.evaluate(() => history.pushState(null, '', '/?reminder'));
  await expect(
    page.getByRole('heading', { name: 'Little interest or pleasure in doing things' }),
  ).toBeVisible();
});

test('the pages of reminders and the line on Today are accessible', async ({ page }) => {
  test.slow();
  await page.clock.install({ time: new Date('2026-07-14T12:00:00') });
  await firstRun(page);
  await openMe(page, 'Reminders');
  await page.getByRole('link', { name: 'New reminder' }).click();
  await page.getByLabel('In your own words').fill(words);
  await page.getByRole('button', { name: 'Add a time' }).click();
  await page.getByRole('switch', { name: /^Quiet hours/ }).check();
  await expectAccessible(page, 'a new reminder');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: words })).toBeVisible();
  await page.clock.setFixedTime(new Date('2026-07-14T21:31:00'));
  await openRoom(page, 'Today');
  await page.reload();
  const line = page.getByRole('region', { name: 'Your reminder' });
  await line.getByRole('button', { name: 'More choices' }).click();
  await expectAccessible(page, 'Today with a reminder');
});

test('a push wakes the device with a notice that says nothing, and the server holds times alone', async ({
  page,
  server,
}) => {
  await page.context().grantPermissions(['notifications'], { origin: server.url });
  // No push service is asked in a test: the browser's subscription is the one thing replaced.
  await page.addInitScript(() => {
    const endpoint = 'https://push.example/send/anna';
    PushManager.prototype.subscribe = async (options) => {
      if (!(options?.applicationServerKey instanceof Uint8Array)) throw new TypeError('no key');
      return Object.create(PushSubscription.prototype, { endpoint: { value: endpoint } });
    };
  });
  await firstRun(page);
  await joinServer(page, await server.invite());
  await openMe(page, 'Reminders');
  await page.getByRole('link', { name: 'New reminder' }).click();
  await page.getByLabel('In your own words').fill(words);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('switch', { name: /^Wake this/ }).click();
  await expect(page.getByRole('switch', { name: /^Wake this/ })).toBeChecked();

  const { plans, moments } = ringsOnServer(server);
  expect(plans.map(({ endpoint }) => endpoint)).toEqual(['https://push.example/send/anna']);
  expect(moments.length).toBeGreaterThan(5);
  for (const moment of moments) expect(Object.keys(moment)).toEqual(['account', 'dev', 'at']);

  await push(page, server.url);
  await expect.poll(() => noticesOf(page)).toMatchObject([{ title: 'Evenkeel reminder', body: '' }]);
  await touchNotice(page);
  await expectOpen(page);
  expect(await noticesOf(page)).toEqual([]);
  await openMe(page, 'Reminders');

  await page.getByRole('switch', { name: /^Wake this/ }).click();
  await expect(page.getByRole('switch', { name: /^Wake this/ })).not.toBeChecked();
  await expect.poll(() => ringsOnServer(server).moments).toEqual([]);
  expect(ringsOnServer(server).plans.map(({ endpoint }) => endpoint)).toEqual([null]);
});
