import type { Page } from '@playwright/test';
import { randomInt } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import {
  acceptInvitation,
  checkInSheet,
  expectAllOnServer,
  expectLocked,
  fillCheckIn,
  firstRun,
  logMood,
  openEntry,
  openRoom,
  save,
  saveButton,
  touchSea,
  tryToUnlock,
  unlock,
} from './support/app.ts';
import { databasesOf } from './support/browser-storage.ts';
import { fields, fieldsOfTheApp, noteTyping } from './support/fields.ts';
import { type Haystack, filesUnder } from './support/files-under.ts';
import { disguisesOf, findLeaks } from './support/leaks.ts';
import { bringInDaylio, makeKit } from './support/own-server.ts';
import { makeProfile } from './support/profile.ts';
import { type Recorder, startRecorder } from './support/recorder.ts';
import {
  chooseTerms,
  deskEntries,
  deskFirstRun,
  deskWords,
  giveShare,
  makeSharingLink,
  openPerson,
  openWords,
} from './support/sharing.ts';
import { serverFiles, startServerProcess } from './support/server.ts';
import { expect, test } from './support/test.ts';
import { noLetterYet } from './support/watch.ts';

const DESK_SIZE = { width: 1360, height: 900 };

test('nothing that was typed lies open on the server, on the way there, or on a locked device; planted copies of it are all found', async ({
  profile,
  watch,
  launchOptions,
}) => {
  test.slow();
  watch.foresee(noLetterYet);
  await using recorder = await startRecorder();
  await using server = await startServerProcess({ PUBLIC_URL: recorder.url, LOG_LEVEL: 'trace' });
  recorder.leadTo(server.port);
  const { page, context } = await profile.open({ baseURL: recorder.url });
  const typed = await noteTyping(context);
  const canaries: string[] = [];
  /** A word of 14 letters and a number of 10 digits that were never written before. */
  const canary = (): string => {
    const pair = [canaryWord(), canaryNumber()];
    canaries.push(...pair);
    return pair.join(' ');
  };

  const secret = await firstRun(page, { kind: 'own', passphrase: canary() });
  const [day, time] = ['2019-03-17', '06:43'];
  canaries.push(day, String(Date.parse(`${day}T${time}:00Z`)));
  const kept = canary();
  await logMood(page, {
    at: [0.21, 0.34],
    ownWords: [canary()],
    values: [{ text: canary(), closeness: 8 }],
    around: [
      { group: 'Something I did', text: canary() },
      { group: 'A person', text: canary() },
      { group: 'A place', text: canary() },
      { group: 'Something else', text: canary() },
    ],
    text: kept,
    about: { day, time },
  });

  const invitation = server.invitation();
  if (invitation === null) throw new Error('the server printed no invitation');
  await page.goto(invitation);
  await acceptInvitation(page);
  await expectAllOnServer(page, 1);

  await writeUnderMe(page, canary);
  await writeInCheckIn(page, canary);
  const words = await makeKit(page);
  canaries.push(words.slice(0, 5).join(' '));
  const [first, changed] = [canary(), canary()];
  await logEntry(page, first);
  await openEntry(page, first);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await fillCheckIn(page, { text: changed });
  await saveButton(page).click();
  await expect(page.getByText(/changed today/)).toBeVisible();
  const hidden = canary();
  await logEntry(page, hidden);
  await openEntry(page, hidden);
  await page.getByRole('switch', { name: 'Not for sharing' }).click();
  await expect(page.getByRole('switch', { name: 'Not for sharing' })).toBeChecked();
  const erased = canary();
  await logEntry(page, erased);
  await openEntry(page, erased);
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await page.getByRole('link', { name: 'Bin' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('The bin is empty.')).toBeVisible();
  await openRoom(page, 'Journal');
  await page.getByRole('searchbox').fill(canary());
  await expect(page.getByText('Nothing found for')).toBeVisible();
  await expectAllOnServer(page, 7);

  // Somebody who reads it, with everything that the two call each other.
  await using deskProfile = await makeProfile(
    { ...launchOptions, viewport: DESK_SIZE, locale: 'en-GB' },
    watch,
  );
  const { page: desk, context: deskContext } = await deskProfile.open({ baseURL: recorder.url });
  const typedOnDesk = await noteTyping(deskContext);
  await desk.goto('/restore');
  await desk.getByRole('button', { name: /24 words/ }).click();
  await desk.getByLabel('The words, in order').fill(words.join(' '));
  await leaveWithFieldsFilled(desk, deskProfile.dir, 'restore');
  await shareWith(page, desk, canary);
  await desk.reload();
  await expect(desk.getByLabel('Your PIN')).toBeVisible();
  const onDesk = await databasesOf(desk);
  await deskProfile.close();

  await openRoom(page, 'Today');
  await touchSea(page, [0.6, 0.6]);
  await checkInSheet(page).getByRole('button', { name: 'more…' }).click();
  await checkInSheet(page).getByLabel('Search, or write your own word').fill(canary());
  await fillCheckIn(page, { text: canary() });
  await leaveWithFieldsFilled(page, profile.dir, 'check-in');
  await expectLocked(page);
  await page.getByRole('button', { name: 'Show what I typed' }).click();
  await tryToUnlock(page, { kind: 'own', passphrase: canary() });
  await expect(page.getByText('That is not the passphrase.')).toBeVisible();
  await leaveWithFieldsFilled(page, profile.dir, 'door');
  await expectLocked(page);
  await page.getByRole('link', { name: 'Quick entry, without opening' }).click();
  await page.getByLabel('Anything you want to remember…').fill(canary());
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('and sealed.')).toBeVisible();
  await page.goto('/quick');
  await page.getByLabel('Anything you want to remember…').fill(canary());
  await leaveWithFieldsFilled(page, profile.dir, 'quick');
  await expectLocked(page);

  const databases = await databasesOf(page);
  await profile.close();
  const onServer = [...(await serverFiles(server)), { name: 'log', bytes: Buffer.from(server.output()) }];
  const onTheWay = recorder.requests();
  const onDevice = await filesUnder(profile.dir);
  expect(onServer.map(({ name }) => name).join('\n')).toMatch(/evenkeel\.sqlite\n.*evenkeel\.sqlite-wal/s);
  expect(onTheWay.filter(({ name }) => name.includes('/v1/')).length).toBeGreaterThan(5);
  expect(onDevice.filter(({ name }) => name.includes('IndexedDB')).length).toBeGreaterThan(2);
  expect(databases.length).toBeGreaterThan(10);
  const inDeskProfile = await filesUnder(deskProfile.dir);
  expect(inDeskProfile.filter(({ name }) => name.includes('IndexedDB')).length).toBeGreaterThan(2);
  expect(onDesk.length).toBeGreaterThan(10);
  expect(canaries).toHaveLength(111);
  expect(fieldsOfTheApp(), 'a field of which nothing is said here').toEqual(Object.keys(fields));
  const called = Object.values(fields).flatMap((field) => ('called' in field ? field.called : []));
  const typedInto = [...typed, ...typedOnDesk];
  expect(
    called.filter((name) => !typedInto.some((label) => label.startsWith(name))),
    'fields in which nothing was typed',
  ).toEqual([]);
  expect(
    findLeaks(canaries, [...onServer, ...onTheWay, ...onDevice, ...databases, ...inDeskProfile, ...onDesk]),
  ).toEqual([]);

  // It was all there to be found: it opens with the passphrase, and with nothing on the way taken out.
  const { page: again } = await profile.open({ baseURL: recorder.url });
  await again.goto('/journal');
  await unlock(again, secret);
  await expect(again.getByText(changed)).toBeVisible();
  await profile.close();

  const places = await plantCopies(canaries, {
    serverDir: server.dataDir,
    profileDir: profile.dir,
    recorder,
    launchOptions,
    watch,
  });
  const everything = canaries.flatMap((word) => disguisesOf(word).map(({ as }) => `${word} as ${as}`));
  for (const { name, haystacks } of places) {
    const found = new Set(findLeaks(canaries, haystacks).map((leak) => leak.split(' in ')[0]));
    expect(
      everything.filter((one) => !found.has(one)),
      `not found in ${name}`,
    ).toEqual([]);
  }

  async function logEntry(on: Page, text: string): Promise<void> {
    await openRoom(on, 'Today');
    await logMood(on, { at: [0.7, 0.7], text });
  }
});

