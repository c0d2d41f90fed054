import { plausibleDiary } from '@evenkeel/test-kit';
import { expectAccessible } from './support/accessible.ts';
import { entryLine, firstRun, logMood, openRoom, unlock } from './support/app.ts';
import { openMadeUpDiary } from './support/made-up-diary.ts';
import { expect, test } from './support/test.ts';

test('the journal finds entries of any age by word, kind, corner and name, keeps what was asked, and goes to a day', async ({
  page,
}) => {
  await page.clock.setFixedTime(new Date('2026-07-14T18:00:00+01:00'));
  await firstRun(page);
  await logMood(page, { at: [0.9, 0.8], text: 'By the sea.', about: { day: '2024-02-29' } });
  await logMood(page, {
    at: [0.1, 0.1],
    text: 'A hard call.',
    around: [{ group: 'A person', text: 'Zoë' }],
    about: { day: '2026-07-01' },
  });
  await logMood(page, { at: [0.9, 0.9] });
  await openRoom(page, 'Journal');
  const said = page.getByRole('main').getByRole('status');
  await page.getByRole('searchbox').fill('SEA');
  await expect(said.filter({ hasText: 'One entry with “SEA”.' })).toBeVisible();
  await entryLine(page, 'By the sea.').click();
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('SEA');
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(entryLine(page, 'A hard call.')).toBeVisible();

  const filters = page.getByRole('button', { name: 'Choose what is shown' });
  await filters.press('Enter');
  await page.getByRole('button', { name: 'written words' }).press('Space');
  await expect(said.filter({ hasText: '2 entries with written words.' })).toBeVisible();
  await page.getByRole('button', { name: 'unpleasant, high energy' }).click();
  await page.getByLabel('About', { exact: true }).selectOption('Zoë');
  await expect(
    said.filter({ hasText: 'One entry with written words · unpleasant, high energy · Zoë.' }),
  ).toBeVisible();
  await expectAccessible(page, 'journal, choosing what is shown');
  await page.getByRole('button', { name: 'not for sharing' }).click();
  await expect(said.filter({ hasText: 'Nothing found for' })).toBeVisible();

  await page.getByLabel('Go to a day').fill('2024-03-05');
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(entryLine(page, 'By the sea.')).toBeInViewport();
  await expect(page.getByText('Nothing found for')).toHaveCount(0);
});

test('what was looked for is gone when somebody has left the journal, and when the diary was locked', async ({
  page,
}) => {
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  await logMood(page, { text: 'By the sea.' });
  const search = page.getByRole('searchbox');
  await openRoom(page, 'Journal');
  await search.fill('sea');
  await entryLine(page, 'By the sea.').click();
  await openRoom(page, 'Today');
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'By the sea.')).toBeVisible();
  await expect(search).toHaveValue('');

  await search.fill('nowhere');
  await expect(page.getByText('Nothing found for “nowhere”.')).toBeVisible();
  await page.reload();
  await unlock(page, secret);
  await expect(entryLine(page, 'By the sea.')).toBeVisible();
  await expect(search).toHaveValue('');
});

test('two touches lead to any month that holds entries, by keyboard as well, and to the same one again', async ({
  page,
}) => {
  const now = Date.parse('2026-07-14T18:00:00+01:00');
  const diary = plausibleDiary({ seed: 7, until: now });
  const days = diary.moments.flatMap(({ draft }) =>
    draft.when.precision === 'undated' ? [] : draft.when.day,
  );
  const newest = new Map(days.toSorted().map((day) => [day.slice(0, 7), day]));
  await openMadeUpDiary(page, diary, now);
  await openRoom(page, 'Journal');
  const choose = page.getByRole('button', { name: 'Go to a month' });
  const sheet = page.getByRole('dialog', { name: 'Go to a month' });
  const headingOf = (month: string) =>
    page.getByRole('heading', { level: 2, name: longDay(newest.get(month) ?? '') });

  await choose.click();
  await expect(sheet.getByRole('group').getByRole('button')).toHaveCount(newest.size);
  await expect(sheet.getByRole('heading', { level: 3 })).toHaveText(['2026', '2025', '2024']);
  await expectAccessible(page, 'journal, going to a month');
  await sheet.getByRole('button', { name: 'March 2025' }).click();
  await expect(headingOf('2025-03')).toBeFocused();
  await expect(headingOf('2025-03')).toBeInViewport();

  await choose.press('Enter');
  await sheet.getByRole('button', { name: 'October 2024' }).press('Enter');
  await expect(headingOf('2024-10')).toBeFocused();
  await expect(headingOf('2024-10')).toBeInViewport();

  for (const [name, month] of [
    ['October 2024', '2024-10'],
    ['March 2025', '2025-03'],
  ] as const) {
    await page.evaluate(() => window.scrollTo(0, 0));
    await expect(headingOf('2024-10')).toHaveCount(0);
    await choose.press('Enter');
    await sheet.getByRole('button', { name }).press('Enter');
    await expect(headingOf(month)).toBeFocused();
    await expect(headingOf(month)).toBeInViewport();
  }
});

/** “Monday 31 March 2025”. */
function longDay(day: string): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(day).toLocaleDateString('en-GB', parts).replace(',', '');
}
