import { expectAccessible } from './support/accessible.ts';
import { checkInSheet, expectLocked, fillCheckIn, firstRun, logMood, openEntry, openRoom, saveButton, touchSea, tryToUnlock } from './support/app.ts';
import { expect, test } from './support/test.ts';

test('the four screens of the first run are accessible, with every way to lock', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  await expectAccessible(page, 'what this is');
  await page.getByRole('button', { name: 'Start' }).click();
  await expectAccessible(page, 'who can read it');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expectAccessible(page, 'whose phone');
  await page.getByRole('button', { name: 'It is mine' }).click();
  for (const way of [/^Five words/, /^My own passphrase/, /^A PIN/, /^No lock/]) {
    await page.getByRole('radio', { name: way }).check();
    await expectAccessible(page, `lock, ${way.source}`);
  }
});

test('the door is accessible, also when what was typed is wrong; and so is help', async ({ page }) => {
  await firstRun(page, { kind: 'pin', pin: '481516' });
  await page.reload();
  await expectLocked(page);
  await tryToUnlock(page, { kind: 'pin', pin: '000001' });
  await expect(page.getByText('That is not the PIN.')).toBeVisible();
  await expectAccessible(page, 'the door');
  await page.getByRole('link', { name: 'Help now' }).click();
  await page.getByText('Where the numbers are from').click();
  await expectAccessible(page, 'help now');
});

test('Today and the whole check-in are accessible', async ({ page }) => {
  await firstRun(page);
  await expectAccessible(page, 'today, empty');
  await touchSea(page, [0.8, 0.2]);
  await expectAccessible(page, 'check-in');
  await fillCheckIn(page, {
    ownWords: ['sunlit'],
    values: [{ text: 'Being a good friend', closeness: 7 }],
    around: [{ group: 'A person', text: 'Samira' }],
    text: 'A walk.',
  });
  const sheet = checkInSheet(page);
  await sheet.getByText('Move it with sliders').click();
  await sheet.getByRole('button', { name: 'change when it was' }).click();
  await sheet.getByRole('button', { name: '+ add', exact: true }).click();
  await sheet.getByRole('button', { name: '+ add what matters' }).click();
  await expectAccessible(page, 'check-in, everything open');
  await sheet.getByRole('button', { name: 'Back' }).click();
  await expectAccessible(page, 'today, with a draft');
  await page.getByRole('button', { name: 'Go on' }).click();
  await saveButton(page).click();
  await expect(page.getByText('Saved on this phone.')).toBeVisible();
  await expectAccessible(page, 'today, saved');
});

test('the journal, an entry, its history and the bin are accessible', async ({ page }) => {
  await firstRun(page);
  await openRoom(page, 'Journal');
  await expectAccessible(page, 'journal, empty');
  await openRoom(page, 'Today');
  await logMood(page, { at: [0.1, 0.1], words: ['angry'], text: 'The first version.' });
  await logMood(page, { at: [0.9, 0.9], text: 'For the bin.', about: { day: '2026-03-02' } });
  await openRoom(page, 'Journal');
  await expectAccessible(page, 'journal');
  await page.getByRole('searchbox').fill('nowhere to be found');
  await expect(page.getByText('Nothing found for')).toBeVisible();
  await expectAccessible(page, 'journal, nothing found');
  await openRoom(page, 'Today');
  await openEntry(page, 'The first version.');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await expectAccessible(page, 'changing an entry');
  await fillCheckIn(page, { text: 'The second version.' });
  await saveButton(page).click();
  await page.getByText('Earlier versions').click();
  await expect(page.getByText('The first version.')).toBeVisible();
  await expectAccessible(page, 'an entry');
  await openEntry(page, 'For the bin.');
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await expect(page.getByText('Moved to the bin.')).toBeVisible();
  await page.getByRole('link', { name: 'Bin' }).click();
  await expectAccessible(page, 'the bin');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expectAccessible(page, 'the bin, asking');
});
