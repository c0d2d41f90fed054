import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import {
  type CheckIn,
  checkInSheet,
  entryLine,
  expectLocked,
  fillCheckIn,
  firstRun,
  logMood,
  openEntry,
  openRoom,
  unlock,
} from './support/app.ts';
import { openWithCamera } from './support/camera.ts';
import { startLyingServer } from './support/lying-server.ts';
import { keepCopy } from './support/older-copy.ts';
import {
  acceptLink,
  addDevice,
  agreeToAdd,
  compared,
  expectAllOnServer,
  exportEverything,
  heldIn,
  joinServer,
  openMe,
  showLinkCode,
} from './support/own-server.ts';
import { expect } from './support/test.ts';
import { firstInvitation, test } from './support/two-sides.ts';
import { serverIsAway } from './support/watch.ts';

test('two devices change one entry with no network, an acknowledgement is lost, and both end with the same diary', async ({
  phone,
  watch,
}) => {
  watch.foresee(serverIsAway);
  await using server = await startLyingServer();
  const first = await phone({ baseURL: server.url });
  await firstRun(first);
  await logMood(first, { at: [0.3, 0.4], text: 'The talk with the landlord.' });
  await logMood(first, { at: [0.6, 0.6], text: 'Left as it was.' });
  await joinServer(first, firstInvitation(server.real));

  const second = await phone({ baseURL: server.url });
  const code = await showLinkCode(second);
  await expectAccessible(second, 'the code of a new device');
  const shownThere = await addDevice(first, code, 'Tablet');
  await expectAccessible(first, 'look at the new device');
  await expect(second.getByRole('heading', { name: 'Are these the same on both?' })).toBeVisible();
  expect(await compared(second)).toEqual(shownThere);
  expect(shownThere.words).toHaveLength(4);
  expect(shownThere.entries).toBe('2 entries');
  await expectAccessible(second, 'four words');
  await acceptLink(second, { kind: 'none' });
  await openRoom(second, 'Journal');
  await expect(entryLine(second, 'The talk with the landlord.')).toBeVisible();
  await expectAllOnServer(first);

  for (const page of [first, second]) await page.context().setOffline(true);
  await change(first, 'The talk with the landlord.', {
    around: [{ group: 'A place', text: 'staircase' }],
    text: 'He listened, said the phone.',
  });
  await addOffline(first, 'Written on the phone alone.');
  await change(second, 'The talk with the landlord.', {
    ownWords: ['unknotted'],
    text: 'He listened, said the tablet.',
  });
  await addOffline(second, 'Written on the tablet alone.');

  let lost = 0;
  server.liar.attack({
    onReply: ({ path, body }) => {
      if (path !== '/v1/push' || lost > 0 || !JSON.stringify(body).includes('"envelopes":["')) return 'pass';
      lost += 1;
      return 'drop';
    },
  });
  await first.context().setOffline(false);
  await expect.poll(() => server.liar.delivered().replies).toBe(1);
  await expectAllOnServer(first);
  await second.context().setOffline(false);
  await expectAllOnServer(second);
  await openRoom(first, 'Journal');
  await expect(entryLine(first, 'Written on the tablet alone.')).toBeVisible();
  await expectAllOnServer(first);

  for (const page of [first, second]) {
    await openRoom(page, 'Journal');
    for (const once of [
      'Written on the phone alone.',
      'Written on the tablet alone.',
      'Left as it was.',
      'staircase',
    ]) {
      await expect(entryLine(page, once)).toHaveCount(1);
    }
    await expect(page.getByRole('main').getByRole('link', { name: /on your server/ })).toHaveCount(4);
    await openEntry(page, 'staircase');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/unknotted/i);
    await expect(page.getByText('He listened, said the tablet.').first()).toBeVisible();
    await page.getByText('Earlier versions').click();
    await expect(page.getByText('He listened, said the phone.').first()).toBeVisible();
    await expect(page.getByText('The talk with the landlord.')).toBeVisible();
  }
  expect(heldIn(await exportEverything(second))).toBe(heldIn(await exportEverything(first)));

  watch.foresee(/status of 403 .*\/v1\/(live|pull|push|session)/);
  await first.context().setOffline(true);
  await removeTablet(first);
  await expect(first.getByText('It is told as soon as this device reaches it again.')).toBeVisible();
  await first.context().setOffline(false);
  await openMe(second, 'My server');
  await expect(second.getByText('Another device of yours took this one off your account.')).toBeVisible();
  await addOffline(second, 'Still readable, no longer sent.');
  await openRoom(first, 'Journal');
  await expect(entryLine(first, 'Still readable, no longer sent.')).toHaveCount(0);
});

