import { expectAccessible } from './support/accessible.ts';
import { deskAddresses, diaryAddresses, visit } from './support/addresses.ts';
import {
  checkInSheet,
  chooseLock,
  expectLocked,
  fillCheckIn,
  firstRun,
  joinServer,
  logMood,
  openEntry,
  openMe,
  openRoom,
  saveButton,
  touchSea,
  tryToUnlock,
} from './support/app.ts';
import { answerSavePicker, asFile, openBackups, savedFile } from './support/backups.ts';
import { openFullDiary } from './support/made-up-diary.ts';
import { makeKit } from './support/own-server.ts';
import { expectDeskAccessible } from './support/sharing.ts';
import { expect, test } from './support/test.ts';
import { noLetterYet } from './support/watch.ts';

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
  await page.setViewportSize({ width: 1360, height: 900 });
  await expectDeskAccessible(page, 'today, saved, on a wide screen');
});

test('the journal, an entry, its history and the bin are accessible', async ({ page }) => {
  await firstRun(page);
  await openRoom(page, 'Journal');
  await expectAccessible(page, 'journal, empty');
  await openRoom(page, 'Today');
  await logMood(page, { at: [0.1, 0.1], words: ['angry'], text: 'The first version.' });
  await logMood(page, { at: [0.9, 0.9], text: 'For the bin.', about: { day: '2026-03-02' } });
  await openRoom(page, 'Journal');
  await page.getByRole('searchbox').fill('nowhere to be found');
  await expect(page.getByText('Nothing found for')).toBeVisible();
  await expectAccessible(page, 'journal, nothing found');
  await page.getByRole('button', { name: 'Show everything' }).click();
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

test('Me, the lock, the kit and the server are accessible', async ({ page, server }) => {
  await firstRun(page);
  await openRoom(page, 'Me');
  await expect(page.getByText(/^\d of \d$/), 'how safe it is, once that is known').toBeVisible();
  await openMe(page, 'Lock');
  await page.getByRole('button', { name: 'Change the lock' }).click();
  await expectAccessible(page, 'changing the lock');
  await openMe(page, 'Recovery kit');
  await page.getByRole('button', { name: 'Make my kit' }).click();
  await expect(page.getByRole('button', { name: 'I have them on paper' })).toBeVisible();
  await expectAccessible(page, 'the kit');
  await page.getByRole('button', { name: 'I have them on paper' }).click();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('Not all three fit.')).toBeVisible();
  await expectAccessible(page, 'checking the kit');
  await openMe(page, 'My server');
  await page.getByRole('link', { name: 'Join with an invitation' }).click();
  await page.getByLabel('Invitation link or code').fill(server.url);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toBeVisible();
  await expectAccessible(page, 'joining, refused');
  const invitation = server.invitation();
  if (invitation === null) throw new Error('the server printed no invitation');
  await joinServer(page, invitation);
  await expectAccessible(page, 'my server');
  await openMe(page, 'Devices');
  await page.getByRole('link', { name: 'Add a device' }).click();
  await expect(page.getByText('On the new device open this address')).toBeVisible();
  await expectAccessible(page, 'adding a device');
});

test('bringing in a file is accessible', async ({ page }) => {
  await firstRun(page);
  await openMe(page, 'My data');
  await page.getByRole('link', { name: 'Choose a Daylio file' }).click();
  await page.getByLabel('Choose the file').setInputFiles({
    name: 'daylio.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'full_date,date,weekday,time,mood,activities,note_title,note\n2025-01-02,,,19:30,good,"walk","","x"\n2025-99-02,,,19:30,good,"walk","","x"',
    ),
  });
  await expect(page.getByRole('button', { name: 'Bring in 1 entry' })).toBeVisible();
  await expectAccessible(page, 'bringing in');
});

