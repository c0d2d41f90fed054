import type { Page } from '@playwright/test';
import { plausibleDiary } from '@evenkeel/test-kit';
import { expectAccessible } from './support/accessible.ts';
import { openRoom } from './support/app.ts';
import { openMadeUpDiary } from './support/made-up-diary.ts';
import { asLetters, cutOnPaper, readPdf } from './support/pdf.ts';
import { expect, test } from './support/test.ts';

const now = Date.parse('2026-07-14T18:00:00+01:00');
const diary = plausibleDiary({ seed: 7, until: now, more: true });
/** Everything said, with its day; each figure below is worked out from here with nothing of the app's. */
const said = diary.moments.flatMap(({ draft }) =>
  draft.when.precision === 'undated' ? [] : [{ ...draft, day: draft.when.day }],
);
const lastYear = said.filter(({ day }) => day >= '2025-07-15');

test('two years of a diary are looked back on with the figures that a plain count gives, in charts, tables and on one page', async ({
  page,
}) => {
  await openMadeUpDiary(page, diary, now);
  await openRoom(page, 'Insights');
  await page.getByRole('button', { name: 'a year' }).click();
  const card = (name: string) => page.getByRole('region', { name, exact: true });

  // Its year begins on the Monday 52 weeks before this one's.
  const squares = new Set(said.filter(({ day }) => day >= '2025-07-14').flatMap(dayWithMood));
  await expect(card('Your year').getByText(`A mood on ${squares.size} days.`)).toBeVisible();

  const days = moodByDay();
  await card('Your year').getByText('The same as a table').click();
  const months = Map.groupBy(
    new Set(said.filter(({ day }) => day >= '2025-07-14').map(({ day }) => day)),
    (day) => day.slice(0, 7),
  );
  await expect(card('Your year').getByRole('row')).toHaveCount(1 + months.size);
  const june = card('Your year').getByRole('row', { name: 'June 2026' }).locator('th, td');
  const inJune = ten(mean([...days].flatMap(([day, mood]) => (day.startsWith('2026-06') ? [mood] : []))));
  await expect(june.nth(1)).toHaveText(`${months.get('2026-06')?.length}`);
  await expect(june.nth(2)).toHaveText(new RegExp(`^${asPattern(inJune)}, .*pleasant.*, .* energy$`));

  const average = asPattern(ten(mean([...days.values()])));
  const sentence = new RegExp(String.raw`^${days.size} days\. On average .+ \(${average}\)\.`);
  await expect(card('How pleasant').getByRole('img', { name: sentence })).toBeVisible();
  await expect(card('How pleasant').locator('circle')).toHaveCount(days.size);

  const week = weekdays.map((name, at) => ({ name, moods: moodsOn(days, at) }));
  const [highest, lowest] = [best(week), best(week.map((one) => ({ ...one, moods: one.moods.map(minus) })))];
  const rhythm = `Highest: ${highest.name} (${ten(mean(highest.moods))}). Lowest: ${lowest.name} (${ten(-mean(lowest.moods))}).`;
  await expect(
    card('Through the week and the day').getByRole('img', { name: `By day of the week. ${rhythm}` }),
  ).toBeVisible();
  await card('Through the week and the day').getByText('The same as a table').first().click();
  const rows = card('Through the week and the day').getByRole('row');
  await expect(rows).toHaveCount(1 + week.length);
  for (const [at, { name, moods }] of week.entries())
    await expect(rows.nth(at + 1).locator('th, td')).toHaveText([name, ten(mean(moods)), `${moods.length}`]);

  const goes = card('What goes with your days');
  await goes.getByText('The same as a table').click();
  for (const [name, sides] of [
    ['Took a real break', sidesOf(days, tookABreak())],
    ['Allotment', sidesOf(days, wasAround('Allotment'))],
    ['How calm: more than usual', sidesOf(days, aboveTheMiddle(calmByDay()))],
  ] as const) {
    const line = goes.getByRole('listitem').filter({ hasText: name });
    const difference = ten(mean(sides.on) - mean(sides.off));
    await expect(line).toContainText(`${sides.on.length} days with, ${sides.off.length} without.`);
    await expect(line).toContainText(difference);
    const row = goes.getByRole('row').filter({ hasText: name }).locator('th, td');
    await expect(row).toHaveText([name, difference, / to /, `${sides.on.length}`, `${sides.off.length}`]);
  }
  await expect(goes.getByText('Going together is not causing.')).toBeVisible();
  const bars = await goes.getByRole('listitem').locator('p:first-child').allInnerTexts();
  const most = (sign: string) =>
    bars.find((words) => words.includes(sign))?.replace(/\s*([+−].*)$/, ' ($1).') ?? null;
  await expect(goes.getByText(/^Most with /)).toHaveText(
    [
      { way: 'better', bar: most('+') },
      { way: 'worse', bar: most('−') },
    ]
      .flatMap(({ way, bar }) => (bar === null ? [] : [`Most with ${way} days: ${bar}`]))
      .join(' '),
  );
  // Each bar is drawn, with its interval over it.
  await expect(goes.locator('svg')).toHaveCount(bars.length);
  await expect(goes.locator('svg line')).toHaveCount(bars.length);

  const matters = card('What matters to you');
  const close = closeByDay();
  const both = [...close.keys()].filter((day) => days.has(day));
  const beside = `On these days: ${ten(mean(both.map((day) => days.get(day) ?? 0)))}, `;
  const moodOfThem = matters.getByRole('img', { name: `How pleasant. ${beside}` });
  await expect(moodOfThem.locator('circle')).toHaveCount(both.length);
  const sister = [...close].filter(([, values]) => values.has('Being there for my sister'));
  const kept = sister.map(([, values]) => mean(values.get('Being there for my sister') ?? []));
  const moods = sister.flatMap(([day]) => days.get(day) ?? []);
  await expect(
    matters.getByText(
      `matters 9, close ${mean(kept).toFixed(1)} on average, ${kept.length} days. How pleasant they were: ${ten(mean(moods))}`,
    ),
  ).toBeVisible();

  const nights = lastYear.flatMap(({ sleep }) => sleep?.minutes ?? []);
  const slept = `${nights.length} nights. On average ${(mean(nights) / 60).toFixed(1)} hours.`;
  await expect(card('Sleep').getByRole('img', { name: slept })).toBeVisible();
  const last = lastYear.flatMap(({ questionnaire }) => questionnaire?.total ?? []).at(-1);
  await expect(card('GAD-7').getByText(new RegExp(`^Last: ${last} of 21, `))).toBeVisible();
  for (const [name, unit, byDay] of [
    ['Alcohol', 'UK units', drunk()],
    ['Tobacco', 'cigarettes', smoked()],
  ] as const) {
    const weeks = new Map<string, number>();
    for (const [day, amount] of byDay) weeks.set(mondayOf(day), (weeks.get(mondayOf(day)) ?? 0) + amount);
    const without = [...byDay.values()].filter((amount) => amount === 0).length;
    const used = `On average ${mean([...weeks.values()]).toFixed(1)} ${unit} in a week with an answer. Said to be without: ${without} days.`;
    await expect(card(name).getByRole('img', { name: used })).toBeVisible();
    await card(name).getByText('The same as a table').click();
    await expect(card(name).getByRole('row')).toHaveCount(weeks.size + 1);
    await expect(card(name).getByRole('columnheader')).toHaveText([
      'Week of',
      unit,
      'Days without',
      'Days with an answer',
    ]);
  }

  const logged = card('What else you log');
  const drank = coffees();
  const coffee = `Coffee: ${drank.size} days. On average ${tenth(mean([...drank.values()]))} cups.`;
  await logged.getByLabel('Show').selectOption('Coffee');
  await expect(logged.getByRole('img', { name: coffee }).locator('circle')).toHaveCount(drank.size);
  const breaks = tookABreak();
  const taken = `Took a real break: yes on ${[...breaks.values()].filter(Boolean).length} of ${breaks.size} days.`;
  await logged.getByLabel('Show').selectOption('Took a real break');
  await expect(logged.getByText(taken)).toBeVisible();
  await expectAccessible(page, 'insights, two years');

  // Hundreds of rows are opened only after every rule was asked of the page.
  await card('How pleasant').getByText('The same as a table').click();
  await expect(card('How pleasant').getByRole('row')).toHaveCount(days.size + 1);
  await matters.getByText('The same as a table').click();
  await expect(matters.getByRole('row')).toHaveCount(1 + close.size);
  await expect(matters.getByRole('columnheader').nth(2)).toHaveText('Being there for my sister');
  const [, newest] = [...close].toSorted(([a], [b]) => (a < b ? -1 : 1)).at(-1) ?? [];
  const kindness = newest?.get('Being there for my sister');
  await expect(matters.getByRole('row').nth(1).locator('td').nth(1)).toHaveText(
    kindness === undefined ? '–' : mean(kindness).toFixed(1),
  );
  await logged.getByText('The same as a table').click();
  await expect(logged.getByRole('row')).toHaveCount(1 + breaks.size);

  // All of it on paper, whatever the theme: each sentence, and nothing cut off.
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await cutOnPaper(page)).toEqual([]);
  const onPaper = readPdf(await page.pdf({ preferCSSPageSize: true }))
    .map(({ letters }) => letters)
    .join('');
  for (const words of [
    `A mood on ${squares.size} days.`,
    `${days.size} days. On average`,
    rhythm,
    'Most with better days: ',
    slept,
    `Last: ${last} of 21`,
    taken,
    beside,
    'Numbers run from −10 to +10.',
  ])
    expect(onPaper).toContain(asLetters(words));
  await page.emulateMedia({ colorScheme: null });

  await walkBack(page);

  await page.getByRole('link', { name: 'One page to print' }).click();
  const sheet = page.getByRole('article', { name: 'The page as it will be printed' });
  await page.getByRole('button', { name: 'a year' }).click();
  await expect(sheet.getByText(sentence)).toBeVisible();
  const pages = readPdf(await page.pdf({ preferCSSPageSize: true }));
  expect(pages).toHaveLength(1);
  for (const words of [`${days.size} days. On average`, slept, `Last: ${last} of 21`, coffee, taken])
    expect(pages[0]?.letters).toContain(asLetters(words));
});

