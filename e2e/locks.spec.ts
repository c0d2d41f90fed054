import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import {
  type Secret,
  checkInSheet,
  chooseLock,
  entryLine,
  expectLocked,
  firstRun,
  lockNow,
  logMood,
  openMe,
  openRoom,
  touchSea,
  tryToUnlock,
  unlock,
} from './support/app.ts';
import { startAuthenticators } from './support/passkeys.ts';
import { expect, test } from './support/test.ts';

const written = 'Behind the lock.';

test('an own passphrase opens the diary after a reload, and neither another one nor five drawn words do', async ({
  page,
}) => {
  const secret = await firstRun(page, { kind: 'own', passphrase: 'seven swans on the slow canal' });
  await logMood(page, { text: written });
  await lockNow(page);
  await page.reload();
  await expectLocked(page);
  for (const passphrase of ['seven swans on the slow cana', 'ladder orbit velvet hammer quiet']) {
    await expectRefused(page, { kind: 'own', passphrase }, 'That is not the passphrase.');
  }
  await unlock(page, secret);
  await expectWritten(page);
});

test('five drawn words open the diary after a reload, and the same words in another order do not', async ({
  page,
  another,
}) => {
  const secret = await firstRun(page, { kind: 'words' });
  if (secret.kind !== 'words') throw new Error('no words were drawn');
  await logMood(page, { text: written });
  await page.reload();
  await expectLocked(page);
  const words = secret.words.split(' ');
  expect(words).toHaveLength(5);
  await expectRefused(
    page,
    { kind: 'words', words: words.toReversed().join(' ') },
    'Those are not the words.',
  );
  await unlock(page, { kind: 'words', words: `  ${words.join('  ').toUpperCase()} ` });
  await expectWritten(page);

  const other = await another();
  const otherSecret = await firstRun(other, { kind: 'words' });
  expect(otherSecret).not.toEqual(secret);
  await page.reload();
  await expectRefused(page, otherSecret, 'Those are not the words.');
});

test('a PIN opens the diary after a reload; the tenth wrong one removes it, and the right one is asked for no more', async ({
  page,
}) => {
  const secret = await firstRun(page, { kind: 'pin', pin: '902817' });
  await logMood(page, { text: written });
  await page.reload();
  await expectLocked(page);
  await expectRefused(page, { kind: 'pin', pin: '718209' }, 'That is not the PIN.');
  await unlock(page, secret);
  await expectWritten(page);

  await page.reload();
  for (let left = 9; left >= 1; left -= 1) {
    await tryToUnlock(page, { kind: 'pin', pin: '718209' });
    await expect(page.getByText(left === 1 ? 'One try left.' : `${left} tries left`)).toBeVisible();
    // Loading the page anew gives no further tries.
    if (left === 5) await page.reload();
  }
  await tryToUnlock(page, { kind: 'pin', pin: '718209' });
  await expect(page.getByText('Ten wrong PINs, so the PIN was removed.')).toBeVisible();
  await expectAccessible(page, 'the door without its PIN');
  await expect(page.getByLabel('Your PIN')).toHaveCount(0);
  await page.reload();
  await expectLocked(page);
  await expect(page.getByLabel('Your PIN')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Use your recovery kit' })).toBeVisible();
});

test('the lock of the device opens the diary after a reload, and the lock of another device does not', async ({
  page,
}) => {
  const authenticators = await startAuthenticators(page);
  const secret = await firstRun(page, { kind: 'passkey' });
  await logMood(page, { text: written });
  await page.reload();
  await expectLocked(page);
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await unlock(page, secret);
  await expectWritten(page);

  // It was enough to begin with; to choose it again there must be another way in.
  await openMe(page, 'Lock');
  await page.getByRole('button', { name: 'Change the lock' }).click();
  await chooseLock(page, { kind: 'passkey' });
  await page.getByRole('button', { name: 'Use this lock' }).click();
  await expect(page.getByText('This way alone could lock you out.')).toBeVisible();

  await page.reload();
  await authenticators.recognise(false);
  await expectRefused(page, secret, 'That was not finished.');
  await authenticators.recognise(true);
  await authenticators.swapForImpostor();
  await expectRefused(page, secret, 'The lock of this device did not answer.');
  await authenticators.swap();
  await expectRefused(page, secret, 'That was not finished.');
});

test('a lock of the device that is not made when it is asked for its secret at once is made without, and asked after', async ({
  page,
}) => {
  await startAuthenticators(page);
  await page.addInitScript(refuseSecretAtOnce);
  await page.goto('/');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'It is mine' }).click();
  await expect(
    page.getByRole('radio').first(),
    'where there is one it is offered first',
  ).toHaveAccessibleName(/^The lock of this/);
  const secret = await chooseLock(page, { kind: 'passkey' });
  await expect(page.getByText('If that key is lost, only your recovery kit opens your diary.')).toBeVisible();
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await logMood(page, { text: written });
  await page.reload();
  await expectLocked(page);
  await unlock(page, secret);
  await expectWritten(page);
});