test('backups, and the way back from a file, are accessible', async ({ page, another }) => {
  await answerSavePicker(page);
  await firstRun(page, { kind: 'pin', pin: '481516' });
  await openBackups(page);
  await expect(page.getByText('Make a recovery kit first')).toBeVisible();
  await expectAccessible(page, 'backup, nothing could open it');
  await makeKit(page);
  await openRoom(page, 'Today');
  await logMood(page, {});
  await openBackups(page);
  await page.getByRole('button', { name: 'Save a backup file' }).click();
  await expect(page.getByText(/^Saved: one entry\./)).toBeVisible();
  await page.getByRole('button', { name: 'Test my backup' }).click();
  await expect(page.getByText(/^It works\./)).toBeVisible();
  await expectAccessible(page, 'backup, tested');
  const file = await savedFile(page);
  const device = await another();
  await device.goto('/restore');
  await device.getByRole('button', { name: /^From a backup file/ }).click();
  await device.getByLabel('Choose a backup file').setInputFiles(asFile(file.subarray(0, -40)));
  await expect(device.getByText('The file ends too early')).toBeVisible();
  await expectAccessible(device, 'a backup file, refused');
  await device.getByLabel('Choose a backup file').setInputFiles(asFile(file));
  await expect(device.getByLabel('Your 24 words')).toBeVisible();
  await expectAccessible(device, 'a backup file, with the words');
});

test('the way to a share, and the ways back from the words or from another device, are accessible', async ({
  page,
  server,
  another,
  watch,
}) => {
  watch.foresee(noLetterYet);
  await firstRun(page);
  await openRoom(page, 'Sharing');
  await expect(page.getByText('Sharing needs a server.')).toBeVisible();
  const invitation = server.invitation();
  if (invitation === null) throw new Error('the server printed no invitation');
  await joinServer(page, invitation);
  await openRoom(page, 'Sharing');
  await expect(page.getByText('Only you can read your diary.')).toBeVisible();
  await expectAccessible(page, 'sharing, empty');
  await page.getByRole('link', { name: 'Share with someone' }).click();
  await expectAccessible(page, 'who');
  await page.getByRole('button', { name: /^They are somewhere else/ }).click();
  await expectAccessible(page, 'making a link');
  await page.getByLabel('Who is it for?').fill('Dr Okafor');
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByText('It works once, until')).toBeVisible();
  await expectAccessible(page, 'the link');
  await openRoom(page, 'Sharing');
  await expectAccessible(page, 'sharing, a link not answered');
  await page.locator('main a[href^="/sharing/link/"]').click();
  await expect(page.getByText('It works once, until')).toBeVisible();
  await expectAccessible(page, 'a link, again');

  watch.foresee(/\/assets\/ArrivalScreen-/);
  // Playwright answers with nothing where a worker would be registered.
  watch.foresee(/reading 'waiting'/);
  const device = await another({ serviceWorkers: 'block' });
  await device.route(/\/assets\/ArrivalScreen-/, (route) => route.abort(), { times: 1 });
  await device.goto('/restore');
  await expect(device.getByRole('heading', { name: 'Something went wrong on this screen' })).toBeVisible();
  await expectAccessible(device, 'a fault');
  await device.getByRole('button', { name: 'Load the app again' }).click();
  await expect(device.getByRole('heading', { name: 'Welcome back.' })).toBeVisible();
  await expectAccessible(device, 'used before');
});

test('the desk is accessible from its first screen to its code', async ({ page, server }) => {
  await page.goto('/desk');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page, 'desk, what this is');
  await page.getByRole('main').getByRole('button').first().click();
  await chooseLock(page, { kind: 'pin', pin: '481516' });
  await expectAccessible(page, 'desk, lock');
  await page.getByRole('main').locator('button[type="submit"]').click();
  await expect(page.getByRole('textbox')).toBeVisible();
  await expectAccessible(page, 'desk, name');
  await page.getByRole('textbox').fill('Dr Okafor');
  await page.getByRole('main').locator('button[type="submit"]').click();
  await expect(page.getByText('Scan with the camera')).toBeVisible();
  await expectAccessible(page, 'desk, server');
  await page.getByRole('textbox').fill(await server.invite());
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('Nobody shares with you yet.')).toBeVisible();
  await expectAccessible(page, 'desk, nobody yet');
  await page.getByRole('link', { name: 'My code' }).click();
  await expect(page.getByRole('img').first()).toBeVisible();
  for (const address of deskAddresses) {
    await visit(page, address);
    await expectAccessible(page, address.path);
  }
});

// Two halves, so that two browsers share them.
const half = Math.ceil(diaryAddresses.length / 2);
for (const [name, addresses] of [
  ['first', diaryAddresses.slice(0, half)],
  ['second', diaryAddresses.slice(half)],
] as const) {
  test(`every address of a diary with everything in it is accessible, the ${name} half`, async ({ page }) => {
    await openFullDiary(page);
    for (const address of addresses) {
      await visit(page, address);
      await expectAccessible(page, address.path);
    }
  });
}
