import { CATEGORY_NUMBERS } from '@evenkeel/journal';
import { makeDaylio } from '../packages/interchange/fixtures/make-daylio.ts';
import { expectAccessible } from './support/accessible.ts';
import { firstRun, logMood, waitUntilCached } from './support/app.ts';
import {
  bringIn,
  expectAllOnServer,
  exportEverything,
  joinServer,
  openMe,
  readDaylioFile,
} from './support/own-server.ts';
import {
  chooseTerms,
  clinicianName,
  deskEntries,
  deskFirstRun,
  deskWords,
  giveShare,
  makeSharingLink,
  openPerson,
  openWords,
} from './support/sharing.ts';
import { expect } from './support/test.ts';
import { firstInvitation, test } from './support/two-sides.ts';
import { serverIsAway } from './support/watch.ts';

const daylio = makeDaylio();
const { moments, badRows, badRowsInAll, records, firstDay, lastDay, withoutValence } = daylio.expected;

test('two years of Daylio come in with the network off, once, can be taken out, go up sealed, and are read by a clinician', async ({
  phone,
  desk,
  server,
  watch,
}) => {
  expect(moments).toBeGreaterThanOrEqual(400);
  expect(daylio.faults.length).toBeGreaterThanOrEqual(12);
  watch.foresee(serverIsAway);
  const person = await phone();
  await firstRun(person);
  await logMood(person, { at: [0.5, 0.5], text: 'My own, and not from Daylio.' });
  await waitUntilCached(person);
  await person.context().setOffline(true);

  await readDaylioFile(person, daylio.csv);
  const report = person.getByRole('main');
  await expect(report.getByText(`${moments + badRowsInAll} rows`)).toBeVisible();
  await expect(report.getByText(`${moments} new entries`)).toBeVisible();
  await expect(report.getByText(`${badRowsInAll} rows cannot be brought in`)).toBeVisible();
  await expect(
    report.getByRole('region', { name: /cannot be brought in/ }).getByRole('listitem'),
  ).toHaveCount(badRowsInAll);
  for (const [says, reason] of badRowWords) {
    await expect(report.getByRole('listitem').filter({ hasText: says })).toHaveCount(badRows[reason] ?? 0);
  }
  await expect(report.getByText('word only, no place on the sea')).not.toHaveCount(0);
  await expectAccessible(person, 'what is in the file');
  await bringIn(person);
  await expect(person.getByText(`${moments} entries are in your diary.`)).toBeVisible();

  const first = await exportEverything(person);
  const brought = first.records.filter(({ source }) => source !== undefined);
  const of = (category: keyof typeof CATEGORY_NUMBERS) =>
    brought.filter(({ cat }) => cat === CATEGORY_NUMBERS[category]);
  expect(of('mood')).toHaveLength(records.mood);
  expect(of('surroundings')).toHaveLength(records.surroundings);
  expect(of('words')).toHaveLength(records.words);
  expect(
    of('mood').filter(({ fields }) => 'arousal' in fields),
    'Daylio knows no energy',
  ).toEqual([]);
  expect(of('mood').filter(({ fields }) => !('valence' in fields))).toHaveLength(withoutValence);

  await readDaylioFile(person, daylio.csv);
  await expect(person.getByText(`${moments} entries are here already`)).toBeVisible();
  await expect(person.getByRole('button', { name: 'Nothing new to bring in' })).toBeDisabled();
  expect((await exportEverything(person)).records).toHaveLength(first.records.length);

  await openMe(person, 'My data');
  await person.getByRole('button', { name: 'Take out again' }).click();
  await person.getByRole('alertdialog').getByRole('button', { name: 'Take out again' }).click();
  await expect(person.getByText(`${moments} entries were taken out.`)).toBeVisible({ timeout: 60_000 });
  expect((await exportEverything(person)).records.filter(({ source }) => source !== undefined)).toEqual([]);

  await readDaylioFile(person, daylio.csv);
  await bringIn(person);
  await person.context().setOffline(false);
  await joinServer(person, firstInvitation(server));
  await expectAllOnServer(person);
  const link = await makeSharingLink(person, '');
  const clinician = await desk();
  await deskFirstRun(clinician, { link });
  expect(await openWords(person, clinicianName)).toEqual(await deskWords(clinician));
  await person.getByRole('button', { name: 'The words are the same' }).click();
  await chooseTerms(person, { kinds: ['Mood'], from: firstDay, to: lastDay });
  await giveShare(person, clinicianName);
  await openPerson(clinician);
  await clinician.getByRole('button', { name: 'All', exact: true }).click();
  await expect(clinician.getByText(`${records.mood} entries`)).toBeVisible({ timeout: 60_000 });
  // The newest row of the file, on its day.
  expect(daylio.csv).toContain(`\n${lastDay},October 30,Friday,14:41,rad,`);
  await expect
    .poll(async () => (await deskEntries(clinician))[0])
    .toMatch(/^Rad Fri 30 Oct( 2026)? 14:41 very pleasant/);
});

const badRowWords = [
  ['has more or fewer columns than the heading', 'wrong-number-of-fields'],
  ['has a quotation mark that is not closed', 'broken-quotes'],
  ['has a day that we cannot read', 'day-not-understood'],
  ['lies before the year 2000', 'day-before-2000'],
  ['has a time that we cannot read', 'time-not-understood'],
  ['has nothing in it', 'nothing-in-it'],
  ['is longer than an entry can be', 'too-long'],
] as const;