/** A year and a month earlier, and later again, each with the figure of its own days. */
async function walkBack(page: Page): Promise<void> {
  const year = page.getByRole('region', { name: 'Your year', exact: true });
  const earlier = year.getByRole('button', { name: 'Earlier' });
  const later = year.getByRole('button', { name: 'Later' });
  const moods = (first: string, last: string) =>
    year.getByText(
      `A mood on ${new Set(said.filter(({ day }) => day >= first && day <= last).flatMap(dayWithMood)).size} days.`,
    );
  await expect(later).toBeDisabled();
  await earlier.click();
  await expect(year.getByText('Jul 2024 – Jul 2025')).toBeVisible();
  await expect(moods('2024-07-15', '2025-07-14')).toBeVisible();
  await later.click();
  await expect(year.getByText('Jul 2025 – Jul 2026')).toBeVisible();
  await year.getByRole('button', { name: 'Month', exact: true }).click();
  await earlier.click();
  await earlier.click();
  await expect(moods('2026-05-01', '2026-05-31')).toBeVisible();
  await expect(year.getByRole('link')).toHaveCount(
    new Set(said.flatMap(({ day }) => (day.startsWith('2026-05') ? [day] : []))).size,
  );
  await later.click();
  await expect(year.getByText('June 2026')).toBeVisible();
  await expect(moods('2026-06-01', '2026-06-30')).toBeVisible();
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type Said = (typeof said)[number];

function dayWithMood({ day, mood }: Said): readonly string[] {
  return mood?.valence === undefined ? [] : [day];
}

/** The mean of each day of the last year, to a hundredth, as the journal keeps it. */
function moodByDay(): ReadonlyMap<string, number> {
  const found = new Map<string, number[]>();
  for (const { day, mood } of lastYear) {
    if (mood?.valence !== undefined) found.set(day, [...(found.get(day) ?? []), mood.valence]);
  }
  return new Map([...found].map(([day, valences]) => [day, Math.round(mean(valences) * 100) / 100]));
}

/** What was said of each value on each day of the last year. */
function closeByDay(): ReadonlyMap<string, ReadonlyMap<string, readonly number[]>> {
  const byDay = Map.groupBy(
    lastYear.flatMap(({ day, values }) => (values ?? []).map((one) => ({ ...one, day }))),
    ({ day }) => day,
  );
  return new Map(
    [...byDay].map(([day, values]) => [
      day,
      new Map(
        [...Map.groupBy(values, ({ text }) => text)].map(([text, each]) => [
          text,
          each.map(({ closeness }) => closeness),
        ]),
      ),
    ]),
  );
}

function moodsOn(days: ReadonlyMap<string, number>, weekday: number): readonly number[] {
  return [...days].flatMap(([day, mood]) =>
    (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7 === weekday ? [mood] : [],
  );
}

function best<One extends { readonly moods: readonly number[] }>(week: readonly One[]): One {
  return week.reduce((most, one) => (mean(one.moods) > mean(most.moods) ? one : most));
}

/** Yes on a day is yes, whatever else was said on it. */
function tookABreak(): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { day, trackers } of lastYear) {
    for (const { text, said: answer } of trackers ?? []) {
      if (text !== 'Took a real break' || answer.shape !== 'yes-no') continue;
      found.set(day, answer.value || found.get(day) === true);
    }
  }
  return found;
}

