import { ATTACKS } from '@evenkeel/test-kit/attacks';
import type { Meddling } from '@evenkeel/test-kit/evil-server';
import { type Scene, openScene } from '@evenkeel/test-kit/scene';
import type { Locator, Page } from '@playwright/test';
import { type CheckIn, chooseLock, expectOpen, firstRun, logMood, noLock } from './support/app.ts';
import { type LyingServer, startLyingServer } from './support/lying-server.ts';
import {
  addDevice,
  acceptLink,
  expectAllOnServer,
  exportEverything,
  heldIn,
  joinServer,
  makeKit,
  openMe,
  showLinkCode,
} from './support/own-server.ts';
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
  stopShare,
  unlockDesk,
} from './support/sharing.ts';
import { expect } from './support/test.ts';
import { daysAgo, firstInvitation, test } from './support/two-sides.ts';
import { serverIsAway } from './support/watch.ts';

/** What the app says under My server for each lie told to a device that pulls everything. Null: no lie. */
const pullLies: readonly { readonly name: string | null; readonly says: RegExp | null }[] = [
  { name: null, says: null },
  {
    name: 'drops an envelope from the middle of a stream',
    says: /holds back something that your devices signed for/,
  },
  { name: 'swaps two bodies of a stream', says: /shows a past that is not the one your devices signed/ },
  { name: 'changes a bit of the sealed words', says: /One changed on the way/ },
  { name: 'names a suite of the future', says: /One written by a newer version/ },
  {
    name: 'plants an envelope of its own under the person’s stream',
    says: /One written by a device that is not yours/,
  },
  {
    name: 'answers a pull with a web page',
    says: /What answers at this address is not the server you joined/,
  },
];
const shareLies: readonly { readonly name: string | null; readonly says: RegExp | null }[] = [
  { name: null, says: null },
  { name: 'drops a shared entry', says: /holds back something that their device signed for/ },
  { name: 'offers keys of its own', says: /a statement that none of their devices signed/ },
];
/** Told to somebody with 24 words, to a new device, and to a clinician with a link. */
const kitLies = [
  'serves a wrap of its own root',
  'names a KDF profile in the recovery wrap',
  'serves the device log of another account with the wrap',
];
const letterLie = 'changes a bit of the letter to a new device';
const offerLie = 'changes a bit of an offer';

test('every lie that is told here is one of the known attacks, and there are at least eight', () => {
  const told = [...pullLies, ...shareLies].flatMap(({ name }) => name ?? []);
  const all = [...told, ...kitLies, letterLie, offerLie];
  expect(new Set(all).size).toBeGreaterThanOrEqual(8);
  for (const name of all) expect(ATTACKS.map((attack) => attack.name)).toContain(name);
});

test('a device that is lied to while it restores says what was wrong, and holds everything once the server is honest', async ({
  phone,
  watch,
}) => {
  test.slow();
  watch.foresee(serverIsAway);
  await using server = await startLyingServer();
  const first = await phone({ baseURL: server.url });
  await firstRun(first);
  for (const hour of [7, 9, 11, 13]) await logMood(first, entryAt(hour));
  const kit = await makeKit(first);
  await joinServer(first, firstInvitation(server.real));
  await expectAllOnServer(first);
  await openMe(first, 'My server');
  await expect(first.getByText(/^Complete on this device as of/)).toBeVisible();
  const scene = await sceneOf(server);
  const held = heldIn(await exportEverything(first));

  for (const { name, says } of pullLies) {
    await test.step(name ?? 'no lie', async () => {
      const restored = await phone({ baseURL: server.url });
      // Only the one that restores is lied to.
      await first.context().setOffline(true);
      server.liar.attack(name === null ? {} : lie(name, scene));
      await findDiary(restored, kit);
      await openFound(restored);
      await openMe(restored, 'My server');
      if (says === null) {
        await expect(restored.getByText('4 of 4', { exact: true })).toBeVisible();
      } else {
        await expect(restored.getByText(says)).toBeVisible();
        expect(
          server.liar.delivered().bytes,
          'bytes that were not what the real server said',
        ).toBeGreaterThan(0);
      }
      await server.liar.behave();
      await restored.reload();
      await expectNothingWrong(restored);
      expect(heldIn(await exportEverything(restored))).toBe(held);
      await restored.context().close();
      await first.context().setOffline(false);
    });
  }
});

test('a recovery kit, a new device and an invitation each refuse what the server has changed, and work when it is honest', async ({
  phone,
  desk,
  watch,
}) => {
  watch.foresee(serverIsAway);
  await using server = await startLyingServer();
  const first = await phone({ baseURL: server.url });
  await firstRun(first);
  await logMood(first, entryAt(9));
  const kit = await makeKit(first);
  await joinServer(first, firstInvitation(server.real));
  await expectAllOnServer(first);
  const scene = await sceneOf(server);

  const restored = await phone({ baseURL: server.url });
  const refusal = restored.getByText('What the server sent does not hold. Nothing was restored.');
  for (const name of kitLies) {
    await told(server, name, scene, refusal, () => findDiary(restored, kit));
  }
  await server.liar.behave();
  await findDiary(restored, kit);
  await openFound(restored);

  const second = await phone({ baseURL: server.url });
  const code = await showLinkCode(second);
  await told(server, letterLie, scene, second.getByText('What came does not open. Nothing was kept.'), () =>
    addDevice(first, code, 'Tablet'),
  );
  await server.liar.behave();
  await second.getByRole('button', { name: 'Make a new code' }).click();
  const again = await shownCode(second, code);
  await addDevice(first, again, 'Tablet');
  await acceptLink(second, noLock);

  const link = await makeSharingLink(first, 'Anita');
  const clinician = await desk({ baseURL: server.url });
  await deskFirstRun(clinician);
  await told(server, offerLie, scene, clinician.getByText('What lies behind this link does not open.'), () =>
    openOnDesk(clinician, 'Invitation or sharing link', link),
  );
  await server.liar.behave();
  const fresh = await makeSharingLink(first, 'Anita');
  await clinician.getByRole('link', { name: 'Open a sharing link' }).first().click();
  await openOnDesk(clinician, 'Sharing link', fresh);
  expect(await openWords(first, clinicianName)).toEqual(await deskWords(clinician));
});

