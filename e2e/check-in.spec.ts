import { expectAccessible } from './support/accessible.ts';
import {
  checkInSheet,
  entryLine,
  expectOpen,
  fillCheckIn,
  firstRun,
  logMood,
  openEntry,
  openRoom,
  save,
  saveButton,
  touchSea,
} from './support/app.ts';
import { expect, test } from './support/test.ts';

test('a mood with everything around it is saved, and read again as it was said', async ({ page }) => {
  await firstRun(page);
  await logMood(page, {
    at: [0.9, 0.9],
    words: ['calm'],
    ownWords: ['featherlight'],
    values: [{ text: 'Being there for my sister', closeness: 9 }],
    around: [
      { group: 'Something I did', text: 'allotment' },
      { group: 'A person', text: 'Samira' },
      { group: 'A place', text: 'canal' },
      { group: 'Something else', text: 'sunday' },
    ],
    text: 'We sat by the water for an hour.',
  });
  await openEntry(page, 'featherlight');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Calm, featherlight');
  await expect(page.getByText('very pleasant, very low energy')).toBeVisible();
  await expect(page.getByText('very close')).toBeVisible();
  for (const word of ['allotment', 'Samira', 'canal', 'sunday']) {
    await expect(page.getByRole('listitem').filter({ hasText: word })).toBeVisible();
  }
  await expect(page.getByText('We sat by the water for an hour.')).toBeVisible();

  // At the next check-in people stand by people, and places by places.
  await openRoom(page, 'Today');
  await touchSea(page, [0.4, 0.4]);
  const around = checkInSheet(page).getByRole('region', { name: 'Around it' });
  for (const [group, own, another] of [
    ['Something I did', 'allotment', 'Samira'],
    ['A person', 'Samira', 'canal'],
    ['A place', 'canal', 'sunday'],
    ['Something else', 'sunday', 'allotment'],
  ] as const) {
    const chips = around.getByRole('group', { name: group, exact: true });
    await expect(chips.getByRole('button', { name: own, exact: true })).toBeVisible();
    await expect(chips.getByRole('button', { name: another, exact: true })).toHaveCount(0);
  }
  await expectAccessible(page, 'check-in, with what was around it in groups');
});

test('an entry about another day keeps both times, and one without an hour says so', async ({ page }) => {
  await page.clock.install({ time: new Date('2027-03-18T20:15:00Z') });
  await firstRun(page);
  await logMood(page, {
    at: [0.2, 0.3],
    text: 'The call with the bank.',
    about: { day: '2027-03-16', time: '07:40' },
  });
  await logMood(page, { at: [0.6, 0.6], text: 'Somewhere on the coast.', about: { day: '2027-03-02' } });

  await openEntry(page, 'The call with the bank.');
  await expect(page.getByText('About Tuesday 16 March, 07:40, written today, 20:15')).toBeVisible();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'The call with the bank.')).toContainText('written today');
  await expect(entryLine(page, 'Somewhere on the coast.')).toContainText('some time that day');
  await expect(page.getByRole('region', { name: /2 March/ })).toBeVisible();
});

test('a time that has not come yet is refused in words, and nothing that was said is lost', async ({
  page,
}) => {
  await page.clock.install({ time: new Date('2027-03-18T20:15:00Z') });
  await firstRun(page);
  await touchSea(page, [0.4, 0.4]);
  await fillCheckIn(page, { text: 'Not yet.', about: { day: '2027-03-18', time: '23:50' } });
  await saveButton(page).click();
  await expect(checkInSheet(page).getByText('That day or time cannot be right.')).toBeVisible();
  await expect(checkInSheet(page).getByLabel('Anything you want to remember…')).toHaveValue('Not yet.');
});

test('a changed entry says what it is now, and keeps what it said before', async ({ page }) => {
  await firstRun(page);
  await logMood(page, { at: [0.1, 0.1], words: ['angry'], text: 'He did not come.' });
  await openEntry(page, 'He did not come.');
  await expect(page.getByText('Earlier versions')).toHaveCount(0);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await fillCheckIn(page, { text: 'He came an hour late.' });
  await saveButton(page).click();

  await expect(checkInSheet(page)).toHaveCount(0);
  await expect(page.getByText('He came an hour late.')).toBeVisible();
  await page.reload();
  await expect(page.getByText(/changed today/)).toBeVisible();
  await page.getByText('Earlier versions').click();
  await expect(page.getByText('He did not come.')).toBeVisible();
});

