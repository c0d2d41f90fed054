import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { bytesToMailboxId, randomBytes, sha256, toBase64url } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { ROUTES } from '../app.ts';
import { startServer } from '../start-server.ts';
import { countRows } from '../store/sqlite/count-rows.test-support.ts';
import { type Client, ask, join, makePerson, register } from '../test-client.ts';

const LETTER = toBase64url(new TextEncoder().encode('sealed letter'));
const REPLY = toBase64url(new TextEncoder().encode('sealed reply'));
const newId = () => bytesToMailboxId(randomBytes(16));
const MINUTE = 60_000;
const DAY = 86_400_000;

async function put(
  client: Client,
  id: string,
  letter: string | null,
  changed: Readonly<Record<string, unknown>> = {},
) {
  const hash = letter === null ? null : toBase64url(sha256(Buffer.from(letter, 'base64url')));
  const object = await client.device.signObject('mailbox', {
    origin: client.url,
    id,
    kind: 'offer',
    time: 0,
    hash,
    ...changed,
  });
  return client.ask('PUT', `/v1/mailbox/${id}`, { object: toBase64url(object), letter });
}

test('check mailbox-one-read: a letter is read once, and an id nobody uses answers as one that was read', async () => {
  await using server = await startServer();
  const { client } = await join(server, 'Anna');
  const id = newId();
  expect((await put(client, id, LETTER, { kind: 'link' })).status).toBe(204);
  expect(await ask(server.url, 'GET', `/v1/mailbox/${id}`)).toMatchObject({
    status: 200,
    body: { letter: LETTER },
  });
  const again = await ask(server.url, 'GET', `/v1/mailbox/${id}`);
  const unknown = await ask(server.url, 'GET', `/v1/mailbox/${newId()}`);
  expect(again).toMatchObject({ status: 404, code: 'not-found' });
  expect(unknown.body).toEqual(again.body);
});

test('check not-head: asking for the head of what is read once, or of any route, takes and begins nothing', async () => {
  await using server = await startServer();
  const { client } = await join(server, 'Anna');
  const id = newId();
  await put(client, id, LETTER);
  await ask(server.url, 'PUT', `/v1/mailbox/${id}/reply`, { letter: REPLY });
  const bearer = { Authorization: `Bearer ${client.token}` };
  for (const { method, path } of ROUTES) {
    if (method !== 'get') continue;
    const head = await fetch(server.url + path.replace(':id', id), { method: 'HEAD', headers: bearer });
    expect([path, head.status, head.headers.get('allow')?.split(', ')]).toEqual([
      path,
      405,
      expect.arrayContaining(['GET']),
    ]);
  }
  expect((await ask(server.url, 'GET', `/v1/mailbox/${id}`)).body).toEqual({ letter: LETTER });
  expect((await client.ask('GET', `/v1/mailbox/${id}/reply`)).body).toEqual({ letter: REPLY });
});

test('check mailbox-one-write: a box takes one letter, the same one again, and none after it was read', async () => {
  await using server = await startServer();
  const anna = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  const id = newId();
  await put(anna.client, id, LETTER);
  expect((await put(anna.client, id, LETTER)).status).toBe(204);
  expect((await put(anna.client, id, REPLY)).code).toBe('mailbox-taken');
  expect((await put(bea.client, id, LETTER)).code).toBe('mailbox-taken');
  await ask(server.url, 'GET', `/v1/mailbox/${id}`);
  expect((await put(anna.client, id, LETTER)).code).toBe('mailbox-taken');
});

test('check mailbox-life: a link is over after five minutes, an offer after seven days', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now });
  const { client } = await join(server, 'Anna');
  const [link, offer, other] = [newId(), newId(), newId()];
  await put(client, link, LETTER, { kind: 'link' });
  await put(client, offer, LETTER);
  await put(client, other, LETTER);
  now += 5 * MINUTE;
  expect((await ask(server.url, 'GET', `/v1/mailbox/${link}`)).code).toBe('not-found');
  expect((await ask(server.url, 'GET', `/v1/mailbox/${offer}`)).status).toBe(200);
  now += 7 * DAY;
  expect((await ask(server.url, 'GET', `/v1/mailbox/${other}`)).code).toBe('not-found');
});

test('checks mailbox-signature, mailbox-origin, mailbox-id, mailbox-hash, mailbox-kind: a session alone leaves no letter', async () => {
  await using server = await startServer();
  const { client } = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  const id = newId();
  const byBea: Client = { ...client, device: bea.device };
  expect((await put(byBea, id, LETTER)).code).toBe('object-refused');
  expect((await put(client, id, LETTER, { origin: 'https://elsewhere.example' })).code).toBe(
    'object-refused',
  );
  expect((await put(client, id, LETTER, { id: newId() })).code).toBe('object-refused');
  expect((await put(client, id, LETTER, { hash: toBase64url(sha256(new Uint8Array())) })).code).toBe(
    'object-refused',
  );
  expect((await put(client, id, null, { hash: toBase64url(sha256(new Uint8Array())) })).code).toBe(
    'object-refused',
  );
  expect((await put(client, id, LETTER, { kind: 'recovery' })).code).toBe('object-refused');
  expect((await put(client, id, LETTER)).status).toBe(204);
});