/** The lists, the plan, the conditions and the reminders, each with every field filled. Starts and ends in the diary. */
async function writeUnderMe(page: Page, canary: () => string): Promise<void> {
  const lists: readonly (readonly [path: string, ...labels: string[]])[] = [
    ['/me/track/symptoms', 'What you want to watch'],
    ['/me/track/cravings', 'An urge, in your words'],
    ['/me/track/substances', 'What is it called?', 'Counted in (grams, tablets, times…)'],
    ['/me/track/medication', 'What is it called?', 'Dose and time, if you like'],
  ];
  for (const [path, ...labels] of lists) {
    await goTo(page, path);
    for (const label of labels) await page.getByLabel(label).fill(canary());
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('button', { name: /^Change / })).toBeVisible();
  }
  await goTo(page, '/me/track/trackers');
  await page.getByLabel('What you want to track').fill(canary());
  await page.getByRole('button', { name: 'by choosing', exact: true }).click();
  await page.getByLabel('What can be chosen, one to a line').fill(`${canary()}\n${canary()}`);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Change / })).toBeVisible();
  await page.getByRole('button', { name: '+ add', exact: true }).click();
  await page.getByLabel('What you want to track').fill(canary());
  await page.getByRole('button', { name: 'as a number', exact: true }).click();
  await page.getByLabel('What is counted (cups, steps)').fill(canary());
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Change / })).toHaveCount(2);

  await goTo(page, '/me/conditions');
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByLabel('What is it called?').fill(canary());
  await page.getByLabel('Anything to add').fill(canary());
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Now' })).toBeVisible();

  await goTo(page, '/plan');
  await page.getByRole('button', { name: 'Add a line to “Who I can ask for help”' }).click();
  const [name, phone = ''] = canary().split(' ');
  await page.getByLabel('In your words').fill(`${name}`);
  await page.getByLabel('Phone number, if there is one').fill(phone);
  await page.getByRole('button', { name: 'Keep this line' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: `${name}` })).toBeVisible();

  await goTo(page, '/me/reminders');
  await page.getByRole('link', { name: 'New reminder' }).click();
  await page.getByLabel('In your own words').fill(canary());
  await page.getByLabel('Time', { exact: true }).fill('18:30');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Next: ')).toBeVisible();
  await page.getByLabel('What the calendar shows').fill(canary());

  await goTo(page, '/me/values/review');
  await page.getByRole('slider').first().fill('4');
  await page.getByLabel('Anything you want to remember…').fill(canary());
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('link', { name: 'See the entry' })).toBeVisible();

  await goTo(page, '/me/devices');
  await page.getByRole('listitem').getByRole('button').click();
  await page.getByLabel('Name', { exact: true }).fill(canary());
  await page.getByRole('button', { name: 'Keep the name' }).click();
  await goTo(page, '/me/devices/add');
  await page.getByLabel('Code of the new device').fill('not a code');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('What shall it be called?').fill(canary());
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByLabel('Code of the new device')).toBeVisible();

  const rows = ['2025-01-02', '2025-01-03'].map(
    (date) => `${date},,,19:30,good,"${canary()}","","${canary()}"`,
  );
  const titles = 'full_date,date,weekday,time,mood,activities,note_title,note';
  await bringInDaylio(page, [titles, ...rows].join('\n'));

  await goTo(page, '/questionnaires/top/answer');
  const another = page.getByLabel('What it was');
  while ((await another.count()) === 0) await page.getByRole('button', { name: 'Rather not say' }).click();
  await another.fill(canary());
  await page.getByRole('button', { name: 'Next' }).click();
}

