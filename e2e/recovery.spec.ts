import { expectAccessible } from './support/accessible.ts';
import {
  chooseLock,
  entryLine,
  expectLocked,
  expectOpen,
  firstRun,
  logMood,
  openRoom,
  tryToUnlock,
  unlock,
} from './support/app.ts';
import { openWithCamera } from './support/camera.ts';
import {
  expectAllOnServer,
  exportEverything,
  heldIn,
  joinServer,
  makeKit,
  openMe,
  wordsOf,
} from './support/own-server.ts';
import { asLetters, readPdf } from './support/pdf.ts';
import { expect } from './support/test.ts';
import { firstInvitation, test } from './support/two-sides.ts';

test('24 words bring the whole diary into an empty browser, and words that are wrong say how', async ({
  phone,
  server,
  watch,
}) => {
  watch.foresee(/status of 404 .*\/v1\/recovery\//);
  const lost = await phone();
  await firstRun(lost);
  await logMood(lost, { at: [0.2, 0.2], text: 'Written on the lost phone.', ownWords: ['wrung out'] });
  await logMood(lost, { at: [0.8, 0.8], text: 'Another one from the lost phone.' });
  const kit = await makeKit(lost);
  await joinServer(lost, firstInvitation(server));
  await expectAllOnServer(lost);
  const held = heldIn(await exportEverything(lost));
  await lost.context().close();

  const found = await phone();
  await found.goto('/');
  await found.getByRole('link', { name: 'I have used it before' }).click();
  await found.getByRole('button', { name: /^With my 24 words/ }).click();
  await expectAccessible(found, 'the 24 words');
  const words = found.getByLabel('The words, in order');
  const find = found.getByRole('button', { name: 'Find my diary' });
  await words.fill(kit.slice(0, 23).join(' '));
  await find.click();
  await expect(found.getByText('There are 23 words. A kit has 24.')).toBeVisible();
  await words.fill([...kit.slice(0, 23), 'evenkeel'].join(' '));
  await find.click();
  await expect(found.getByText('Not on the list: evenkeel.')).toBeVisible();
  await words.fill(kit.toReversed().join(' '));
  await find.click();
  await expect(
    found.getByText(/together they do not fit|This server knows no diary for these words/),
  ).toBeVisible();
  await words.fill(`  ${kit.slice(0, 12).join('\n').toUpperCase()}\n\n${kit.slice(12).join('  ')} `);
  await find.click();
  await expect(found.getByRole('heading', { name: 'How do you want to open it here?' })).toBeVisible();
  await expectAccessible(found, 'a lock for what was restored');
  const secret = await chooseLock(found, { kind: 'pin', pin: '520631' });
  await found.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(found);
  await openRoom(found, 'Journal');
  await expect(entryLine(found, 'Written on the lost phone.')).toContainText(/wrung out/i);
  await expectAllOnServer(found);
  expect(heldIn(await exportEverything(found))).toBe(held);

  await found.reload();
  await unlock(found, secret);
  await openRoom(found, 'Journal');
  await expect(entryLine(found, 'lost phone.')).toHaveCount(2);
});

test('a kit is one page of paper; its code brings the diary to a device with a camera, and is refused where a server hides what came before', async ({
  phone,
  server,
  launchOptions,
  watch,
}) => {
  const lost = await phone();
  await firstRun(lost);
  await logMood(lost, { text: 'Written on the lost phone.' });
  await joinServer(lost, firstInvitation(server));
  await expectAllOnServer(lost);
  await openMe(lost, 'Recovery kit');
  await lost.getByRole('button', { name: 'Make my kit' }).click();
  const words = await wordsOf(lost, 'Your 24 words');
  const pages = readPdf(await lost.pdf({ preferCSSPageSize: true }));
  expect(pages).toHaveLength(1);
  for (const printed of [...words, 'Evenkeel recovery kit', server.url])
    expect(pages[0]?.letters).toContain(asLetters(printed));
  for (const offPaper of ['Print', 'Main menu', 'Help now'])
    expect(pages[0]?.letters).not.toContain(asLetters(offPaper));

  await using camera = await openWithCamera(launchOptions, server.url, watch);
  await camera.pointAt(lost.getByRole('img', { name: 'Your kit as a code to scan' }));
  const found = camera.page;
  await found.goto('/restore');
  await found.getByRole('button', { name: /^With my 24 words/ }).click();
  // A floor that this server's log does not reach, as if it showed a state from before the kit.
  const floor = { seq: 9, hash: '00'.repeat(8) };
  const later = { words: words.join(' '), account: '', server: server.url, floor };
  for (const code of [JSON.stringify(later), 'no code of a kit']) {
    await found.getByLabel('The words, in order').fill(`ek1-kit:${Buffer.from(code).toString('base64url')}`);
    await found.getByRole('button', { name: 'Find my diary' }).click();
    await expect(
      found.getByText(
        code.startsWith('{') ? /^The server shows an older state than your kit/ : /A kit has 24/,
      ),
    ).toBeVisible();
  }
  await found.getByRole('button', { name: 'Scan the kit’s code' }).click();
  await chooseLock(found, { kind: 'none' });
  await found.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(found);
  await openRoom(found, 'Journal');
  await expect(entryLine(found, 'Written on the lost phone.')).toBeVisible();
});

test('a forgotten passphrase on the same device: the kit opens it with no server, and gives it another lock', async ({
  phone,
}) => {
  const page = await phone();
  const forgotten = await firstRun(page, { kind: 'own', passphrase: 'four otters under the old bridge' });
  await logMood(page, { at: [0.4, 0.7], text: 'Behind a forgotten passphrase.' });
  const kit = await makeKit(page);
  await page.reload();
  await expectLocked(page);
  await tryToUnlock(page, { kind: 'own', passphrase: 'five otters under the new bridge' });
  await expect(page.getByText('That is not the passphrase.')).toBeVisible();
  await page.getByRole('link', { name: 'Use your recovery kit' }).click();
  await page.getByRole('button', { name: /^With my 24 words/ }).click();
  await page.getByLabel('The words, in order').fill(kit.join(' '));
  await page.getByRole('button', { name: 'Find my diary' }).click();
  const secret = await chooseLock(page, { kind: 'pin', pin: '913375' });
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(page);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Behind a forgotten passphrase.')).toBeVisible();

  await page.reload();
  await expectLocked(page);
  await expect(page.getByLabel('Your passphrase')).toHaveCount(0);
  expect(forgotten.kind).toBe('own');
  await unlock(page, secret);
});
