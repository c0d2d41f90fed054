import type { Page } from '@playwright/test';
import { plausibleDiary } from '@evenkeel/test-kit';
import { expectAccessible } from './support/accessible.ts';
import {
  checkInSheet,
  entryLine,
  fillCheckIn,
  firstRun,
  logMood,
  openRoom,
  save,
  touchSea,
} from './support/app.ts';
import { openMadeUpDiary } from './support/made-up-diary.ts';
import { asLetters, cutOnPaper, readPdf } from './support/pdf.ts';
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
  const year = page.getByRole('slider', { name: 'Your year, day by day. A mood on 2 days.' });
  await year.focus();
  await expect(year).toHaveAttribute('aria-valuetext', /^Tuesday 14 July 2026: .*unpleasant, .*high energy$/);
  await year.press('ArrowUp');
  await expect(year).toHaveAttribute('aria-valuetext', /^Monday 13 July 2026: .*pleasant, .*low energy$/);
  await year.press('ArrowUp');
  await expect(page.getByRole('link', { name: 'Open this day' })).toHaveCount(0);
  await expect(year).toHaveAttribute('aria-valuetext', 'Sunday 12 July 2026: nothing logged');

  const pleasant = page.getByRole('region', { name: 'How pleasant' });
  await expect(pleasant.getByRole('img', { name: /^2 days\. On average/ })).toBeVisible();
  await pleasant.getByText('The same as a table').click();
  await expect(pleasant.getByRole('row')).toHaveCount(3);
  await expect(
    page.getByText('We look once there are seven days with something, and seven days without it.'),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: /^Being a good friend: matters 5, close 7\.0/ })).toBeVisible();
  await page.getByRole('button', { name: 'a year' }).click();
  await expect(page.getByRole('button', { name: 'a year' })).toHaveAttribute('aria-pressed', 'true');
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
  expect(readPdf(await page.pdf({ preferCSSPageSize: true }))).toHaveLength(1);

  await page.getByRole('button', { name: 'My words' }).click();
  await page.getByRole('button', { name: 'What matters to you' }).click();
  await expect(sheet.getByText('By the sea.')).toBeVisible();
  await expect(sheet.getByText('Being a good friend')).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print or save as PDF' })).toBeHidden();
  await expect(page.getByRole('navigation')).toBeHidden();
  expect(readPdf(await page.pdf({ preferCSSPageSize: true }))).toHaveLength(1);
});

test('everything switched on is made smaller before anything is left out, and the page says what did not fit', async ({
  page,
}) => {
  test.slow();
  await page.clock.setFixedTime(new Date('2026-07-14T18:00:00+01:00'));
  await firstRun(page);
  await page.goto('/me/track');
  for (const name of ['Sleep', 'Alcohol and drugs']) await page.getByRole('switch', { name }).check();
  await openRoom(page, 'Today');
  await touchSea(page, [0.7, 0.3]);
  const part = (name: string) => checkInSheet(page).getByRole('region', { name, exact: true });
  await part('Sleep').getByRole('slider', { name: 'How long?' }).fill('450');
  await part('Alcohol and drugs').getByRole('button', { name: '+ add something else' }).click();
  await part('Alcohol and drugs').getByRole('button', { name: 'alcohol', exact: true }).click();
  await part('Alcohol and drugs')
    .getByRole('button', { name: /^small glass of wine/ })
    .click();
  await fillCheckIn(page, {
    values: [
      { text: 'Being kind', closeness: 7 },
      { text: longWord, closeness: 4 },
    ],
    text: `A first day. ${longWord}`,
  });
  await save(page);
  for (const day of ['2026-07-13', '2026-07-12', '2026-07-11', '2026-07-10', '2026-07-09'])
    await logMood(page, { text: `${longWord} `.repeat(4), about: { day } });
  for (const [instrument, items] of [
    ['phq-9', 9],
    ['gad-7', 7],
    ['k10', 10],
  ] as const)
    await answer(page, instrument, items);

  await openRoom(page, 'Insights');
  await page.getByRole('link', { name: 'One page to print' }).click();
  const sheet = page.getByRole('article', { name: 'The page as it will be printed' });
  const leftOut = sheet.getByText('did not fit');
  await expect(sheet.getByRole('region', { name: 'K10' })).toBeVisible();
  await expect(sheet.getByText(`${longWord}: matters 5`)).toBeVisible();
  await expect(leftOut).toHaveCount(0);
  const whole = await printed(page);
  for (const words of [
    '15 June 2026 to 14 July 2026',
    'How pleasant',
    'Sleep',
    'Alcohol',
    'PHQ-9',
    'GAD-7',
    'K10',
    'Being kind: matters 5',
  ])
    expect(whole).toContain(asLetters(words));
  expect(whole).not.toContain(asLetters('A first day.'));

  await page.getByRole('button', { name: 'Own dates' }).click();
  await page.getByLabel('From', { exact: true }).fill('2026-07-11');
  await page.getByLabel('To', { exact: true }).fill('2026-07-09');
  await expect(page.getByText('The first day is after the last one.')).toBeVisible();
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Print or save as PDF' })).toBeDisabled();
  await page.getByLabel('To', { exact: true }).fill('2026-07-15');
  await expect(page.getByText('The last day is still to come.')).toBeVisible();
  await page.getByLabel('To', { exact: true }).fill('2026-07-13');
  const own = await printed(page);
  for (const words of ['11 July 2026 to 13 July 2026', 'Something was logged on 3 of 3 days.'])
    expect(own).toContain(asLetters(words));

  await page.getByRole('button', { name: 'My words' }).click();
  await page.getByRole('button', { name: 'a year' }).click();
  await expect(leftOut).toHaveText(/ 1 part did not fit: My words\.$/);
  await expect(sheet.getByText('A first day.')).toHaveCount(0);
  await expectAccessible(page, 'one page to print, with a part left out');
  const full = await printed(page);
  for (const words of ['15 July 2025 to 14 July 2026', 'K10', 'Being kind', '1 part did not fit: My words.'])
    expect(full).toContain(asLetters(words));
  expect(full).not.toContain(asLetters('A first day.'));

  await page.getByRole('button', { name: 'Questionnaires', exact: true }).click();
  await expect(leftOut).toHaveCount(0);
  await expect(sheet.getByText('A first day.')).toBeVisible();
  expect(await printed(page)).toContain(asLetters('A first day.'));
});