/** What can be added and said inside of a check-in alone. Starts in the diary, ends on Today. */
async function writeInCheckIn(page: Page, canary: () => string): Promise<void> {
  await goTo(page, '/me/track');
  for (const name of ['Symptoms', 'Alcohol and drugs', 'Medication'])
    await page.getByRole('switch', { name }).check();
  await openRoom(page, 'Today');
  await touchSea(page, [0.3, 0.7]);
  const part = (name: string) => checkInSheet(page).getByRole('region', { name, exact: true });
  const add = (name: string) => part(name).getByRole('button', { name: 'Add', exact: true }).click();
  await part('Symptoms').getByRole('button', { name: '+ add' }).click();
  await part('Symptoms').getByLabel('What you want to watch').fill(canary());
  await add('Symptoms');
  await part('Alcohol and drugs').getByRole('button', { name: '+ add something else' }).click();
  await part('Alcohol and drugs').getByLabel('What is it called?').fill(canary());
  await part('Alcohol and drugs').getByLabel('Counted in (grams, tablets, times…)').fill(canary());
  await add('Alcohol and drugs');
  await part('Alcohol and drugs')
    .getByLabel(/^How many\?/)
    .fill('3');
  await add('Alcohol and drugs');
  await part('Medication').getByRole('button', { name: '+ add a medication' }).click();
  await part('Medication').getByLabel('What is it called?').fill(canary());
  await part('Medication').getByLabel('Dose and time, if you like').fill(canary());
  await add('Medication');
  await part('Medication').getByRole('button', { name: 'changed', exact: true }).first().click();
  await part('Medication').getByLabel('What is new?').fill(canary());
  await save(page);
}

