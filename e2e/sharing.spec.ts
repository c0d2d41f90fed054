import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { chooseLock, firstRun, logMood, openRoom, tryToUnlock } from './support/app.ts';
import { openWithCamera } from './support/camera.ts';
import { agreeToJoin, expectAllOnServer, joinServer, makeKit, openMe } from './support/own-server.ts';
import {
  chooseTerms,
  clinicianName,
  deskEntries,
  deskFirstRun,
  deskLock,
  deskWords,
  expectDeskAccessible,
  giveShare,
  makeSharingLink,
  openPerson,
  openWords,
  personName,
  previewEntries,
  shareCard,
} from './support/sharing.ts';
import { expect } from './support/test.ts';
import { daysAgo, firstInvitation, test } from './support/two-sides.ts';

/** Days of the entries in `writeDiary`: two outside three weeks, four inside, of which two on the very edges. */
const outside = [30, 22];
const inside = [21, 14, 5, 1];
const threeWeeksOfMoods = { kinds: ['Mood'], from: daysAgo(21), to: daysAgo(1) } as const;

async function writeDiary(page: Page): Promise<void> {
  await firstRun(page);
  for (const days of [...outside, ...inside, 0]) {
    await logMood(page, {
      at: [0.3, 0.3],
      text: `What happened ${days} days ago.`,
      values: [{ text: 'Being there for my sister', closeness: 4 }],
      around: [{ group: 'A person', text: 'Samira' }],
      ...(days > 0 && { about: { day: daysAgo(days), time: '10:15' } }),
    });
  }
}

test('a link opened on the desk registers there; three weeks of moods are exactly what is seen, as the preview said', async ({
  phone,
  desk,
  server,
}) => {
  const person = await phone();
  await writeDiary(person);
  await openRoom(person, 'Sharing');
  await expect(person.getByText('Sharing needs a server.')).toBeVisible();
  await person.getByRole('link', { name: 'Go to My data' }).click();
  await expect(person.getByRole('button', { name: 'Save the file' })).toBeVisible();
  await openRoom(person, 'Sharing');
  await person.getByRole('link', { name: 'Join a server' }).click();
  await expect(person.getByRole('button', { name: 'Scan with the camera' })).toBeVisible();
  await expect(person.getByLabel('Invitation link or code')).toBeVisible();
  await joinServer(person, firstInvitation(server));
  await expectAllOnServer(person);
  const link = await makeSharingLink(person, 'Anita');

  const clinician = await desk();
  await deskFirstRun(clinician, { link });
  const said = await deskWords(clinician);
  expect(said).toHaveLength(6);
  await expectDeskAccessible(clinician, 'six words on the desk');
  expect(await openWords(person, clinicianName)).toEqual(said);
  await expectAccessible(person, 'six words');
  await clinician.getByRole('button', { name: 'The words are the same' }).click();
  await expect(clinician.getByText('Nothing is shared yet.')).toBeVisible();
  await expectDeskAccessible(clinician, 'linked, nothing shared');
  await person.getByRole('button', { name: 'The words are the same' }).click();

  await expect(person.getByRole('heading', { name: /^What may/ })).toBeVisible();
  await expectAccessible(person, 'what and when');
  await chooseTerms(person, threeWeeksOfMoods);
  const previewed = await previewEntries(person);
  await expectAccessible(person, 'the preview');
  await giveShare(person, clinicianName);

  await openPerson(clinician);
  await expect.poll(() => deskEntries(clinician)).toEqual(previewed);
  expect(previewed).toHaveLength(inside.length);
  await expect(clinician.getByText(`Shares moods`)).toBeVisible();
  for (const hidden of ['What happened', 'Samira', 'sister'])
    await expect(clinician.getByText(hidden)).toHaveCount(0);
  await expectDeskAccessible(clinician, 'a record');

  await shareCard(person, clinicianName).getByRole('link', { name: 'Who opened what' }).click();
  await expect(person.getByText('Opened', { exact: true })).toBeVisible();
  await expectAccessible(person, 'who opened what');
  await openRoom(person, 'Sharing');
  await expect(shareCard(person, clinicianName).getByText(/^Last opened today/)).toBeVisible();
  await expectAccessible(person, 'sharing, with a share');
});

