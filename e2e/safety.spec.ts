/** Somebody in a bad night: what can be written and reached, locked and open, with no network. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { entryLine, expectLocked, firstRun, openRoom, sea, unlock, waitUntilCached } from './support/app.ts';
import { databasesOf } from './support/browser-storage.ts';
import { findLeaks } from './support/leaks.ts';
import { asLetters, readPdf } from './support/pdf.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

test('what is written while locked is sealed, and is one marked entry at the next opening', async ({
  page,
  context,
  server,
  watch,
}) => {
  watch.foresee(serverIsAway);
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  await waitUntilCached(page);
  await page.reload();
  await server.stop('SIGKILL');
  await expectLocked(page);

  await page.getByRole('link', { name: 'Quick entry, without opening' }).click();
  await expect(page.getByRole('heading', { name: 'Quick entry' })).toBeVisible();
  await expectAccessible(page, 'quick entry');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  const box = await sea(page).boundingBox();
  if (box === null) throw new Error('no sea');
  await sea(page).click({ position: { x: 0.2 * box.width, y: 0.2 * box.height } });
  await page.getByLabel('Anything you want to remember…').fill('Canary awake at three.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('and sealed.')).toBeVisible();
  await expectAccessible(page, 'quick entry, saved');

  // The app's shortcut leads there as well while it is locked.
  const shortcut = await context.newPage();
  await shortcut.goto('/?check-in');
  await expect(shortcut.getByRole('heading', { name: 'Quick entry' })).toBeVisible();
  await expect(shortcut.getByText('Canary')).toHaveCount(0);
  expect(findLeaks(['Canary awake'], await databasesOf(shortcut))).toEqual([]);
  await shortcut.close();

  await page.getByRole('link', { name: 'Open my diary' }).click();
  await unlock(page, secret);
  await expect(
    page.getByText('One entry that was written while locked is in your journal now.'),
  ).toBeVisible();
  await expectAccessible(page, 'today, with what was written while locked');
  await page.getByRole('button', { name: 'I have read this' }).click();
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Canary')).toHaveCount(1);
  await expect(entryLine(page, 'written while locked')).toHaveCount(1);
  await entryLine(page, 'Canary').click();
  await expect(page.getByText('Written while locked.')).toBeVisible();

  await page.reload();
  await unlock(page, secret);
  await openRoom(page, 'Journal');
  await expect(entryLine(page, 'Canary')).toHaveCount(1);
});

test('a plan in own words is one touch from anywhere, then its people, then the numbers; while locked nothing of it is shown', async ({
  page,
  server,
  watch,
}) => {
  watch.foresee(serverIsAway);
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  await waitUntilCached(page);
  await server.stop('SIGKILL');
  await page.getByRole('link', { name: 'Help now' }).click();
  await page.getByRole('link', { name: /^My plan/ }).click();
  await expect(page.getByRole('heading', { name: 'My plan' })).toBeVisible();
  await expectAccessible(page, 'an empty plan');
  await addLine(page, 'How I notice it is getting hard', 'I stop answering messages');
  await addLine(page, 'Who I can ask for help', 'My sister Rosa', '07700 900 123');
  await addLine(page, 'Who I can ask for help', 'Neighbour, number 14');
  await page.getByRole('button', { name: 'Move “Neighbour, number 14” up' }).click();
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: /Neighbour|Rosa/ })
      .first(),
  ).toContainText('Neighbour');
  await page.getByRole('button', { name: 'Change “I stop answering messages”' }).click();
  await page.getByLabel('In your words').fill('I stop answering my phone');
  await page.getByRole('button', { name: 'Keep this line' }).click();
  await expect(page.getByText('I stop answering my phone')).toBeVisible();
  await expectAccessible(page, 'a plan');
  const [paper, ...more] = readPdf(await page.pdf({ preferCSSPageSize: true }));
  expect(more).toHaveLength(0);
  for (const printed of ['I stop answering my phone', 'My sister Rosa', '07700 900 123'])
    expect(paper?.letters).toContain(asLetters(printed));
  expect(paper?.letters).not.toContain(asLetters('Add a line'));

  // On every room of the diary: one touch to the plan's own lines, one more to a person or a number.
  for (const room of ['Today', 'Journal', 'Sharing', 'Me'] as const) {
    await openRoom(page, room);
    await page.getByRole('link', { name: 'Help now' }).click();
    const plan = page.getByRole('region', { name: 'My plan' });
    const tops = [
      plan.getByText('I stop answering my phone'),
      plan.getByText('Neighbour, number 14'),
      plan.getByRole('link', { name: /^My sister Rosa/ }),
      page.getByRole('link', { name: /In danger now: 999/ }),
    ].map(async (one) => (await one.boundingBox())?.y);
    const inOrder = await Promise.all(tops);
    expect(inOrder, 'plan, own people, numbers').toEqual(inOrder.toSorted((a = 0, b = 0) => a - b));
    await expect(page.getByRole('link', { name: /^My sister Rosa/ })).toHaveAttribute(
      'href',
      'tel:07700900123',
    );
    await expect(page.getByRole('link', { name: 'Text My sister Rosa' })).toHaveAttribute(
      'href',
      'sms:07700900123',
    );
    await expect(page.getByRole('link', { name: /In danger now: 999/ })).toHaveAttribute('href', 'tel:999');
    await page.getByRole('link', { name: /^My plan/ }).click();
    await expect(page.getByText('I stop answering my phone')).toBeVisible();
  }
  // A plan that fills the screen does not push the number for danger out of it.
  await addLine(page, 'How I notice it is getting hard', `It begins ${'with nights '.repeat(30)}`);
  await page.getByRole('link', { name: 'Help now' }).click();
  await expect(page.getByRole('link', { name: /In danger now: 999/ }).first()).toBeInViewport({ ratio: 1 });
  await expectAccessible(page, 'help now, with a plan');

  await page.goto('/');
  await expectLocked(page);
  await page.getByRole('link', { name: 'Help now' }).click();
  await expect(page.getByRole('link', { name: /In danger now: 999/ })).toBeVisible();
  await expect(page.getByText('Rosa')).toHaveCount(0);
  await expect(page.getByText('my phone')).toHaveCount(0);
  await page.getByRole('link', { name: /^My plan/ }).click();
  await expectLocked(page);
  await unlock(page, secret);
  await expect(page.getByText('I stop answering my phone')).toBeVisible();
});

test('a plan that its person left open is read while locked, follows each change, and goes when they close it', async ({
  page,
}) => {
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  await page.goto('/plan');
  await unlock(page, secret);
  await addLine(page, 'What I can do on my own', 'Walk to the allotment');
  await addLine(page, 'Who I can ask for help', 'My sister Rosa', '07700 900 123');
  const open = page.getByRole('switch', { name: /^Show my plan while locked/ });
  await expect(open).not.toBeChecked();
  await open.check();
  await addLine(page, 'What I stay for', 'The choir at Easter');
  await page.goto('/help');
  for (const line of ['Walk to the allotment', 'The choir at Easter'])
    await expect(page.getByRole('region', { name: 'My plan' }).getByText(line)).toBeVisible();
  await expect(page.getByRole('link', { name: /^My sister Rosa/ })).toHaveAttribute(
    'href',
    'tel:07700900123',
  );
  await expectAccessible(page, 'help now while locked, with an open plan');

  await page.goto('/me/data/kept');
  await unlock(page, secret);
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Your plan, to be read while locked' }),
  ).toContainText('not sealed');
  await page.goto('/plan');
  await unlock(page, secret);
  await open.uncheck();
  await expect
    .poll(async () => (await databasesOf(page)).some(({ bytes }) => bytes.includes('allotment')))
    .toBe(false);
  await page.goto('/help');
  await expect(page.getByRole('link', { name: /In danger now: 999/ })).toBeVisible();
  await expect(page.getByText('Rosa')).toHaveCount(0);
});

async function addLine(page: Page, section: string, text: string, phone?: string): Promise<void> {
  await page.getByRole('button', { name: `Add a line to “${section}”` }).click();
  await page.getByLabel('In your words').fill(text);
  if (phone !== undefined) await page.getByLabel('Phone number, if there is one').fill(phone);
  await page.getByRole('button', { name: 'Keep this line' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: text })).toBeVisible();
}