/** From an empty desk to a share that is read there and has a name of the desk's own. */
async function shareWith(page: Page, desk: Page, canary: () => string): Promise<void> {
  const link = await makeSharingLink(page, canary());
  const clinician = canary();
  await deskFirstRun(desk, { link, name: clinician });
  await deskWords(desk);
  await openWords(page, clinician);
  for (const side of [desk, page]) await side.getByRole('button', { name: 'The words are the same' }).click();
  const name = canary();
  await chooseTerms(page, {
    kinds: ['Mood', 'Values', 'What was around', 'Words'],
    from: 'all',
    to: 'ongoing',
    name,
    purpose: canary(),
  });
  await giveShare(page, clinician);
  await openPerson(desk, name);
  await expect.poll(() => deskEntries(desk)).not.toEqual([]);
  await desk.getByLabel('What you call them').fill(canary());
  await desk.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(desk.getByText('Kept.')).toBeVisible();
  await desk.getByLabel('Search these entries').fill(canary());
}

/** To an address inside the open diary, without loading the page again. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path);
  await expect(page).toHaveURL(new RegExp(`${path}$`));
}

/** Browsers keep the fields of a page that is left, to fill them again. Waits until this one has written its session down. */
async function leaveWithFieldsFilled(page: Page, dir: string, from: string): Promise<void> {
  await page.goto(`/help?left=${from}`);
  await expect
    .poll(async () =>
      (await filesUnder(join(dir, 'Default', 'Sessions'))).some(({ bytes }) =>
        bytes.includes(`left=${from}`),
      ),
    )
    .toBe(true);
  await page.goto('/');
}

type Planting = {
  readonly serverDir: string;
  readonly profileDir: string;
  readonly recorder: Recorder;
  readonly launchOptions: Parameters<typeof makeProfile>[0];
  readonly watch: Parameters<typeof makeProfile>[1];
};