test('check mailbox-count: an account leaves only so many letters', async () => {
  await using server = await startServer({ limits: { mailboxes: 2 } });
  const { client } = await join(server, 'Anna');
  const first = newId();
  await put(client, first, LETTER);
  await put(client, newId(), LETTER);
  expect((await put(client, newId(), LETTER)).code).toBe('quota-exceeded');
  await put(client, first, null);
  expect((await put(client, newId(), LETTER)).status).toBe(204);
});

test('letters that are over make room at once: an account never has more rows than letters it may leave', async () => {
  let now = Date.now();
  const database = joinPath(mkdtempSync(joinPath(tmpdir(), 'evenkeel-letters-')), 'evenkeel.sqlite');
  await using server = await startServer({ database, clock: () => now, limits: { mailboxes: 2 } });
  const { client } = await join(server, 'Anna');
  for (let minutes = 0; minutes < 30; minutes += 5) {
    for (let one = 0; one < 2; one += 1)
      expect((await put(client, newId(), LETTER, { kind: 'link' })).status).toBe(204);
    now += 5 * MINUTE;
  }
  expect(countRows(database)).toMatchObject({ letter: 2 });
});

test('an offer can be withdrawn, with its reply slot, by its own account only', async () => {
  await using server = await startServer();
  const anna = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  const id = newId();
  await put(anna.client, id, LETTER);
  await put(bea.client, id, null);
  expect((await ask(server.url, 'GET', `/v1/mailbox/${id}`)).status).toBe(200);
  await put(anna.client, id, null);
  expect((await ask(server.url, 'PUT', `/v1/mailbox/${id}/reply`, { letter: REPLY })).code).toBe('not-found');
});

test('checks reply-one-write and reply-one-read: an offer takes one reply, read once by the account that made it', async () => {
  await using server = await startServer();
  const anna = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  const id = newId();
  await put(anna.client, id, LETTER);
  await ask(server.url, 'GET', `/v1/mailbox/${id}`);
  expect((await ask(server.url, 'PUT', `/v1/mailbox/${id}/reply`, { letter: REPLY })).status).toBe(204);
  expect((await ask(server.url, 'PUT', `/v1/mailbox/${id}/reply`, { letter: REPLY })).status).toBe(204);
  expect((await ask(server.url, 'PUT', `/v1/mailbox/${id}/reply`, { letter: LETTER })).code).toBe(
    'mailbox-taken',
  );
  expect((await bea.client.ask('GET', `/v1/mailbox/${id}/reply`)).code).toBe('not-found');
  expect(await anna.client.ask('GET', `/v1/mailbox/${id}/reply`)).toMatchObject({ body: { letter: REPLY } });
  expect((await anna.client.ask('GET', `/v1/mailbox/${id}/reply`)).code).toBe('not-found');
  expect((await ask(server.url, 'PUT', `/v1/mailbox/${id}/reply`, { letter: LETTER })).code).toBe(
    'mailbox-taken',
  );
});

test('a link takes no reply, and neither does an offer that is over', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now });
  const { client } = await join(server, 'Anna');
  const [link, offer] = [newId(), newId()];
  await put(client, link, LETTER, { kind: 'link' });
  await put(client, offer, LETTER);
  expect((await ask(server.url, 'PUT', `/v1/mailbox/${link}/reply`, { letter: REPLY })).code).toBe(
    'not-found',
  );
  now += 7 * DAY;
  expect((await ask(server.url, 'PUT', `/v1/mailbox/${offer}/reply`, { letter: REPLY })).code).toBe(
    'not-found',
  );
});

test('a clinician registers with an open offer: one account, read or not, and not after it is over', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now });
  const { client } = await join(server, 'Anna');
  const [offer, link, late] = [newId(), newId(), newId()];
  await put(client, offer, LETTER);
  await put(client, link, LETTER, { kind: 'link' });
  await put(client, late, LETTER);
  await ask(server.url, 'GET', `/v1/mailbox/${offer}`);
  const [berg, cole] = [await makePerson('Dr Berg'), await makePerson('Dr Cole')];
  await berg.addDevice('laptop');
  await cole.addDevice('laptop');
  expect((await register(server.url, berg, { kind: 'offer', mailbox: offer })).status).toBe(200);
  expect((await register(server.url, cole, { kind: 'offer', mailbox: offer })).code).toBe(
    'invitation-refused',
  );
  expect((await register(server.url, cole, { kind: 'offer', mailbox: link })).code).toBe(
    'invitation-refused',
  );
  expect((await register(server.url, cole, { kind: 'offer', mailbox: newId() })).code).toBe(
    'invitation-refused',
  );
  now += 7 * DAY;
  expect((await register(server.url, cole, { kind: 'offer', mailbox: late })).code).toBe(
    'invitation-refused',
  );
});