test('a desk that is lied to about a share says so beside it, shows only what passed, and is whole once the server is honest', async ({
  phone,
  desk,
  watch,
}) => {
  test.slow();
  watch.foresee(serverIsAway);
  await using server = await startLyingServer();
  const person = await phone({ baseURL: server.url });
  await firstRun(person);
  for (const hour of [7, 9, 11, 13]) await logMood(person, entryAt(hour));
  await joinServer(person, firstInvitation(server.real));
  await expectAllOnServer(person);
  const scene = await sceneOf(server);
  for (const { name, says } of shareLies) {
    await test.step(name ?? 'no lie', async () => {
      const clinician = await desk({ baseURL: server.url });
      const link = await makeSharingLink(person, '');
      await deskFirstRun(clinician, { link });
      expect(await openWords(person, clinicianName)).toEqual(await deskWords(clinician));
      await person.getByRole('button', { name: 'The words are the same' }).click();
      server.liar.attack(name === null ? {} : lie(name, scene));
      await chooseTerms(person, { kinds: ['Mood'], from: 'all', to: 'ongoing' });
      await giveShare(person, clinicianName);
      await openPerson(clinician);
      if (says === null) {
        await expect.poll(() => deskEntries(clinician)).toHaveLength(4);
      } else {
        await expect(clinician.getByText(says)).toBeVisible();
        expect(server.liar.delivered().bytes).toBeGreaterThan(0);
      }
      await server.liar.behave();
      if (says === null) await clinician.addInitScript(noteThatItSays, 'no entry yet');
      await clinician.reload();
      await unlockDesk(clinician);
      await expect.poll(() => deskEntries(clinician)).toHaveLength(4);
      expect(await clinician.evaluate(() => document.documentElement.dataset['said'])).toBeUndefined();
      for (const one of shareLies)
        if (one.says !== null) await expect(clinician.getByText(one.says)).toHaveCount(0);
      await stopAndForget(person);
    });
  }
});

/** Runs in the page: notes words that stand there, for however short a time. */
function noteThatItSays(words: string): void {
  const look = (): void => {
    if (document.body?.textContent.includes(words)) document.documentElement.dataset['said'] = words;
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}

/** All on one day, so that they lie in one stream of moods and one of words. */
function entryAt(hour: number): CheckIn {
  return {
    at: [hour / 20, 0.4],
    text: `Written at ${hour}.`,
    about: { day: daysAgo(1), time: `${String(hour).padStart(2, '0')}:00` },
  };
}

function sceneOf({ liar }: LyingServer): Promise<Scene> {
  return openScene({ now: Date.now(), ownObjects: [], recorded: liar.recorded });
}

function lie(name: string, scene: Scene): Meddling {
  const attack = ATTACKS.find((one) => one.name === name);
  if (attack === undefined) throw new Error(`there is no attack “${name}”`);
  return attack.apply(scene);
}

/** Tells the lie while `act` goes on. It must have arrived, and be named. */
async function told(
  { liar }: LyingServer,
  name: string,
  scene: Scene,
  said: Locator,
  act: () => Promise<unknown>,
): Promise<void> {
  await test.step(name, async () => {
    liar.attack(lie(name, scene));
    await act();
    await expect(said).toBeVisible();
    expect(liar.delivered().bytes, 'bytes that were not what the real server said').toBeGreaterThan(0);
  });
}

async function findDiary(page: Page, kit: readonly string[]): Promise<void> {
  await page.goto('/restore');
  await page.getByRole('button', { name: /^With my 24 words/ }).click();
  await page.getByLabel('The words, in order').fill(kit.join(' '));
  await page.getByRole('button', { name: 'Find my diary' }).click();
}

async function openFound(page: Page): Promise<void> {
  await chooseLock(page, noLock);
  await page.getByRole('button', { name: 'Open my diary' }).click();
  await expectOpen(page);
}

async function expectNothingWrong(page: Page): Promise<void> {
  await expect(page.getByText('in touch', { exact: true })).toBeVisible();
  await expect(page.getByText('4 of 4', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: /Put aside|fail a check/ })).toHaveCount(0);
}

async function shownCode(page: Page, not: string): Promise<string> {
  const code = page.locator('[data-link-code]');
  await expect(code).not.toHaveText(not);
  return (await code.textContent()) ?? '';
}

async function openOnDesk(page: Page, field: string, link: string): Promise<void> {
  await page.getByLabel(field).fill(link);
  await page.getByRole('button', { name: 'Go on' }).click();
}

/** So that the next one with the same name is the only one. */
async function stopAndForget(page: Page): Promise<void> {
  await stopShare(page, clinicianName);
  await shareCard(page, clinicianName).getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(shareCard(page, clinicianName)).toHaveCount(0);
}
