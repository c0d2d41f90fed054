import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import {
  ZERO_HASH,
  accountIdOf,
  bytesToMailboxId,
  bytesToPublicKey,
  sha256,
  toBase64url,
  utf8,
} from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import {
  type Client,
  ask,
  connect,
  join,
  makeDevice,
  makePerson,
  openSession,
  register,
  signingKey,
} from '../test-client.ts';

const boxId = (name: string) => bytesToMailboxId(sha256(utf8(name)).subarray(0, 16));

test('an invitation makes one account, and then a session opens', async () => {
  await using server = await startServer();
  const anna = await makePerson('Anna');
  const phone = await anna.addDevice('phone');
  const code = await server.invite();
  expect(await register(server.url, anna, { kind: 'host', code })).toMatchObject({
    status: 200,
    body: { acct: anna.acct },
  });
  expect(await openSession(server.url, phone)).toMatchObject({ status: 200 });
});

test('check invitation: used, unknown and old ones are refused', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now });
  const code = await server.invite();
  const old = await server.invite();
  const people = await Promise.all(['Anna', 'Bea', 'Cem', 'Dora'].map(makePerson));
  for (const person of people) await person.addDevice('phone');
  const [anna, bea, cem, dora] = people;
  if (!anna || !bea || !cem || !dora) throw new Error('four people');
  expect((await register(server.url, anna, { kind: 'host', code })).status).toBe(200);
  expect((await register(server.url, bea, { kind: 'host', code })).code).toBe('invitation-refused');
  expect((await register(server.url, cem, { kind: 'host', code: 'not-one-of-ours' })).code).toBe(
    'invitation-refused',
  );
  now += 24 * 3_600_000;
  expect((await register(server.url, dora, { kind: 'host', code: old })).code).toBe('invitation-refused');
});

test('an invitation that is over stays over when the clock is set back', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now });
  const code = await server.invite();
  const anna = await makePerson('Anna');
  await anna.addDevice('phone');
  now += 24 * 3_600_000;
  expect((await register(server.url, anna, { kind: 'host', code })).code).toBe('invitation-refused');
  now -= 12 * 3_600_000;
  expect((await register(server.url, anna, { kind: 'host', code })).code).toBe('invitation-refused');
});

test('check account-new: an account is taken once, and the second invitation stays good', async () => {
  await using server = await startServer();
  const { person } = await join(server, 'Anna');
  const code = await server.invite();
  expect((await register(server.url, person, { kind: 'host', code })).code).toBe('account-exists');
  const bea = await makePerson('Bea');
  await bea.addDevice('phone');
  expect((await register(server.url, bea, { kind: 'host', code })).status).toBe(200);
});

