import { expectAccessible } from './support/accessible.ts';
import { checkInSheet, firstRun, logMood, openEntry, openRoom } from './support/app.ts';
import { joinServer } from './support/own-server.ts';
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
  shareCard,
} from './support/sharing.ts';
import { expect } from './support/test.ts';
import { daysAgo, firstInvitation, test } from './support/two-sides.ts';

test('an ongoing share brings what is new; widened it opens older days and words, narrowed it takes them away, hidden entries go', async ({
  phone,
  desk,
  server,
}) => {
  const person = await phone();
  await firstRun(person);
  for (const days of [12, 4]) {
    await logMood(person, {
      at: [0.3, 0.6],
      text: `Written ${days} days ago.`,
      about: { day: daysAgo(days), time: '08:00' },
    });
  }
  await joinServer(person, firstInvitation(server));
  const link = await makeSharingLink(person, '');
  const clinician = await desk();
  await deskFirstRun(clinician, { link });
  expect(await openWords(person, clinicianName)).toEqual(await deskWords(clinician));
  await person.getByRole('button', { name: 'The words are the same' }).click();
  await chooseTerms(person, { kinds: ['Mood'], from: daysAgo(7), to: 'ongoing' });
  await giveShare(person, clinicianName);
  await openPerson(clinician);
  await expect.poll(() => deskEntries(clinician)).toHaveLength(1);

  await openRoom(person, 'Today');
  await logMood(person, {
    at: [0.7, 0.2],
    values: [{ text: 'Being there for my sister', closeness: 7 }],
    text: 'Written while it is shared.',
  });
  await expect.poll(() => deskEntries(clinician)).toHaveLength(2);
  await expect(clinician.getByText(/Written|sister/)).toHaveCount(0);

  await changeShare(person, 'This adds to what they can read.', {
    kinds: ['Mood', 'Values', 'Words'],
    from: 'all',
    to: 'ongoing',
  });
  await expect.poll(() => deskEntries(clinician)).toHaveLength(3);
  await expect(clinician.getByText('Written 12 days ago.').first()).toBeVisible();
  await expect
    .poll(async () => (await deskEntries(clinician))[0])
    .toContain('Being there for my sister: close');
  await expect(
    clinician.getByRole('img', { name: /^Being there for my sister: average 7\b.* of 10/ }),
  ).toBeVisible();

  await openEntry(person, 'Written 12 days ago.');
  await person.getByRole('switch', { name: /^Not for sharing/ }).click();
  await expect.poll(() => deskEntries(clinician)).toHaveLength(2);
  await expect(clinician.getByText('Written 12 days ago.')).toHaveCount(0);
  await openEntry(person, 'Written 4 days ago.');
  await person.getByRole('button', { name: 'Change', exact: true }).click();
  await checkInSheet(person).getByLabel('Anything you want to remember…').fill('Put in other words.');
  await checkInSheet(person).getByRole('button', { name: 'Save changes' }).click();
  await expect(clinician.getByText('Put in other words.').first()).toBeVisible();

  await changeShare(person, 'This takes something away.', {
    kinds: ['Mood'],
    from: daysAgo(1),
    to: 'ongoing',
  });
  await expect.poll(() => deskEntries(clinician)).toHaveLength(1);
  await expect(clinician.getByText(/Put in other words|sister/)).toHaveCount(0);
  await openRoom(person, 'Sharing');
  await expect(shareCard(person, clinicianName)).toHaveCount(1);
  await expect(person.getByText(/replaced by a new share/)).toHaveCount(2);
});

type Changed = Parameters<typeof chooseTerms>[1];

async function changeShare(
  page: Parameters<typeof chooseTerms>[0],
  says: string,
  terms: Changed,
): Promise<void> {
  await openRoom(page, 'Sharing');
  await shareCard(page, clinicianName).getByRole('link', { name: 'Change' }).click();
  await chooseTerms(page, terms);
  await expect(page.getByText(says)).toBeVisible();
  await expectAccessible(page, `changing a share: ${says}`);
  await page.getByRole('button', { name: 'Change it' }).click();
  await expect(page.getByRole('heading', { name: `${clinicianName} can read it now.` })).toBeVisible();
}