/** Cups of each day that says something of them. */
function coffees(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { day, trackers } of lastYear) {
    for (const { text, said: answer } of trackers ?? []) {
      if (text === 'Coffee' && answer.shape === 'count') found.set(day, (found.get(day) ?? 0) + answer.value);
    }
  }
  return found;
}

function calmByDay(): ReadonlyMap<string, number> {
  const said = lastYear.flatMap(({ day, trackers }) =>
    (trackers ?? []).flatMap(({ text, said: answer }) =>
      text === 'How calm' && answer.shape === 'scale' ? [{ day, value: answer.value }] : [],
    ),
  );
  return new Map(
    [...Map.groupBy(said, ({ day }) => day)].map(([day, each]) => [
      day,
      mean(each.map(({ value }) => value)),
    ]),
  );
}

function aboveTheMiddle(byDay: ReadonlyMap<string, number>): ReadonlyMap<string, boolean> {
  const inOrder = [...byDay.values()].toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [
    inOrder[Math.ceil(inOrder.length / 2) - 1],
    inOrder[Math.floor(inOrder.length / 2)],
  ];
  return new Map([...byDay].map(([day, value]) => [day, value > (low + high) / 2]));
}

/** From the first day of the diary on which it was chosen; until then it was not there to be chosen. */
function wasAround(word: string): ReadonlyMap<string, boolean> {
  const holds = ({ surroundings }: Said) => surroundings?.activities?.includes(word) === true;
  const first = said.find(holds)?.day ?? '';
  const on = new Set(lastYear.filter(holds).map(({ day }) => day));
  return new Map(lastYear.filter(({ day }) => day >= first).map(({ day }) => [day, on.has(day)]));
}