test('a phone that others use too is remembered as one, can be called so later, and is then not offered “no lock”', async ({
  page,
}) => {
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' }, 'shared');
  await page.goto('/me/lock');
  await unlock(page, secret);
  const shared = page.getByRole('switch', { name: /^Others use this/ });
  await expect(shared).toBeChecked();
  await page.getByRole('button', { name: 'Change the lock' }).click();
  await expect(page.getByRole('radio', { name: /^A PIN/ })).toBeVisible();
  await expect(page.getByRole('radio', { name: /^No lock/ })).toHaveCount(0);
  await shared.click();
  await expect(shared).not.toBeChecked();
  await expect(page.getByRole('radio', { name: /^No lock/ })).toBeVisible();
  await page.getByRole('radio', { name: /^No lock/ }).check();
  await shared.click();
  await expect(page.getByRole('radio', { name: /^Five words/ }), 'what is gone is not chosen').toBeChecked();
  await shared.click();
  await page.getByRole('radio', { name: /^No lock/ }).check();
  await page.getByRole('button', { name: 'Use this lock' }).click();
  await expect(page.getByText('no lock', { exact: true })).toBeVisible();
  await shared.click();
  await expect(page.getByRole('radio', { name: /^A PIN/ }), 'a lock is asked for at once').toBeVisible();
  await expect(page.getByRole('radio', { name: /^No lock/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: '1 minute' })).toHaveAttribute('aria-pressed', 'true');
});

test('locked by hand in one window, the diary is locked in every window; what was typed there is kept', async ({
  page,
  context,
}) => {
  const secret = await firstRun(page, { kind: 'pin', pin: '481516' });
  const second = await context.newPage();
  await second.goto('/');
  await unlock(second, secret);
  await touchSea(second, [0.3, 0.3]);
  await checkInSheet(second).getByLabel('Anything you want to remember…').fill('Typed in the second window.');
  await lockNow(page);
  await expectLocked(second);
  await unlock(second, secret);
  await second.getByRole('button', { name: 'Go on' }).click();
  await expect(checkInSheet(second).getByLabel('Anything you want to remember…')).toHaveValue(
    'Typed in the second window.',
  );
});

test('with no lock the diary opens at once, and says so before it is chosen; a shared phone is not offered it', async ({
  page,
  another,
}) => {
  const other = await another();
  await other.goto('/');
  await other.getByRole('button', { name: 'Start' }).click();
  await other.getByRole('button', { name: 'Continue' }).click();
  await other.getByRole('button', { name: 'Others use it too' }).click();
  await expect(other.getByRole('radio', { name: /^Five words/ })).toBeVisible();
  await expect(other.getByRole('radio', { name: /^No lock/ })).toHaveCount(0);

  await page.goto('/');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'It is mine' }).click();
  await page.getByRole('radio', { name: /^A PIN/ }).check();
  await expect(
    page.getByText('This keeps out someone who picks up your phone, not someone who copies its storage.'),
  ).toBeVisible();
  await page.getByRole('radio', { name: /^No lock/ }).check();
  await expect(page.getByText('Anyone who can use this phone can read your diary.')).toBeVisible();
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await logMood(page, { text: written });
  await page.reload();
  await expectWritten(page);
});

async function expectRefused(page: Page, wrong: Secret, said: string): Promise<void> {
  await tryToUnlock(page, wrong);
  await expect(page.getByText(said)).toBeVisible();
  await expectLocked(page);
}

async function expectWritten(page: Page): Promise<void> {
  await openRoom(page, 'Journal');
  await expect(entryLine(page, written)).toBeVisible();
  await openRoom(page, 'Today');
}

/**
 * Runs in the page before anything else: an authenticator that makes no key when its secret is asked for at once, and
 * gives every key a secret.
 */
function refuseSecretAtOnce(): void {
  const create = CredentialsContainer.prototype.create;
  CredentialsContainer.prototype.create = async function (options) {
    const { publicKey } = options ?? {};
    if (publicKey?.extensions?.prf !== undefined)
      throw new DOMException('The operation is not supported.', 'NotSupportedError');
    return create.call(this, publicKey && { publicKey: { ...publicKey, extensions: { prf: {} } } });
  };
}