for (const [entries, days] of [
  [3, 4],
  [20, 22],
] as const) {
  test(`${entries} entries are looked back on calmly: no frame without a mark in it, no word of days without`, async ({
    page,
  }) => {
    const now = Date.parse('2026-07-14T18:00:00+01:00');
    const diary = plausibleDiary({ seed: 7, until: now, years: days / 365.25, entries, more: entries > 3 });
    await openMadeUpDiary(page, diary, now);
    await openRoom(page, 'Insights');
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { name: 'What matters to you' })).toBeVisible();
    const withMood = new Set(
      diary.moments.flatMap(({ draft: { when, mood } }) =>
        when.precision === 'undated' || mood?.valence === undefined ? [] : [when.day],
      ),
    );
    await expect(main.getByText(`A mood on ${withMood.size} days.`)).toBeVisible();
    // So few days are not spread over three months.
    await expect(main.getByRole('button', { name: '30 days' })).toHaveAttribute('aria-pressed', 'true');
    const charts = await main.getByRole('img').all();
    expect(charts.length).toBeGreaterThanOrEqual(2);
    for (const chart of charts) expect(await chart.locator('circle, rect').count()).toBeGreaterThan(0);
    const goes = page.getByRole('region', { name: 'What goes with your days' });
    await expect(goes).toHaveText(
      'What goes with your daysNot enough days yet. We look once there are seven days with something, and seven days without it.',
    );
    const rhythm = page.getByRole('region', { name: 'Through the week and the day' });
    if (entries === 3) {
      await expect(rhythm).toHaveText(
        'Through the week and the dayNot enough days yet. We look once there are three of a kind: three Mondays, three mornings.',
      );
    }
    expect(await main.innerText()).not.toMatch(/\bof \d+ days|missed|only|should|fail|streak|empty/i);
    await expectAccessible(page, `insights, ${entries} entries`);
  });
}

const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

async function answer(page: Page, instrument: string, items: number): Promise<void> {
  await page.goto(`/questionnaires/${instrument}/answer`);
  await expect(page.getByRole('progressbar')).toBeVisible();
  for (let item = 0; item < items; item++) await page.keyboard.press('1');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved on this')).toBeVisible();
}

/** The letters of the one A4 page, on which nothing lies outside of what holds it. */
async function printed(page: Page): Promise<string> {
  expect(await cutOnPaper(page), 'what is cut off on paper').toEqual([]);
  await page.emulateMedia({ media: 'print' });
  const over = await page
    .getByRole('article')
    .evaluateAll((sheets) =>
      sheets.flatMap((sheet) =>
        [sheet, ...sheet.querySelectorAll<HTMLElement>('p, li, h2, h3, section, div')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
          .map(({ outerHTML }) => outerHTML.slice(0, 200)),
      ),
    );
  expect(over, 'what overflows').toEqual([]);
  const pages = readPdf(await page.pdf({ preferCSSPageSize: true }));
  await page.emulateMedia({ media: null });
  expect(pages).toHaveLength(1);
  const [width = 0, height = 0] = pages[0]?.size ?? [];
  expect(Math.abs(width - 595.28), 'the width of A4').toBeLessThan(1);
  expect(Math.abs(height - 841.89), 'the height of A4').toBeLessThan(1);
  return pages[0]?.letters ?? '';
}