/** Copies of what was searched, with every canary put there in every disguise, in each place where it could lie. */
async function plantCopies(
  canaries: readonly string[],
  { serverDir, profileDir, recorder, launchOptions, watch }: Planting,
): Promise<readonly { readonly name: string; readonly haystacks: readonly Haystack[] }[]> {
  const planted = canaries.flatMap((word) => disguisesOf(word).map(({ bytes }) => bytes));
  await using folders = new AsyncDisposableStack();
  const copy = folders.adopt(await mkdtemp(join(tmpdir(), 'evenkeel-planted-')), (dir) =>
    rm(dir, { recursive: true }),
  );
  await cp(serverDir, copy, { recursive: true });
  using database = new DatabaseSync(join(copy, 'evenkeel.sqlite'));
  database.exec('PRAGMA wal_autocheckpoint = 0; CREATE TABLE planted (bytes BLOB)');
  const insert = database.prepare('INSERT INTO planted VALUES (?)');
  for (const bytes of planted) insert.run(bytes);
  const wal = (await filesUnder(copy)).filter(({ name }) => name.endsWith('-wal'));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const file = (await filesUnder(copy)).filter(({ name }) => name.endsWith('.sqlite'));

  await using profile = await makeProfile(launchOptions, watch);
  await cp(profileDir, profile.dir, { recursive: true, filter: (path) => !path.includes('Singleton') });
  const { page } = await profile.open({ baseURL: recorder.url });
  await page.goto('/help');
  await page.evaluate(
    plantInBrowser,
    planted.map((bytes) => bytes.toString('base64')),
  );
  const databases = await databasesOf(page);
  await profile.close();
  const onDisk = await filesUnder(profile.dir);
  const sent = recorder.requests().length;
  for (const [encoding, pack] of [
    ['identity', (bytes: Buffer) => bytes],
    ['gzip', gzipSync],
  ] as const)
    await fetch(`${recorder.url}/v1/planted`, {
      method: 'POST',
      headers: { 'content-encoding': encoding },
      body: new Uint8Array(pack(Buffer.concat(planted))),
    });
  const [plain = [], packed = []] = recorder
    .requests()
    .slice(sent)
    .map((one) => [one]);
  await writeFile(join(copy, 'planted.log'), Buffer.concat(planted));
  return [
    { name: 'a request', haystacks: plain },
    { name: 'a packed request', haystacks: packed },
    { name: 'database', haystacks: file },
    { name: 'write-ahead log', haystacks: wal },
    { name: 'log', haystacks: (await filesUnder(copy)).filter(({ name }) => name.endsWith('.log')) },
    { name: 'IndexedDB as read', haystacks: databases },
    { name: 'IndexedDB on disk', haystacks: onDisk.filter(({ name }) => name.includes('IndexedDB')) },
    { name: 'caches on disk', haystacks: onDisk.filter(({ name }) => name.includes('CacheStorage')) },
  ];
}

/** Runs in the page: puts each of them into a database and a cache of the site. */
async function plantInBrowser(planted: readonly string[]): Promise<void> {
  const values = planted.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const opening = indexedDB.open('planted');
  opening.addEventListener('upgradeneeded', () =>
    opening.result.createObjectStore('planted', { autoIncrement: true }),
  );
  await new Promise((done) => opening.addEventListener('success', done));
  const writing = opening.result.transaction('planted', 'readwrite', { durability: 'strict' });
  // Twice, because the browser's log on disk cuts whatever lies across the edge of a block.
  for (const value of [...values, ...values]) writing.objectStore('planted').add(value);
  await new Promise((done) => writing.addEventListener('complete', done));
  opening.result.close();
  const cache = await caches.open('planted');
  await cache.put('/planted', new Response(new Blob(values)));
}

function canaryWord(): string {
  const pick = (letters: string): string => letters[randomInt(letters.length)] ?? '';
  return Array.from({ length: 7 }, () => pick('bdfgjkmpvz') + pick('aeiouy')).join('');
}

function canaryNumber(): string {
  return String(randomInt(1_000_000_000, 9_999_999_999));
}