test('a link pasted inside a desk that has joined before pins the same keys, and a used link, read by its camera, says so', async ({
  phone,
  server,
  launchOptions,
  watch,
}) => {
  const person = await phone();
  await firstRun(person);
  await logMood(person, { at: [0.7, 0.2], text: 'Not for others.' });
  await joinServer(person, firstInvitation(server));
  const link = await makeSharingLink(person, '');

  await using camera = await openWithCamera(launchOptions, server.url, watch);
  await camera.pointAtLink(link);
  const clinician = camera.page;
  await clinician.setViewportSize({ width: 1360, height: 900 });
  await deskFirstRun(clinician);
  await clinician.getByLabel('Invitation or sharing link').fill(await server.invite());
  await clinician.getByRole('button', { name: 'Go on' }).click();
  await expect(clinician.getByRole('heading', { name: 'Nobody shares with you yet.' })).toBeVisible();
  await clinician.getByRole('link', { name: 'Open a sharing link' }).first().click();
  await clinician.getByLabel('Sharing link').fill(link);
  await clinician.getByRole('button', { name: 'Go on' }).click();
  const said = await deskWords(clinician);
  expect(await openWords(person, clinicianName)).toEqual(said);

  await clinician.getByRole('link', { name: 'Open a sharing link' }).click();
  await clinician.getByRole('button', { name: 'Scan with the camera' }).click();
  await expect(clinician.getByText('This link was opened before, or withdrawn.')).toBeVisible();
  await expectDeskAccessible(clinician, 'a link that was used');
});

test('in the room the phone reads the code on the desk with its camera, and the keys count as checked in person', async ({
  desk,
  server,
  launchOptions,
  watch,
}) => {
  const clinician = await desk();
  await deskFirstRun(clinician);
  await clinician.getByLabel('Invitation or sharing link').fill(firstInvitation(server));
  await clinician.getByRole('button', { name: 'Go on' }).click();
  await clinician.getByRole('link', { name: 'My code' }).first().click();
  const code = clinician.getByRole('img', { name: 'Your code, to be scanned in the room' });
  await expect(code).toBeVisible();

  await using camera = await openWithCamera(launchOptions, server.url, watch);
  const person = camera.page;
  await firstRun(person);
  await logMood(person, { at: [0.8, 0.8], text: 'Only mine.' });
  await camera.pointAtLink(await server.invite());
  await openMe(person, 'My server');
  await person.getByRole('link', { name: 'Join with an invitation' }).click();
  await person.getByRole('button', { name: 'Scan with the camera' }).click();
  await agreeToJoin(person);
  await camera.pointAt(code);
  await openRoom(person, 'Sharing');
  await person.getByRole('link', { name: 'Share with someone' }).click();
  await person.getByRole('button', { name: /^They are here with me/ }).click();
  await expect(person.getByText(`${clinicianName} is checked.`)).toBeVisible();
  await person.getByRole('button', { name: 'Go on' }).click();
  await chooseTerms(person, { kinds: ['Mood'], from: 'all', to: 'ongoing' });
  await giveShare(person, clinicianName);
  await expect(shareCard(person, clinicianName).getByText('checked in person')).toBeVisible();

  await openPerson(clinician, personName);
  await expect(clinician.getByText(/key checked in person/)).toBeVisible();
  await expect.poll(() => deskEntries(clinician)).toHaveLength(1);
  await expect(clinician.getByText('Only mine.')).toHaveCount(0);

  // On the clinician's next computer the shares come in before it is known whom they may come from.
  await clinician.goto('/');
  await tryToUnlock(clinician, deskLock);
  const words = await makeKit(clinician);
  const next = await desk();
  await next.route('**/v1/pull', async (route) => {
    const isOwn = route.request().postData()?.includes('"own"') === true;
    if (isOwn) await new Promise((go) => setTimeout(go, 1000));
    // Those on their way when the page is closed go nowhere.
    await route.continue().catch(() => undefined);
  });
  await next.goto('/restore');
  await next.getByRole('button', { name: /^With my 24 words/ }).click();
  await next.getByLabel('The words, in order').fill(words.join(' '));
  await next.getByRole('button', { name: 'Find my diary' }).click();
  await chooseLock(next, deskLock);
  await next.getByRole('button', { name: 'Open my diary' }).click();
  await expect(next.getByRole('navigation', { name: 'Main menu' })).toBeVisible();
  await next.goto('/desk');
  await tryToUnlock(next, deskLock);
  await next.getByLabel('Name and role').fill(clinicianName);
  await next.getByRole('button', { name: 'Go on' }).click();
  await openPerson(next, personName);
  await expect.poll(() => deskEntries(next)).toHaveLength(1);
  await next.unrouteAll({ behavior: 'ignoreErrors' });
});