test('the camera of the old device reads the code of the new one; words that differ leave nothing behind', async ({
  phone,
  server,
  launchOptions,
  watch,
}) => {
  await using camera = await openWithCamera(launchOptions, server.url, watch);
  const old = camera.page;
  await firstRun(old, { kind: 'pin', pin: '481516' });
  await logMood(old, { at: [0.8, 0.7], text: 'Seen by the camera.' });
  await joinServer(old, firstInvitation(server));

  const second = await phone();
  await showLinkCode(second);
  await camera.pointAt(second.getByRole('img', { name: 'Code that lets your other device find this one' }));
  await scanNewDevice(old);
  const shown = await agreeToAdd(old, 'Laptop');
  await expect(second.getByRole('button', { name: 'Not the same' })).toBeVisible();
  expect(await compared(second)).toEqual(shown);
  await second.getByRole('button', { name: 'Not the same' }).click();
  await expect(second.getByRole('heading', { name: 'Nothing was kept.' })).toBeVisible();
  await second.goto('/');
  await expect(second.getByRole('button', { name: 'Start' })).toBeVisible();

  await showLinkCode(second);
  await camera.pointAt(second.getByRole('img', { name: 'Code that lets your other device find this one' }));
  await scanNewDevice(old);
  await agreeToAdd(old, 'Laptop');
  await acceptLink(second, { kind: 'none' });
  await openRoom(second, 'Journal');
  await expect(entryLine(second, 'Seen by the camera.')).toBeVisible();
});

async function scanNewDevice(page: Page): Promise<void> {
  await openMe(page, 'Devices');
  await page.getByRole('link', { name: 'Add a device' }).click();
  await page.getByRole('button', { name: 'Scan with the camera' }).click();
  await expect(page.getByRole('heading', { name: 'Add this device?' })).toBeVisible();
}

async function change(page: Page, says: string, to: CheckIn): Promise<void> {
  await openEntry(page, says);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await fillCheckIn(page, to);
  await checkInSheet(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(checkInSheet(page)).toHaveCount(0);
}

async function addOffline(page: Page, text: string): Promise<void> {
  await openRoom(page, 'Today');
  await logMood(page, { at: [0.5, 0.2], text });
}

async function removeTablet(page: Page): Promise<void> {
  await openMe(page, 'Devices');
  await page.getByRole('button', { name: /^Tablet/ }).click();
  await page.getByRole('button', { name: 'Remove this device' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText(/removed \d+ \w+/)).toBeVisible();
}

test('a browser that was put back from a backup says so, goes on as a new device, and loses nothing', async ({
  phone,
  watch,
}) => {
  // A page of the site that is not the app names no icon; the server ends the live stream when the journey is over.
  watch.foresee(/status of 404 .*\/favicon\.ico/);
  watch.foresee(serverIsAway);
  await using server = await startLyingServer();
  let heads = 0;
  server.liar.attack({
    onReply({ path, body }) {
      if (path === '/v1/push' && JSON.stringify(body).includes('"heads":["')) heads += 1;
      return 'pass';
    },
  });
  const page = await phone({ baseURL: server.url });
  const secret = await firstRun(page, { kind: 'own', passphrase: 'a grey heron at the weir' });
  await logMood(page, { at: [0.3, 0.4], text: 'Before the backup.' });
  await joinServer(page, firstInvitation(server.real));
  await expectAllOnServer(page);
  await page.goto('/v1/server');
  const putBack = await keepCopy(page);
  const other = await page.context().newPage();
  await other.goto('/');
  await unlock(other, secret);
  heads = 0;
  await logMood(other, { at: [0.6, 0.6], text: 'After the backup.' });
  await expectAllOnServer(other);
  await expect.poll(() => heads).toBeGreaterThan(0);
  await other.goto('/v1/server');
  await putBack();

  await page.goto('/');
  await unlock(page, secret);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'After the backup.')).toBeVisible();
  await openMe(page, 'My server');
  await expect(page.getByText(/copy is older than what it sent before/)).toBeVisible();
  await expectAccessible(page, 'an older copy');
  await other.goto('/');
  await unlock(other, secret);
  await expectLocked(page);

  await unlock(page, secret);
  await openRoom(page, 'Today');
  await logMood(page, { at: [0.2, 0.2], text: 'As a new device.' });
  await expectAllOnServer(page);
  await openMe(page, 'My server');
  await expect(page.getByText(/^Complete on this device as of/)).toBeVisible();
  await expect(page.getByText(/copy is older than what it sent before/)).toBeHidden();
  await openMe(page, 'Devices');
  await expect(page.getByText(/This browser, before it was put back/)).toBeVisible();
  await expectAccessible(page, 'devices after going on as a new one');
});