function sidesOf(days: ReadonlyMap<string, number>, there: ReadonlyMap<string, boolean>) {
  const side = (wanted: boolean) =>
    [...days].flatMap(([day, mood]) => (there.get(day) === wanted ? [mood] : []));
  return { on: side(true), off: side(false) };
}

/** UK units of each day: millilitres × per cent ÷ 1000. 0 where it was said that there was none. */
function drunk(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { day, substances } of lastYear) {
    const drinks = (substances?.uses ?? []).flatMap(({ drink, amount }) =>
      drink === undefined ? [] : [(amount * drink.ml * drink.abv) / 1000],
    );
    if (substances !== undefined) found.set(day, (found.get(day) ?? 0) + sum(drinks));
  }
  return found;
}

/** Only days that say something of it: no such day is without, but where nothing at all was used. */
function smoked(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { day, substances } of lastYear) {
    const amounts = (substances?.uses ?? []).flatMap(({ unit, amount }) =>
      unit === 'cigarettes' ? [amount] : [],
    );
    if (amounts.length > 0 || substances?.nothing === true)
      found.set(day, (found.get(day) ?? 0) + sum(amounts));
  }
  return found;
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

function minus(number: number): number {
  return -number;
}

function tenth(number: number): string {
  return String(Math.round(number * 10) / 10);
}

function asPattern(number: string): string {
  return number.replace('+', String.raw`\+`);
}

/** −1…+1 as the screens write it, on the scale of ±10. */
function ten(number: number): string {
  const tenths = Math.round(number * 100);
  if (tenths === 0) return '0';
  return `${tenths > 0 ? '+' : '−'}${(Math.abs(tenths) / 10).toFixed(1)}`;
}
