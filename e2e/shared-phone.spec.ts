/** A phone that others use too: what the app takes off it, and what it never takes off. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import {
  checkInSheet,
  chooseLock,
  entryLine,
  expectOpen,
  fillCheckIn,
  firstRun,
  logMood,
  openEntry,
  openMe,
  openRoom,
  unlock,
} from './support/app.ts';
import { databasesOf } from './support/browser-storage.ts';
import { expectAllOnServer, joinServer, makeKit } from './support/own-server.ts';
import { expect } from './support/test.ts';
import { firstInvitation, test } from './support/two-sides.ts';
import { serverIsAway } from './support/watch.ts';

test('finishing here takes nothing off before all is on the server, then everything, and 24 words bring it back', async ({
  phone,
  server,
  watch,
}) => {
  test.slow();
  watch.foresee(serverIsAway);
  const page = await phone();
  await firstRun(page, { kind: 'pin', pin: '481516' }, 'shared');
  await logMood(page, { text: 'On the phone of the house.' });
  await openFinish(page);
  await expectAccessible(page, 'finishing on a shared phone');
  await finish(page);
  await expect(page.getByText('This diary is on no server, so this would lose it.')).toBeVisible();
  await joinServer(page, firstInvitation(server));
  await expectAllOnServer(page);
  await openFinish(page);
  await finish(page);
  await expect(page.getByText('Without a checked recovery kit you could not get back in.')).toBeVisible();
  const kit = await makeKit(page);

  await openEntry(page, 'On the phone of the house.');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await fillCheckIn(page, { text: 'Not saved.' });
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await openFinish(page);
  await finish(page);
  await expect(page.getByText('Something you began is not saved.')).toBeVisible();
  await page.getByRole('link', { name: 'Go to it' }).click();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await checkInSheet(page).getByRole('button', { name: 'Throw the changes away' }).click();

  await page.goto('/questionnaires/gad-2/answer');
  await unlock(page, { kind: 'pin', pin: '481516' });
  await page.getByRole('button', { name: 'Not at all' }).click();
  await openFinish(page);
  await finish(page);
  await page.getByRole('link', { name: 'Go to it' }).click();
  await page.getByRole('button', { name: 'Not at all' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('0 of 6')).toBeVisible();
  await expectAllOnServer(page);

  await page.context().setOffline(true);
  await openRoom(page, 'Today');
  await logMood(page, { text: 'Not there yet.' });
  await openFinish(page);
  await finish(page);
  await expect(page.getByText('Your server does not answer, so we cannot be sure.')).toBeVisible();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Not there yet.')).toBeVisible();
  await page.context().setOffline(false);
  await expectAllOnServer(page);

  const origin = new URL(page.url()).origin;
  await openFinish(page);
  await finish(page);
  await expect(page).toHaveURL('about:blank');
  await page.goto(`${origin}/away.html`);
  expect(await databasesOf(page)).toEqual([]);
  expect(await page.evaluate(whatElseIsKept)).toEqual({ caches: [], local: 0, session: 0, workers: 0 });

  await page.goto(origin);
  await page.getByRole('link', { name: 'I have used it before' }).click();
  await page.getByRole('button', { name: /^With my 24 words/ }).click();
  await page.getByLabel('The words, in order').fill(kit.join(' '));
  await page.getByRole('button', { name: 'Find my diary' }).click();
  await chooseLock(page, { kind: 'pin', pin: '520631' });
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(page);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'On the phone of the house.')).toBeVisible();
  await expect(entryLine(page, 'Not there yet.')).toBeVisible();

  await openMe(page, 'My server');
  await expect(page.getByText(/^Complete on this device as of/)).toBeVisible();
  await expect(page.getByRole('heading', { name: /Put aside|fail a check/ })).toHaveCount(0);
  await openMe(page, 'Devices');
  await expect(page.getByText(/^removed /), 'the device that was finished with').toHaveCount(1);

  // The kit that was typed is the kit here: nothing has to be made anew before finishing again.
  await expectAllOnServer(page);
  await openFinish(page);
  await finish(page);
  await expect(page).toHaveURL('about:blank');
});

async function openFinish(page: Page): Promise<void> {
  await openMe(page, 'Lock');
  await page.getByRole('link', { name: /^Finish on this phone/ }).click();
}

async function finish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Finish here' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take it off' }).click();
}

/** Runs in the page. */
async function whatElseIsKept() {
  return {
    caches: await caches.keys(),
    local: localStorage.length,
    session: sessionStorage.length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  };
}