test('check signups-by-invitation and open-registration-rate: without one only where registration is open, five a day', async () => {
  await using shut = await startServer();
  await using open = await startServer({ signups: 'open' });
  const people = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(makePerson));
  const statuses = [];
  for (const person of people) {
    await person.addDevice('phone');
    expect((await register(shut.url, person, { kind: 'none' })).code).toBe('invitation-refused');
    statuses.push((await register(open.url, person, { kind: 'none' })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
});

test('check signups-closed: nobody joins, with an invitation or without', async () => {
  await using server = await startServer({ signups: 'closed' });
  const anna = await makePerson('Anna');
  await anna.addDevice('phone');
  for (const invitation of [
    { kind: 'host', code: await server.invite() },
    { kind: 'offer', mailbox: boxId('x') },
    { kind: 'none' },
  ]) {
    expect((await register(server.url, anna, invitation)).code).toBe('signups-closed');
  }
});

test('check account-object: an account whose id is not the hash of its keys, or whose key fits every message, is refused', async () => {
  await using server = await startServer({ signups: 'open' });
  const anna = await makePerson('Anna');
  await anna.addDevice('phone');
  const body = { register: toBase64url(await anna.signObject('register', {})), grantLog: [] };
  const cut = anna.deviceLog.objects.map((bytes) => toBase64url(bytes.subarray(0, bytes.length - 1)));
  expect((await ask(server.url, 'POST', '/v1/accounts', { ...body, deviceLog: cut })).code).toBe(
    'object-refused',
  );
  const weak = bytesToPublicKey(Uint8Array.from([1, ...Array.from({ length: 31 }, () => 0)]));
  const { signObject } = await makePerson('Weak');
  const account = await signObject('account', {
    seq: 0,
    prev: ZERO_HASH,
    time: 0,
    signPk: weak,
    boxPk: weak,
  });
  const deviceLog = [toBase64url(account), toBase64url(account)];
  expect(accountIdOf(weak, weak)).toBeTypeOf('string');
  expect((await ask(server.url, 'POST', '/v1/accounts', { ...body, deviceLog })).code).toBe('object-refused');
});

test('check register-signature and register-origin: it must be signed by the identity, for this server', async () => {
  await using server = await startServer({ signups: 'open' });
  const anna = await makePerson('Anna');
  const bea = await makePerson('Bea');
  await anna.addDevice('phone');
  const deviceLog = anna.deviceLog.objects.map(toBase64url);
  const said = { origin: server.url, time: 0, invitation: { kind: 'none' } };
  const byBea = await bea.signObject('register', said);
  const elsewhere = await anna.signObject('register', { ...said, origin: 'https://elsewhere.example' });
  for (const bytes of [byBea, elsewhere]) {
    expect(
      (
        await ask(server.url, 'POST', '/v1/accounts', {
          register: toBase64url(bytes),
          deviceLog,
          grantLog: [],
        })
      ).code,
    ).toBe('object-refused');
  }
});

test('check device-count: eleven devices are one too many, ten and a revoked one are not', async () => {
  await using server = await startServer({ limits: { devices: 3 } });
  const { person, client } = await join(server, 'Anna');
  const second = await person.addDevice('second');
  await person.addDevice('third');
  await client.push({ deviceLog: person.deviceLog.objects });
  const kept = { ...person.deviceLog, objects: [...person.deviceLog.objects] };
  await person.addDevice('fourth');
  expect(await client.pushProblem({ deviceLog: person.deviceLog.objects })).toBe('quota-exceeded');
  Object.assign(person.deviceLog, { seq: kept.seq, hash: kept.hash });
  person.deviceLog.objects.length = kept.objects.length;
  await person.append(person.deviceLog, 'device-revoke', { dev: second.dev, cut: ZERO_HASH });
  await person.addDevice('fourth');
  expect(await client.pushProblem({ deviceLog: person.deviceLog.objects })).toBeNull();
});

test('check device-log-length: a device log does not grow for ever, and still revokes', async () => {
  await using server = await startServer({ limits: { deviceLogObjects: 3 } });
  const { person, client } = await join(server, 'Anna');
  const laptop = await person.addDevice('laptop');
  await client.push({ deviceLog: person.deviceLog.objects });
  const tip = { ...person.deviceLog };
  await person.addDevice('tablet');
  expect(await client.pushProblem({ deviceLog: person.deviceLog.objects })).toBe('quota-exceeded');
  const log = { ...tip, objects: [] };
  const revocation = await person.append(log, 'device-revoke', { dev: laptop.dev, cut: ZERO_HASH });
  expect(await client.pushProblem({ deviceLog: [revocation] })).toBeNull();
});

test('a restored device comes in without a session', async () => {
  await using server = await startServer();
  const { person } = await join(server, 'Anna');
  const restored = await person.addDevice('restored');
  const objects = person.deviceLog.objects.slice(-1).map(toBase64url);
  expect(await ask(server.url, 'POST', '/v1/device-log', { acct: person.acct, objects })).toMatchObject({
    body: { deviceLogSeq: 2 },
  });
  expect(await ask(server.url, 'POST', '/v1/device-log', { acct: person.acct, objects })).toMatchObject({
    body: { deviceLogSeq: 2 },
  });
  expect((await connect(server.url, restored)).token).toHaveLength(43);
});

test('check identity-signature: only the identity writes the log, and a stranger learns nothing of who is here', async () => {
  await using server = await startServer();
  const { person, device } = await join(server, 'Anna');
  const bea = await makePerson('Bea');
  const cert = {
    seq: 2,
    prev: person.deviceLog.hash,
    time: 0,
    dev: device.dev,
    signPk: device.key.publicKey,
    sealedName: '',
  };
  const forged = await device.signObject('device-cert', cert);
  const answers = [];
  for (const acct of [person.acct, bea.acct]) {
    const { status, body } = await ask(server.url, 'POST', '/v1/device-log', {
      acct,
      objects: [toBase64url(forged)],
    });
    answers.push({ status, body: JSON.stringify(body).replace('wrong-signer', 'forged') });
  }
  expect(answers[0]?.status).toBe(422);
  expect(answers[1]).toEqual(answers[0]);
});

test('check log-object-held and device-log-continues: the log goes on from where it is, or has moved', async () => {
  await using server = await startServer();
  const { person, client } = await join(server, 'Anna');
  const fork = { ...person.deviceLog, objects: [] };
  await person.addDevice('laptop');
  await client.push({ deviceLog: person.deviceLog.objects });
  const other = await makeDevice(person, 'other');
  const cert = { dev: other.dev, signPk: other.key.publicKey, sealedName: '' };
  const inItsPlace = await person.append(fork, 'device-cert', cert);
  expect(await client.pushProblem({ deviceLog: [inItsPlace] })).toBe('log-moved');
  const afterGap = await person.append(
    { ...person.deviceLog, seq: person.deviceLog.seq + 1, objects: [] },
    'device-cert',
    cert,
  );
  expect(await client.pushProblem({ deviceLog: [afterGap] })).toBe('log-moved');
  const wrongPrev = await person.append(
    { ...person.deviceLog, hash: ZERO_HASH, objects: [] },
    'device-cert',
    cert,
  );
  expect(await client.pushProblem({ deviceLog: [wrongPrev] })).toBe('log-moved');
});

test('a device certificate with a key that fits every message is refused', async () => {
  await using server = await startServer();
  const { person, client } = await join(server, 'Anna');
  const weak = bytesToPublicKey(Uint8Array.from([1, ...Array.from({ length: 31 }, () => 0)]));
  const cert = await person.append(person.deviceLog, 'device-cert', {
    dev: boxId('weak'),
    signPk: weak,
    sealedName: '',
  });
  expect(await client.pushProblem({ deviceLog: [cert] })).toBe('object-refused');
});

test('check host-accounts: a full server takes no account, tells those it has so, and leaves the invitation good', async () => {
  let free = 0;
  let now = Date.now();
  const limits = { accounts: 2 };
  await using server = await startServer({ clock: () => now, freeBytes: async () => free, limits });
  const people = await Promise.all(['Anna', 'Bea', 'Cem'].map(makePerson));
  const [anna, bea, cem] = people;
  if (!anna || !bea || !cem) throw new Error('three people');
  for (const person of people) await person.addDevice('phone');
  const code = await server.invite();
  expect((await register(server.url, anna, { kind: 'host', code })).code, 'no disk').toBe('server-full');
  free = 1e12;
  now += 5000;
  expect((await register(server.url, anna, { kind: 'host', code })).status).toBe(200);
  expect((await register(server.url, bea, { kind: 'host', code: await server.invite() })).status).toBe(200);
  expect((await register(server.url, cem, { kind: 'host', code: await server.invite() })).code).toBe(
    'server-full',
  );
  expect((await register(server.url, anna, { kind: 'host', code: await server.invite() })).code).toBe(
    'account-exists',
  );
});

test('check offer-admissions: an account lets in only so many by its sharing links', async () => {
  await using server = await startServer({ limits: { offerAdmissions: 1 } });
  const anna = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  const [first, second, other] = await Promise.all([
    offerOf(anna.client, 'first'),
    offerOf(anna.client, 'second'),
    offerOf(bea.client, 'other'),
  ]);
  const [berg, cole] = await Promise.all(['Dr Berg', 'Dr Cole'].map(makePerson));
  if (!berg || !cole) throw new Error('two clinicians');
  for (const one of [berg, cole]) await one.addDevice('laptop');
  expect((await register(server.url, berg, { kind: 'offer', mailbox: first })).status).toBe(200);
  expect((await register(server.url, cole, { kind: 'offer', mailbox: second })).code).toBe(
    'invitation-refused',
  );
  expect((await register(server.url, cole, { kind: 'offer', mailbox: other })).status).toBe(200);
});

async function offerOf(client: Client, name: string) {
  const id = boxId(name);
  const letter = utf8('sealed');
  const said = { origin: client.url, id, kind: 'offer', time: 0, hash: toBase64url(sha256(letter)) };
  const object = toBase64url(await client.device.signObject('mailbox', said));
  await client.ask('PUT', `/v1/mailbox/${id}`, { object, letter: toBase64url(letter) });
  return id;
}

test('check signups-closed: a sharing link that is open admits nobody while its server is closed', async () => {
  using folder = mkdtempDisposableSync(path.join(tmpdir(), 'evenkeel-closed-'));
  const database = path.join(folder.path, 'evenkeel.sqlite');
  const berg = await makePerson('Dr Berg');
  await berg.addDevice('laptop');
  let mailbox = '';
  {
    await using server = await startServer({ database });
    const { client } = await join(server, 'Anna');
    mailbox = await offerOf(client, 'offer');
  }
  const joins = async (signups: 'closed' | 'invite') => {
    await using server = await startServer({ database, signups });
    return await register(server.url, berg, { kind: 'offer', mailbox });
  };
  expect((await joins('closed')).code).toBe('signups-closed');
  expect((await joins('invite')).status, 'it was open all the time').toBe(200);
});

test('the sharing links of a suspended account admit nobody', async () => {
  await using server = await startServer();
  const { person, client } = await join(server, 'Anna');
  const id = await offerOf(client, 'offer');
  await server.store.suspend(person.acct, true);
  const berg = await makePerson('Dr Berg');
  await berg.addDevice('laptop');
  const joins = () => register(server.url, berg, { kind: 'offer', mailbox: id });
  expect((await joins()).code).toBe('invitation-refused');
  await server.store.suspend(person.acct, false);
  expect((await joins()).status).toBe(200);
});

test('check device-log-account-active and account-active: a suspended account does nothing', async () => {
  await using server = await startServer();
  const { person, client, device } = await join(server, 'Anna');
  await server.store.suspend(person.acct, true);
  await person.addDevice('laptop');
  const objects = person.deviceLog.objects.slice(-1).map(toBase64url);
  expect((await ask(server.url, 'POST', '/v1/device-log', { acct: person.acct, objects })).code).toBe(
    'account-suspended',
  );
  expect(await client.pushProblem({ envelopes: [] })).toBe('account-suspended');
  expect((await openSession(server.url, device)).code).toBe('account-suspended');
  await server.store.suspend(person.acct, false);
  expect(await client.pushProblem({ envelopes: [] })).toBeNull();
});

test('the recovery wrap comes back under its id with both logs, and no other id answers', async () => {
  await using server = await startServer();
  const { person, client } = await join(server, 'Anna');
  const id = boxId('recovery');
  expect((await client.ask('PUT', '/v1/recovery', { id, wrap: 'AQID' })).status).toBe(204);
  expect(await ask(server.url, 'GET', `/v1/recovery/${id}`)).toMatchObject({
    status: 200,
    body: {
      acct: person.acct,
      wrap: 'AQID',
      deviceLog: person.deviceLog.objects.map(toBase64url),
      grantLog: [],
    },
  });
  const unknown = await ask(server.url, 'GET', `/v1/recovery/${boxId('no such')}`);
  const nonsense = await ask(server.url, 'GET', '/v1/recovery/nonsense');
  expect(unknown.code).toBe('not-found');
  expect(nonsense.body).toEqual(unknown.body);
});

test('check recovery-replaced-by-signature and recovery-object: a stolen session cannot replace what the kit opens', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const sign = async (id: string, wrap: string, kind = 'recovery') =>
    toBase64url(
      await device.signObject('mailbox', {
        origin: server.url,
        id,
        kind,
        time: 0,
        hash: toBase64url(sha256(Buffer.from(wrap, 'base64url'))),
      }),
    );
  const put = (id: string, wrap: string, object?: string) =>
    client.ask('PUT', '/v1/recovery', { id, wrap, ...(object === undefined ? {} : { object }) });
  await put(boxId('1'), 'AQID');
  expect((await put(boxId('1'), 'AQID')).status).toBe(204);
  expect((await put(boxId('2'), 'BAUG')).code).toBe('object-refused');
  expect((await put(boxId('2'), 'BAUG', await sign(boxId('2'), 'AQID'))).code).toBe('object-refused');
  expect((await put(boxId('2'), 'BAUG', await sign(boxId('2'), 'BAUG', 'offer'))).code).toBe(
    'object-refused',
  );
  expect((await put(boxId('2'), 'BAUG', await sign(boxId('2'), 'BAUG'))).status).toBe(204);
  expect((await ask(server.url, 'GET', `/v1/recovery/${boxId('1')}`)).code).toBe('not-found');
  expect((await ask(server.url, 'GET', `/v1/recovery/${boxId('2')}`)).status).toBe(200);
});

test('check recovery-id-unused: nobody puts their wrap under an id of somebody else', async () => {
  await using server = await startServer();
  const anna = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  await anna.client.ask('PUT', '/v1/recovery', { id: boxId('1'), wrap: 'AQID' });
  expect((await bea.client.ask('PUT', '/v1/recovery', { id: boxId('1'), wrap: 'BAUG' })).code).toBe(
    'object-refused',
  );
  expect(await ask(server.url, 'GET', `/v1/recovery/${boxId('1')}`)).toMatchObject({
    body: { wrap: 'AQID' },
  });
});

test('the test client makes the same keys from the same name', async () => {
  expect((await signingKey('x')).publicKey).toBe((await signingKey('x')).publicKey);
});
