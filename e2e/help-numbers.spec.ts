/** The numbers on Help now as the people who run the server keep them, and what a lying server makes of them. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expectLocked, firstRun, waitUntilCached } from './support/app.ts';
import { startLyingServer } from './support/lying-server.ts';
import { openMe } from './support/own-server.ts';
import type { ServerProcess } from './support/server.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

const crisisLine = {
  id: 'crisis-line',
  name: 'Riverside crisis line 01632 960 111',
  detail: 'day and night, for people of Riverside',
  act: 'call',
  href: 'tel:01632960111',
  checked: '2026-11-20',
  source: 'our own line',
};
const nightText = {
  ...crisisLine,
  id: 'night-text',
  name: 'Riverside by text',
  detail: 'from 8 in the evening',
  act: 'text',
  href: 'sms:07700900222',
};
const findHelp = {
  ...crisisLine,
  id: 'find-help',
  name: 'Find help near you',
  detail: 'who is there, and when',
  act: 'open',
  href: 'https://www.riverside.example/help',
};
const list = {
  country: 'United Kingdom',
  language: 'en-GB',
  checked: '2026-11-20',
  numbers: [crisisLine, nightText, findHelp],
};

test('a host’s list is on Help now with no network, behind the lock and with no diary, under 999; taken back, the app’s own returns', async ({
  page,
  server,
  watch,
}) => {
  watch.foresee(serverIsAway);
  await hostKeeps(server, list);
  await page.goto('/');
  await waitUntilCached(page);
  await expectNumber(page, 'the first line of the host', /^Riverside crisis line/);
  await expect(page.getByRole('link', { name: /^Riverside crisis line/ })).toHaveAttribute(
    'href',
    crisisLine.href,
  );
  await expect(page.getByRole('link', { name: /^Riverside by text/ })).toHaveAttribute(
    'href',
    nightText.href,
  );
  await expect(page.getByText('texts 07700900222')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Find help near you/ })).toHaveAttribute(
    'rel',
    'noopener noreferrer',
  );
  await expect(page.getByText('opens www.riverside.example')).toBeVisible();
  await expect(
    page.getByText(/kept by the people who run your server, checked on 20 November 2026/),
  ).toBeVisible();
  await expect(page.getByText('Childline')).toHaveCount(0);
  await expectEmergencyFirst(page);
  await expectAccessible(page, 'help now, with the numbers of the host');

  await firstRun(page, { kind: 'pin', pin: '481516' });
  await server.stop('SIGKILL');
  await page.reload();
  await expectLocked(page);
  await page.getByRole('link', { name: 'Help now' }).click();
  await expect(page.getByRole('link', { name: /^Riverside crisis line/ })).toBeVisible();
  await expectEmergencyFirst(page);
  await page.reload();
  await expect(page.getByRole('link', { name: /^Riverside crisis line/ })).toBeVisible();

  await server.start();
  await hostKeeps(server, null);
  await expectNumber(page, 'the app’s own', /^Childline/);
  await expect(page.getByText('Riverside')).toHaveCount(0);
  await expectEmergencyFirst(page);
});

test('a server that lies about numbers changes nothing: no link that runs, no number that costs, no list without 999', async ({
  page,
  watch,
}) => {
  watch.foresee(serverIsAway);
  await using lying = await startLyingServer();
  await hostKeeps(lying.real, list);
  await page.goto(lying.url);
  await expectNumber(page, 'the honest list', /^Riverside crisis line/, lying.url);

  for (const numbers of [
    [{ ...crisisLine, name: 'Pressing this runs', href: 'javascript:document.title="mine"' }],
    [{ ...crisisLine, name: 'Pressing this costs', href: 'tel:09098790000' }],
    [],
  ]) {
    lying.liar.attack({
      onRequest: ({ path }) =>
        path === '/v1/help-numbers' ? { kind: 'answer', status: 200, body: { ...list, numbers } } : 'pass',
    });
    const told = page.waitForEvent('requestfinished', (one) => one.url().endsWith('/v1/help-numbers'));
    await page.goto(lying.url);
    await told;
    await page.goto(`${lying.url}/help`);
    await expect(page.getByRole('link', { name: /^Riverside crisis line/ })).toHaveAttribute(
      'href',
      crisisLine.href,
    );
    await expect(page.getByText('Pressing this')).toHaveCount(0);
    await expectEmergencyFirst(page);
  }

  // What parses is shown; a name cannot hide what is dialled, and 999 stays in our words.
  lying.liar.attack({
    onRequest: ({ path }) =>
      path === '/v1/help-numbers'
        ? {
            kind: 'answer',
            status: 200,
            body: {
              ...list,
              numbers: [
                { ...crisisLine, id: 'one', name: 'Samaritans 116 123', href: 'tel:01632960999' },
                { ...crisisLine, id: '999', name: 'Do not call here', href: 'tel:999' },
              ],
            },
          }
        : 'pass',
  });
  await expectNumber(page, 'a list with a false name', /^Samaritans 116 123/, lying.url);
  await expect(page.getByRole('link', { name: /^Samaritans 116 123/ })).toContainText('calls 01632960999');
  await expect(page.getByText('Do not call here')).toHaveCount(0);
  await expectEmergencyFirst(page);
});

test('Help now waits for nobody: a server that never answers leaves the numbers there at once', async ({
  page,
  server,
}) => {
  await hostKeeps(server, list);
  await page.route('**/v1/help-numbers', () => new Promise<void>(() => undefined));
  await page.goto('/help');
  await expect(page.getByRole('link', { name: /^Childline/ })).toBeVisible();
  await expectEmergencyFirst(page);
});

test('opening Help now asks the server for nothing: the list was asked for when the app was opened, and is on the list of what is kept', async ({
  page,
  server,
}) => {
  await hostKeeps(server, list);
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
  const came = page.waitForResponse('**/v1/help-numbers');
  await firstRun(page);
  await came;
  await waitUntilCached(page);
  await openMe(page, 'My data');
  await page.getByRole('link', { name: 'What is kept on this device' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Help numbers from your server' })).toContainText(
    '3',
  );
  const before = asked.length;
  await page.getByRole('link', { name: 'Help now' }).click();
  await expect(page.getByRole('link', { name: /^Riverside crisis line/ })).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('link', { name: /^Riverside crisis line/ })).toHaveCount(0);
  expect(asked.slice(before).filter((path) => path.startsWith('/v1'))).toEqual([]);
});

/** As a host does it: the file is written or removed, and the server started anew. */
async function hostKeeps(server: ServerProcess, numbers: object | null): Promise<void> {
  const file = join(server.dataDir, 'help-numbers.json');
  if (numbers === null) await rm(file);
  else await writeFile(file, JSON.stringify(numbers, null, 2));
  await server.stop('SIGTERM');
  await server.start();
}

/** Opens Help now until the list has come; it comes some time after a start. */
async function expectNumber(page: Page, what: string, name: RegExp, origin = ''): Promise<void> {
  await expect(async () => {
    await page.goto(`${origin}/help`);
    await expect(page.getByRole('link', { name }), what).toBeVisible({ timeout: 3000 });
  }).toPass();
}

async function expectEmergencyFirst(page: Page): Promise<void> {
  const first = page.getByRole('region', { name: 'Talk to somebody now' }).getByRole('link').first();
  await expect(first).toHaveAccessibleName(/^In danger now: 999/);
  await expect(first).toHaveAttribute('href', 'tel:999');
  await expect(page.getByRole('link', { name: /999/ }).and(page.locator('[href="tel:999"]'))).toHaveCount(1);
}
