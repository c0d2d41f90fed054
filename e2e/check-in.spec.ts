import type { Page } from '@playwright/test';
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
  sea,
  touchSea,
} from './support/app.ts';
import { databasesOf } from './support/browser-storage.ts';
import { expect, test } from './support/test.ts';

const DAY_MS = 86_400_000;

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

test('a finger drags the point over the sea; the words near it are offered, both sides can be true, and it can be left open', async ({
  page,
}) => {
  await page.addInitScript(noteWrites);
  await firstRun(page);
  const box = await sea(page).boundingBox();
  if (box === null) throw new Error('the sea is not on the page');
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.5, 0.5));
  await page.mouse.down();
  for (const step of [0.6, 0.75, 0.9]) await page.mouse.move(...at(step, step));
  await page.mouse.up();

  const words = checkInSheet(page).getByRole('group', { name: 'Which words fit?' });
  await expect(words.getByRole('button'), 'eight, and the way to more').toHaveCount(9);
  await expect(words.getByRole('button', { name: 'calm', exact: true })).toBeVisible();
  await expect(words.getByRole('button', { name: 'angry', exact: true })).toHaveCount(0);
  const mixed = checkInSheet(page).getByText('Mixed feelings. They can be true at the same time.');
  await fillCheckIn(page, { words: ['calm'] });
  await expect(mixed).toHaveCount(0);
  await fillCheckIn(page, { words: ['sad'] });
  await expect(mixed).toBeVisible();
  await save(page);
  await openEntry(page, /Calm, sad/);
  await expect(page.getByText('very pleasant, very low energy')).toBeVisible();

  const writes = await page.evaluate(() => document.documentElement.dataset['writes']?.split(' ') ?? []);
  expect(writes.length).toBeGreaterThan(1);
  expect(
    writes.filter((how) => how !== 'strict'),
    'saved is said once it is on the disk',
  ).toEqual([]);

  for (const answer of ['I don’t know', 'Rather not say']) {
    await openRoom(page, 'Today');
    await page.getByRole('button', { name: 'pick a word instead' }).click();
    await checkInSheet(page).getByRole('button', { name: answer }).click();
    await save(page);
    await openEntry(page, answer);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(answer);
    await expect(page.getByText(/pleasant|energy/)).toHaveCount(0);
  }
});

test('an entry written in another zone keeps its own clock and day, and says whose clock that is', async ({
  profile,
}) => {
  const { page } = await profile.open({ timezoneId: 'Asia/Tokyo' });
  await firstRun(page);
  const day = new Date(Date.now() - 3 * DAY_MS);
  await logMood(page, {
    text: 'Far from home.',
    about: { day: day.toISOString().slice(0, 10), time: '00:40' },
  });
  await profile.close();
  const { page: home } = await profile.open({ timezoneId: 'Europe/London' });
  await home.goto('/journal');
  const name = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    day,
  );
  await expect(home.getByRole('region', { name: new RegExp(name) })).toContainText('Far from home.');
  await openEntry(home, 'Far from home.');
  await expect(home.getByText(new RegExp(`^About .*${name}, 00:40 Japan Time, written`))).toBeVisible();
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
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await fillCheckIn(page, { about: { day: '2027-03-16', time: '08:10' } });
  await saveButton(page).click();
  await expect(page.getByText('About Tuesday 16 March, 08:10, written today, 20:15')).toBeVisible();
  await page.getByText('Earlier versions').click();
  await expect(page.getByText('About Tuesday 16 March, 07:40', { exact: true })).toBeVisible();
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

  // What nobody takes out of the bin goes by itself, with what is sealed of it.
  const before = await envelopesIn(page);
  await openRoom(page, 'Today');
  await logMood(page, { text: 'Left in the bin.' });
  await openEntry(page, 'Left in the bin.');
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await expect(page.getByText('Moved to the bin. It stays there for 30 days.')).toBeVisible();
  const now = Date.now();
  await page.clock.setFixedTime(now + 29 * DAY_MS);
  await page.goto('/journal/bin');
  await expect(page.getByText('Left in the bin.')).toBeVisible();
  const sealed = [...(await envelopesIn(page))].filter((envelope) => !before.has(envelope));
  expect(sealed.length).toBeGreaterThan(0);
  await page.clock.setFixedTime(now + 30 * DAY_MS + 60_000);
  await page.reload();
  await expect(page.getByText('The bin is empty.')).toBeVisible();
  await expect
    .poll(async () => {
      const left = await envelopesIn(page);
      return sealed.filter((envelope) => left.has(envelope));
    })
    .toEqual([]);
  await openRoom(page, 'Journal');
  await expect(page.getByText('Left in the bin.')).toHaveCount(0);
  await expect(entryLine(page, 'To be kept after all.')).toBeVisible();
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

test('from the first screen to leaving, with an entry made, found and changed, with the keyboard alone', async ({
  page,
}) => {
  await page.goto('/');
  const { keyboard } = page;
  const tabTo = async (
    name: string | RegExp,
    role: 'slider' | 'button' | 'textbox' | 'searchbox' | 'radio' | 'link',
  ): Promise<void> => {
    const target = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
    await expect(target).toBeVisible();
    for (let presses = 0; presses < 60; presses += 1) {
      await keyboard.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    }
    throw new Error(`Tab never came to ${String(name)}`);
  };

  const press = async (name: string | RegExp, role: 'button' | 'link'): Promise<void> => {
    await tabTo(name, role);
    await keyboard.press('Enter');
  };

  for (const step of ['Start', 'Continue', /^It is mine/]) await press(step, 'button');
  await tabTo(/^Five words/, 'radio');
  const noLock = page.getByRole('radio', { name: /^No lock/ });
  while (!(await noLock.isChecked())) await keyboard.press('ArrowDown');
  await press('Open my diary', 'button');
  await expectOpen(page);
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

  await press('Journal', 'link');
  await expect(entryLine(page, 'No mouse, no finger.')).toContainText('Happy');
  await press('Choose what is shown', 'button');
  await press('written words', 'button');
  await expect(page.getByText('One entry with written words.')).toBeVisible();
  await press(/No mouse, no finger/, 'link');
  await press('Change', 'button');
  await tabTo('Anything you want to remember…', 'textbox');
  await keyboard.press('End');
  await keyboard.type(' Nor a voice.');
  await press('Save changes', 'button');
  await expect(page.getByRole('main').getByText('No mouse, no finger. Nor a voice.')).toBeVisible();

  await press('Help now', 'link');
  await tabTo(/In danger now: 999/, 'link');
  await press('Leave this page', 'button');
  await expect(page).toHaveURL(/\/away\.html$/);
});

/** Every sealed record in the browser's databases, as it lies there; not the tombstones that stay after them. */
async function envelopesIn(page: Page): Promise<ReadonlySet<string>> {
  const stores = (await databasesOf(page)).filter(({ name }) => name.includes('-envelopes'));
  return new Set(stores.flatMap(({ bytes }) => bytes.toString('utf8').match(/^AQE[\w-]{250,}$/gm) ?? []));
}

/** Runs in the page before anything else. Notes how each write to a database was to be kept. */
function noteWrites(): void {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const { dataset } = document.documentElement;
    if (mode === 'readwrite')
      dataset['writes'] = `${dataset['writes'] ?? ''} ${options?.durability ?? 'unsaid'}`.trim();
    return transaction.call(this, stores, mode, options);
  };
}
