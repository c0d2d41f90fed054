import { type Bytes, pullReplySchema } from '@evenkeel/protocol';
import type { Request } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { checkInSheet, firstRun, logMood, openEntry, openRoom } from './support/app.ts';
import { copyDisk, countShared, openerOf } from './support/kept-by-clinician.ts';
import { expectAllOnServer, joinServer } from './support/own-server.ts';
import { envelopesOnServer } from './support/server-rows.ts';
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
  stopShare,
} from './support/sharing.ts';
import { expect } from './support/test.ts';
import { daysAgo, firstInvitation, test } from './support/two-sides.ts';

test('stopped means: the next pull is refused, the desk drops keys and entries, and what comes later stays shut to a copy made before', async ({
  phone,
  desk,
  server,
}) => {
  const person = await phone();
  await firstRun(person);
  for (const days of [9, 6, 3]) {
    await logMood(person, {
      at: [0.2, 0.3],
      text: `Written ${days} days ago.`,
      about: { day: daysAgo(days), time: '09:30' },
    });
  }
  await joinServer(person, firstInvitation(server));
  const link = await makeSharingLink(person, '');
  const clinician = await desk();
  await deskFirstRun(clinician, { link });
  expect(await openWords(person, clinicianName)).toEqual(await deskWords(clinician));
  await person.getByRole('button', { name: 'The words are the same' }).click();
  await chooseTerms(person, { kinds: ['Mood', 'Words'], from: daysAgo(20), to: 'ongoing' });
  const pulls: Request[] = [];
  clinician.on('request', (request) => {
    if (request.url().endsWith('/v1/pull') && request.postData()?.includes('"receipt":"') === true) {
      pulls.push(request);
    }
  });
  await giveShare(person, clinicianName);
  await openPerson(clinician);
  await expect.poll(() => deskEntries(clinician)).toHaveLength(3);
  await expect.poll(() => pulls.length, 'pulls with a receipt').toBeGreaterThan(0);
  // Of the newest: an answer that came and was followed by another pull cannot have been lost.
  await expect
    .poll(() => repliesOfAgain(pulls.at(-1)), { message: 'a pull whose answer was lost is answered again' })
    .toEqual(['grant']);

  const copy = await copyDisk(clinician);
  const [share] = copy.shares;
  if (share === undefined || deskLock.kind !== 'pin') throw new Error('the desk holds no share');
  expect((await countShared(clinician)).envelopes).toBeGreaterThanOrEqual(6);
  const before = envelopesOnServer(server, share.owner);
  const opener = await openerOf(copy, deskLock.pin);
  const opened = async (envelopes: readonly Bytes[]): Promise<number> =>
    (await Promise.all(envelopes.map(opener.open))).filter(({ ok }) => ok).length;
  expect(await opened(before), 'a mood and words for each of three days open with the copy').toBe(6);

  await stopShare(person, clinicianName);
  await expectAccessible(person, 'sharing, stopped');
  expect(await repliesOfAgain(pulls.at(-1)), 'the same pull after the stop').toEqual(['refused: revoked']);
  await expect(
    clinician.getByRole('heading', { name: `${personName} no longer shares with you.` }),
  ).toBeVisible();
  await expect(clinician.getByText('The keys and all entries have left this computer.')).toBeVisible();
  await expectDeskAccessible(clinician, 'a share that ended');
  await expect.poll(() => countShared(clinician)).toEqual({ packs: 0, envelopes: 0, opened: 0 });

  await openRoom(person, 'Today');
  await logMood(person, { at: [0.8, 0.2], text: 'Something new.' });
  await logMood(person, {
    at: [0.8, 0.8],
    text: 'Back-dated into the shared weeks.',
    about: { day: daysAgo(6), time: '21:00' },
  });
  await openEntry(person, 'Written 3 days ago.');
  await person.getByRole('button', { name: 'Change', exact: true }).click();
  await checkInSheet(person).getByLabel('Anything you want to remember…').fill('An edit of what was seen.');
  await checkInSheet(person).getByRole('button', { name: 'Save changes' }).click();
  await expect(person.getByRole('article').getByText('An edit of what was seen.')).toBeVisible();
  await expectAllOnServer(person);

  const known = new Set(before.map((bytes) => Buffer.from(bytes).toString('base64')));
  const later = envelopesOnServer(server, share.owner).filter(
    (bytes) => !known.has(Buffer.from(bytes).toString('base64')),
  );
  expect(later.length, 'two new entries and an edit came to the server').toBeGreaterThanOrEqual(5);
  expect(await opened(later), 'nothing that came after the stop opens with the copy').toBe(0);
  expect(await opened(before), 'what was seen can still be read by whoever kept it').toBe(6);

  await clinician.reload();
  await clinician.getByLabel('Your PIN').fill(deskLock.pin);
  await clinician.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(clinician.getByRole('link', { name: /stopped sharing/ })).toBeVisible();
  expect(await countShared(clinician)).toEqual({ packs: 0, envelopes: 0, opened: 0 });
});

/** Sends a pull once more as it was, and says what kind of answer each of its reads gets. */
async function repliesOfAgain(request: Request | undefined): Promise<readonly string[]> {
  if (request === undefined) throw new Error('the desk has not pulled with a receipt');
  const { authorization = '', 'content-type': type = '' } = await request.allHeaders();
  const headers = { authorization, 'content-type': type, origin: new URL(request.url()).origin };
  const answer = await fetch(request.url(), { method: 'POST', headers, body: request.postData() });
  const reply = pullReplySchema.parse(await answer.json());
  return reply.replies.map((one) => (one.kind === 'refused' ? `refused: ${one.reason}` : one.kind));
}
