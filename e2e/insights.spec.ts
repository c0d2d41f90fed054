import { expectAccessible } from './support/accessible.ts';
import { entryLine, firstRun, logMood, openRoom } from './support/app.ts';
import { expect, test } from './support/test.ts';

test('looking back teaches with nothing, names each day, opens it in the journal, and is silent where there is too little', async ({
  page,
}) => {
  await page.clock.setFixedTime(new Date('2026-07-14T18:00:00+01:00'));
  await firstRun(page);
  await openRoom(page, 'Insights');
  await expect(page.getByRole('heading', { name: 'Nothing to look back on yet' })).toBeVisible();
  await expectAccessible(page, 'insights, empty');

  await openRoom(page, 'Today');
  await logMood(page, { at: [0.9, 0.8], text: 'By the sea.', about: { day: '2026-07-13' } });
  await logMood(page, {
    at: [0.2, 0.2],
    values: [{ text: 'Being a good friend', closeness: 7 }],
    around: [{ group: 'Something I did', text: 'Swimming' }],
  });
  await openRoom(page, 'Insights');
  const year = page.getByRole('slider', { name: /^Your year, day by day\. A mood on 2 of/ });
  await year.focus();
  await expect(year).toHaveAttribute('aria-valuetext', /^Tuesday 14 July 2026: .*unpleasant, .*high energy$/);
  await year.press('ArrowUp');
  await expect(year).toHaveAttribute('aria-valuetext', /^Monday 13 July 2026: .*pleasant, .*low energy$/);
  await year.press('ArrowUp');
  await expect(page.getByRole('link', { name: 'Open this day' })).toHaveCount(0);
  await expect(year).toHaveAttribute('aria-valuetext', 'Sunday 12 July 2026: nothing logged');

  const pleasant = page.getByRole('region', { name: 'How pleasant' });
  await expect(pleasant.getByRole('img', { name: /^2 of 90 days\./ })).toBeVisible();
  await pleasant.getByText('The same as a table').click();
  await expect(pleasant.getByRole('row')).toHaveCount(3);
  await expect(
    page.getByText('We look once there are seven days with something, and seven days without it.'),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: /^Being a good friend: matters 5, close 7\.0/ })).toBeVisible();
  await page.getByRole('button', { name: 'a year' }).click();
  await expect(pleasant.getByText(/^2 of 365 days\./)).toBeVisible();
  await expectAccessible(page, 'insights, two days');

  await page.getByRole('button', { name: 'Month', exact: true }).click();
  await expectAccessible(page, 'insights, a month');
  await page.getByRole('link', { name: /^Monday 13 July: / }).click();
  await expect(page).toHaveURL(/\/journal\/day\/2026-07-13$/);
  await expect(entryLine(page, 'By the sea.')).toBeVisible();
});

test('one page holds what was chosen and nothing else', async ({ page }) => {
  await firstRun(page);
  await logMood(page, {
    at: [0.9, 0.8],
    values: [{ text: 'Being a good friend', closeness: 7 }],
    text: 'By the sea.',
  });
  await openRoom(page, 'Insights');
  await page.getByRole('link', { name: 'One page to print' }).click();
  const sheet = page.getByRole('article', { name: 'The page as it will be printed' });
  await expect(sheet.getByText('Being a good friend: matters 5, close 7.0')).toBeVisible();
  await expect(sheet.getByText('By the sea.')).toHaveCount(0);
  await expectAccessible(page, 'one page to print');
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1);

  await page.getByRole('button', { name: 'My words' }).click();
  await page.getByRole('button', { name: 'What matters to you' }).click();
  await expect(sheet.getByText('By the sea.')).toBeVisible();
  await expect(sheet.getByText('Being a good friend')).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print or save as PDF' })).toBeHidden();
  await expect(page.getByRole('navigation')).toBeHidden();
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1);
});

/** A page of a PDF is an object of type Page; the list of them is of type Pages. */
function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}
