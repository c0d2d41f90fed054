/** A week in the life: no network from the first minute, the clock moved from day to day, the app closed each night. */
import type { Page } from '@playwright/test';
import {
  checkInSheet,
  entryLine,
  firstRun,
  logMood,
  openEntry,
  openMe,
  openRoom,
  save,
  saveButton,
  touchSea,
  waitUntilCached,
} from './support/app.ts';
import { exportEverything } from './support/own-server.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

test('a week of thirty things done with no network at all, and every one of them is there on Sunday', async ({
  page,
  server,
  watch,
}) => {
  test.slow();
  watch.foresee(serverIsAway);
  let done = 0;
  const act = (what: string, how: () => Promise<unknown>) =>
    test.step(`${(done += 1)}. ${what}`, async () => {
      await how();
    });
  const morning = async (day: string, time: string): Promise<void> => {
    await page.clock.setFixedTime(new Date(`2026-07-${day}T${time}:00+01:00`));
    await page.goto('/');
  };
  const sheet = checkInSheet(page);

  await page.clock.install({ time: new Date('2026-07-13T09:12:00+01:00') });
  await firstRun(page);
  await waitUntilCached(page);
  await server.stop('SIGKILL');

  // Monday
  await act('logs a mood', () => logMood(page, { at: [0.7, 0.6], text: 'Monday, slept well.' }));
  await act('names what matters', async () => {
    await openMe(page, 'My values');
    await page.getByLabel('What matters to you, in your words').fill('Being there for Ola');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Change Being there for Ola' })).toBeVisible();
  });
  await act('switches sleep and cravings on', async () => {
    await openMe(page, 'What I track');
    await page.getByRole('switch', { name: 'Sleep' }).check();
    await page.getByRole('switch', { name: 'Cravings' }).check();
  });
  await act('makes a reminder for the evening', () => addReminder(page, 'How was today?', '18:30'));
  await act('writes a line of the plan', () =>
    addPlanLine(page, 'What I can do on my own', 'Walk to the canal'),
  );

  // Tuesday
  await morning('14', '08:05');
  await act('logs how the night was', async () => {
    await touchSea(page, [0.4, 0.5]);
    await sheet.getByRole('slider', { name: 'How long?' }).fill('390');
    await save(page);
    await expect(entryLine(page, /Slept 6 h 30/)).toBeVisible();
  });
  await act('answers a questionnaire', () => answerPhq2(page));
  await act('asks for it every week', async () => {
    await openMe(page, 'Questionnaires');
    await page.getByRole('link', { name: /^PHQ-2/ }).click();
    await page.getByRole('button', { name: 'Every week', exact: true }).click();
  });
  await morning('14', '18:45');
  await act('logs again, and is asked nothing that was answered', async () => {
    await logMood(page, { at: [0.6, 0.7], text: 'Tuesday evening, tired.' });
    await expect(page.getByRole('region', { name: 'Your reminder' })).toHaveCount(0);
  });
  await act('adds Monday night after the fact', () =>
    logMood(page, {
      at: [0.2, 0.3],
      text: 'Monday night was hard.',
      about: { day: '2026-07-13', time: '23:10' },
    }),
  );

  // Wednesday
  await morning('15', '19:00');
  await act('follows the reminder, and is called away', async () => {
    await page
      .getByRole('region', { name: 'Your reminder' })
      .getByRole('link', { name: 'How was today?' })
      .click();
    await expect(sheet).toBeVisible();
    await sheet.getByLabel('Anything you want to remember…').fill('Wednesday, half a thought');
    await sheet.getByRole('button', { name: 'Back' }).click();
    await expect(page.getByText('You began a check-in.')).toBeVisible();
    await page.reload();
  });
  await act('finishes it', async () => {
    await page.getByRole('button', { name: 'Go on' }).click();
    await sheet.getByLabel('Anything you want to remember…').fill('Wednesday, a whole thought.');
    await save(page);
    await expect(page.getByRole('region', { name: 'Your reminder' })).toHaveCount(0);
  });
  await act('changes what was written on Monday', async () => {
    await openEntry(page, 'Monday, slept well.');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await sheet.getByLabel('Anything you want to remember…').fill('Monday, slept well at last.');
    await saveButton(page).click();
    await expect(page.getByText(/changed today/)).toBeVisible();
  });
  await act('keeps one entry out of every share', async () => {
    await openEntry(page, 'Monday night was hard.');
    await page.getByRole('switch', { name: 'Not for sharing' }).click();
    await expect(page.getByRole('switch', { name: 'Not for sharing' })).toBeChecked();
  });
  await act('searches the journal', async () => {
    await openRoom(page, 'Journal');
    await page.getByRole('searchbox').fill('canal');
    await expect(page.getByText('Nothing found for')).toBeVisible();
    await page.getByRole('searchbox').fill('hard');
    await expect(entryLine(page, 'Monday night was hard.')).toHaveCount(1);
  });

  // Thursday
  await morning('16', '13:30');
  await act('notes a craving', async () => {
    await touchSea(page, [0.2, 0.2]);
    await sheet.getByRole('button', { name: 'to drink' }).click();
    await sheet.getByRole('slider', { name: 'to drink' }).fill('7');
    await save(page);
  });
  await act('looks for help, and reads the plan', async () => {
    await page.getByRole('link', { name: 'Help now' }).click();
    await page.getByRole('link', { name: /^My plan/ }).click();
    await expect(page.getByText('Walk to the canal')).toBeVisible();
  });
  await act('puts someone to call into the plan', () =>
    addPlanLine(page, 'Who I can ask for help', 'Rosa', '07700 900 123'),
  );
  await act('logs once more, calmer', async () => {
    await openRoom(page, 'Today');
    await logMood(page, { at: [0.6, 0.8], words: ['calm'], text: 'Walked. It passed.' });
  });
  await act('moves the reminder', async () => {
    await openMe(page, 'Reminders');
    await page.getByRole('link', { name: 'How was today?' }).click();
    await page.getByLabel('Time', { exact: true }).fill('20:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('link', { name: 'How was today?' })).toContainText('20:00');
  });

  // Friday
  await morning('17', '09:00');
  await act('logs a mood by a word alone', async () => {
    await page.getByRole('button', { name: 'pick a word instead' }).click();
    await sheet.getByLabel('Search, or write your own word').fill('hopeful');
    await sheet.getByRole('button', { name: 'hopeful', exact: true }).click();
    await save(page);
  });
  await act('throws it away', async () => {
    await entryLine(page, /hopeful/i)
      .first()
      .click();
    await page.getByRole('button', { name: 'Move to bin' }).click();
  });
  await act('and takes it back', async () => {
    await page.getByRole('link', { name: 'Bin' }).click();
    await page.getByRole('button', { name: 'Put back' }).click();
    await expect(page.getByText('The bin is empty.')).toBeVisible();
  });
  await act('makes a tracker', async () => {
    await openMe(page, 'What I track');
    await page.getByRole('switch', { name: 'My own trackers' }).check();
    await page.getByRole('link', { name: /^My trackers/ }).click();
    await page.getByLabel('What you want to track').fill('Coffee');
    await page.getByRole('button', { name: 'as a number', exact: true }).click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Change Coffee' })).toBeVisible();
  });

  // Saturday
  await morning('18', '11:00');
  await act('counts cups', async () => {
    await touchSea(page, [0.7, 0.5]);
    await sheet.getByRole('textbox', { name: 'Coffee' }).fill('2');
    await save(page);
    await expect(entryLine(page, /Coffee: 2/)).toBeVisible();
  });
  await act('notes what the doctor called it', async () => {
    await openMe(page, 'Conditions');
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByLabel('What is it called?').fill('Asthma');
    await page.getByLabel('Since when?').fill('1998');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('since 1998')).toBeVisible();
  });
  await act('turns the page dark', async () => {
    await openMe(page, 'Appearance');
    await page.getByRole('button', { name: /^[Dd]ark/ }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  // Sunday
  await morning('19', '17:00');
  await act('looks back on the week', async () => {
    await openMe(page, 'My values');
    await page.getByRole('link', { name: /Look back on this week/ }).click();
    await page.getByRole('slider', { name: 'Being there for Ola' }).fill('7');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('link', { name: 'See the entry' })).toBeVisible();
  });
  await act('looks at the month', async () => {
    await openRoom(page, 'Insights');
    await page.getByRole('button', { name: 'Month', exact: true }).click();
    await expect(page.getByRole('link', { name: /^Thursday 16 July: / })).toBeVisible();
  });
  await act('keeps the words of the kit', async () => {
    await openMe(page, 'Recovery kit');
    await expect(page.getByRole('heading', { level: 1, name: 'Recovery kit' })).toBeVisible();
  });

  expect(done).toBe(30);
  const held = await exportEverything(page);
  const said = JSON.stringify(held);
  for (const words of [
    'Monday, slept well at last.',
    'Monday night was hard.',
    'Tuesday evening, tired.',
    'Wednesday, a whole thought.',
    'Walked. It passed.',
    'Walk to the canal',
    'Asthma',
    'How was today?',
  ])
    expect(said, words).toContain(words);
  await page.reload();
  await openRoom(page, 'Journal');
  await expect(page.getByRole('main').locator('a[href^="/entry/"]')).toHaveCount(11);
});

async function addReminder(page: Page, words: string, time: string): Promise<void> {
  await openMe(page, 'Reminders');
  await page.getByRole('link', { name: 'New reminder' }).click();
  await page.getByLabel('In your own words').fill(words);
  await page.getByLabel('Time', { exact: true }).fill(time);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: words })).toBeVisible();
}

async function addPlanLine(page: Page, section: string, text: string, phone?: string): Promise<void> {
  await openMe(page, 'My plan');
  await page.getByRole('button', { name: `Add a line to “${section}”` }).click();
  await page.getByLabel('In your words').fill(text);
  if (phone !== undefined) await page.getByLabel('Phone number, if there is one').fill(phone);
  await page.getByRole('button', { name: 'Keep this line' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: text })).toBeVisible();
}

async function answerPhq2(page: Page): Promise<void> {
  await openMe(page, 'Questionnaires');
  await page.getByRole('link', { name: /^PHQ-2/ }).click();
  await page.getByRole('link', { name: 'Begin' }).click();
  await expect(page.locator('[data-screen-title]')).toHaveText('Little interest or pleasure in doing things');
  for (const digit of ['3', '2']) await page.keyboard.press(digit);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('3 of 6')).toBeVisible();
}