test('an entry in the bin can be put back, and one deleted for good is gone with its history', async ({
  page,
}) => {
  await firstRun(page);
  await logMood(page, { text: 'To be kept after all.' });
  await logMood(page, { text: 'To be forgotten.' });
  for (const written of ['To be kept after all.', 'To be forgotten.']) {
    await openEntry(page, written);
    await page.getByRole('button', { name: 'Move to bin' }).click();
    await expect(page.getByText('Moved to the bin. It stays there for 30 days.')).toBeVisible();
    await expect(entryLine(page, written)).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(entryLine(page, 'To be forgotten.')).toBeVisible();
  await openEntry(page, 'To be forgotten.');
  await page.getByRole('button', { name: 'Move to bin' }).click();

  await page.getByRole('link', { name: 'Bin' }).click();
  const inBin = (written: string) =>
    page
      .getByRole('main')
      .locator('div', { hasText: written })
      .filter({ has: page.getByRole('button') })
      .last();
  await inBin('To be kept after all.').getByRole('button', { name: 'Put back' }).click();
  await inBin('To be forgotten.').getByRole('button', { name: 'Delete for good' }).click();
  const question = page.getByRole('alertdialog', { name: 'Delete this entry for good?' });
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('The bin is empty.')).toBeVisible();

  await page.reload();
  await expect(page.getByText('The bin is empty.')).toBeVisible();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'To be kept after all.')).toBeVisible();
  await expect(page.getByText('To be forgotten.')).toHaveCount(0);
});

test('not for sharing is said in the journal, and stays said', async ({ page }) => {
  await firstRun(page);
  await logMood(page, { text: 'Only mine.' });
  await openEntry(page, 'Only mine.');
  await page.getByRole('switch', { name: 'Not for sharing' }).click();
  await expect(page.getByRole('switch', { name: 'Not for sharing' })).toBeChecked();
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Not for sharing' })).toBeChecked();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Only mine.')).toContainText('not for sharing');
});

test('a save that is undone is a draft again, and no entry', async ({ page }) => {
  await firstRun(page);
  await logMood(page, { at: [0.7, 0.3], words: ['excited'], text: 'Saved too soon.' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(checkInSheet(page).getByLabel('Anything you want to remember…')).toHaveValue(
    'Saved too soon.',
  );
  await expect(checkInSheet(page).getByRole('button', { name: 'excited', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await openRoom(page, 'Journal');
  await expect(page.getByText('Nothing here yet')).toBeVisible();
});

test('a draft outlives closing the sheet and loading the page again, and is one entry when it is saved', async ({
  page,
}) => {
  await firstRun(page);
  await touchSea(page, [0.2, 0.7]);
  await fillCheckIn(page, { text: 'Half a sentence' });
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await expect(page.getByText('You began a check-in.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('You began a check-in.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(checkInSheet(page).getByLabel('Anything you want to remember…')).toHaveValue(
    'Half a sentence',
  );
  await save(page);
  await page.reload();
  await expectOpen(page);
  await expect(page.getByText('You began a check-in.')).toHaveCount(0);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Half a sentence')).toHaveCount(1);
});

test('a whole check-in is made with the keyboard alone', async ({ page }) => {
  await firstRun(page);
  await page.reload();
  await expectOpen(page);
  const { keyboard } = page;
  const tabTo = async (
    name: string | RegExp,
    role: 'slider' | 'button' | 'textbox' | 'searchbox',
  ): Promise<void> => {
    const target = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
    for (let presses = 0; presses < 60; presses += 1) {
      await keyboard.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    }
    throw new Error(`Tab never came to ${String(name)}`);
  };

  await tabTo('How pleasant', 'slider');
  for (let step = 0; step < 4; step += 1) await keyboard.press('ArrowRight');
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await expect(checkInSheet(page)).toBeVisible();
  await tabTo('more…', 'button');
  await keyboard.press('Enter');
  await keyboard.press('Shift+Tab');
  await tabTo('Search, or write your own word', 'searchbox');
  await keyboard.type('happy');
  await tabTo('happy', 'button');
  await keyboard.press('Space');
  await tabTo('Anything you want to remember…', 'textbox');
  await keyboard.type('No mouse, no finger.');
  await tabTo('Save', 'button');
  await keyboard.press('Enter');
  await expect(page.getByText(/^Saved on/)).toBeVisible();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'No mouse, no finger.')).toContainText('Happy');
});
