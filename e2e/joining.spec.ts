import { makeDaylio } from '../packages/interchange/fixtures/make-daylio.ts';
import { expectAccessible } from './support/accessible.ts';
import {
  chooseLock,
  entryLine,
  expectOpen,
  firstRun,
  logMood,
  noLock,
  openEntry,
  openRoom,
} from './support/app.ts';
import { startLyingServer } from './support/lying-server.ts';
import { agreeToJoin, bringInDaylio, expectAllOnServer, joinServer, openMe } from './support/own-server.ts';
import { envelopesOnServer } from './support/server-rows.ts';
import { readDisk } from './support/disk.ts';
import { accountIdSchema, z } from '@evenkeel/protocol';
import { expect } from './support/test.ts';
import { firstInvitation, test } from './support/two-sides.ts';
import { serverIsAway } from './support/watch.ts';
import type { Page } from '@playwright/test';

test('a diary that was kept alone joins with a pasted link: its entries lie on the server, and each says so', async ({
  phone,
  server,
}) => {
  const page = await phone();
  await firstRun(page);
  await logMood(page, { at: [0.2, 0.8], text: 'Before there was a server.' });
  await openMe(page, 'My server');
  await page.getByRole('link', { name: 'Join with an invitation' }).click();
  await page.getByLabel('Invitation link or code').fill('https://elsewhere.example/#join/abcdefgh12345678');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('This invitation is for elsewhere.example.')).toBeVisible();
  await joinServer(page, firstInvitation(server));
  await expectAllOnServer(page);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Before there was a server.')).toContainText('on your server');
  await openRoom(page, 'Today');
  await logMood(page, { at: [0.8, 0.2], text: 'With a server.' });
  await openEntry(page, 'With a server.');
  await expect(page.getByText('on your server')).toBeVisible();
  // Mood and words of two entries; notes of the account may lie beside them.
  expect(envelopesOnServer(server, await accountOf(page)).length).toBeGreaterThanOrEqual(4);
  await openMe(page, 'My server');
  await expect(page.getByText('in touch', { exact: true })).toBeVisible();
});

test('an invitation that is opened leads through the first run to its server, once', async ({
  phone,
  server,
  watch,
}) => {
  watch.foresee(/status of 403 .*\/v1\/accounts/);
  const link = firstInvitation(server);
  const page = await phone();
  await page.goto(link);
  expect(page.url()).not.toContain('#join');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'It is mine' }).click();
  await chooseLock(page, noLock);
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await expect(page.getByRole('heading', { name: /^Join .+\?$/ })).toBeVisible();
  await expectAccessible(page, 'what the server will see');
  await agreeToJoin(page);
  await openRoom(page, 'Today');
  await logMood(page, { at: [0.6, 0.3], text: 'First of all.' });
  await expectAllOnServer(page);

  const late = await phone();
  await firstRun(late);
  await late.goto(link);
  await expect(late.getByRole('heading', { name: /^Join .+\?$/ })).toBeVisible();
  await late.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(late.getByText('The invitation is used, too old, or unknown.')).toBeVisible();
  await late.goto('/');
  await expectOpen(late);
});

test('a large diary goes up whole: how much is there is shown while it goes, and it goes on after a break', async ({
  phone,
  watch,
}) => {
  watch.foresee(serverIsAway);
  const daylio = makeDaylio({ count: 450 });
  await using server = await startLyingServer();
  const page = await phone({ baseURL: server.url });
  await firstRun(page);
  await bringInDaylio(page, daylio.csv);
  const { moments } = daylio.expected;
  let pushes = 0;
  server.liar.attack({
    onRequest: ({ path, body }) => {
      if (path !== '/v1/push' || !JSON.stringify(body).includes('"envelopes":["')) return 'pass';
      pushes += 1;
      return pushes > 1 ? 'drop' : 'pass';
    },
  });
  await joinServer(page, firstInvitation(server.real));
  const progress = page.getByText(new RegExp(`^\\d+ of ${moments}$`));
  await expect.poll(async () => Number.parseInt((await progress.textContent()) ?? '')).toBeGreaterThan(0);
  await expect(page.getByRole('progressbar', { name: 'Entries on your server' })).toBeVisible();
  expect(Number.parseInt((await progress.textContent()) ?? '')).toBeLessThan(moments);
  await expect(page.getByText(/entries not sent yet/)).toBeVisible();
  await server.liar.behave();
  await expect(page.getByText(`${moments} of ${moments}`, { exact: true })).toBeVisible({ timeout: 60_000 });
  await expectAllOnServer(page);
});

const accountFact = z.object({ name: z.literal('account'), value: z.object({ acct: accountIdSchema }) });

async function accountOf(page: Page) {
  const facts = (await readDisk(page)).get('evenkeel-main/facts') ?? [];
  const [account] = facts.flatMap((fact) => accountFact.safeParse(fact).data ?? []);
  if (account === undefined) throw new Error('no account lies in this browser');
  return account.value.acct;
}
