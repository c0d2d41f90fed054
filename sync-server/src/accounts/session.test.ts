import { ZERO_HASH, challengeReplySchema, sessionSignedBytes, toBase64url } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import { type Device, ask, connect, join, makePerson, openSession } from '../test-client.ts';

async function challengeFor(url: string, device: Device): Promise<string> {
  const answer = await ask(url, 'POST', '/v1/session/challenge', {
    acct: device.person.acct,
    dev: device.dev,
  });
  return challengeReplySchema.parse(answer.body).challenge;
}
async function answerChallenge(url: string, device: Device, challenge: string, origin = url) {
  const { acct } = device.person;
  const signature = toBase64url(
    await device.key.sign(sessionSignedBytes(origin, acct, device.dev, challenge)),
  );
  return ask(url, 'POST', '/v1/session', { acct, dev: device.dev, challenge, signature });
}

test('check challenge and challenge-one-use: a challenge opens one session, and only one that was issued', async () => {
  await using server = await startServer();
  const { device } = await join(server, 'Anna');
  const challenge = await challengeFor(server.url, device);
  expect((await answerChallenge(server.url, device, challenge)).status).toBe(200);
  expect((await answerChallenge(server.url, device, challenge)).code).toBe('challenge-expired');
  expect((await answerChallenge(server.url, device, ZERO_HASH)).code).toBe('challenge-expired');
});

test('check challenge-life: a challenge is over after a minute', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now });
  const { device } = await join(server, 'Anna');
  const challenge = await challengeFor(server.url, device);
  now += 60_000;
  expect((await answerChallenge(server.url, device, challenge)).code).toBe('challenge-expired');
});

test('check challenge-bound: a challenge for one device does nothing for another', async () => {
  await using server = await startServer();
  const anna = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  const challenge = await challengeFor(server.url, anna.device);
  expect((await answerChallenge(server.url, bea.device, challenge)).code).toBe('challenge-expired');
});

test('check session-signature: another key, or a signature for another origin, opens nothing', async () => {
  await using server = await startServer();
  const { device, person } = await join(server, 'Anna');
  const stranger = await (await makePerson('Stranger')).addDevice('phone');
  const relayed = await answerChallenge(
    server.url,
    device,
    await challengeFor(server.url, device),
    'https://evil.example',
  );
  expect(relayed.code).toBe('session-refused');
  const posing: Device = { ...device, key: stranger.key };
  expect((await answerChallenge(server.url, posing, await challengeFor(server.url, posing))).code).toBe(
    'session-refused',
  );
  expect(person.acct).not.toBe(stranger.person.acct);
});

test('an account nobody knows is answered like one whose signature does not fit', async () => {
  await using server = await startServer();
  const { device } = await join(server, 'Anna');
  const stranger = await (await makePerson('Stranger')).addDevice('phone');
  const unknown = await openSession(server.url, stranger);
  const misfit = await openSession(server.url, { ...device, key: stranger.key });
  expect(unknown.code).toBe('session-refused');
  expect({ status: unknown.status, body: unknown.body }).toEqual({
    status: misfit.status,
    body: misfit.body,
  });
});

test('check token: no token, a wrong one and a closed one are no session', async () => {
  await using server = await startServer();
  const { client } = await join(server, 'Anna');
  const pull = { reads: [{ kind: 'grants' }], limit: 1 };
  expect(await ask(server.url, 'POST', '/v1/pull', pull)).toMatchObject({
    status: 401,
    code: 'session-needed',
  });
  const wrong = await ask(server.url, 'POST', '/v1/pull', pull, { Authorization: `Bearer ${ZERO_HASH}` });
  expect(wrong.code).toBe('session-needed');
  expect(wrong.headers.get('www-authenticate')).toBe('Bearer');
  expect((await client.ask('DELETE', '/v1/session')).status).toBe(204);
  expect((await client.ask('POST', '/v1/pull', pull)).code).toBe('session-needed');
});

test('check session-idle: thirty minutes without a request end it', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now });
  const { client } = await join(server, 'Anna');
  now += 29 * 60_000;
  expect(await client.pushProblem({})).toBeNull();
  now += 29 * 60_000;
  expect(await client.pushProblem({})).toBeNull();
  now += 30 * 60_000;
  expect(await client.pushProblem({})).toBe('session-needed');
});

test('check session-count: a device has only so many sessions, and opening one more closes the oldest', async () => {
  await using server = await startServer({ limits: { sessionsPerDevice: 2 } });
  const { client, device } = await join(server, 'Anna');
  const second = await connect(server.url, device);
  const bea = await join(server, 'Bea');
  const third = await connect(server.url, device);
  expect(await client.pushProblem({})).toBe('session-needed');
  for (const open of [second, third, bea.client]) expect(await open.pushProblem({})).toBeNull();
});

test('check session-most: twelve hours end it, used or not', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now });
  const { client } = await join(server, 'Anna');
  const codes = [];
  for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
    now += 20 * 60_000;
    codes.push(await client.pushProblem({}));
  }
  expect(codes.slice(0, -1).every((code) => code === null)).toBe(true);
  expect(codes.at(-1)).toBe('session-needed');
});

test('check session-most: a clock that was years ahead and was set right leaves no session that lasts years', async () => {
  const right = Date.now();
  let now = right + 3 * 365 * 86_400_000;
  await using server = await startServer({ clock: () => now });
  const { client } = await join(server, 'Anna');
  now = right;
  expect(await client.pushProblem({})).toBe('session-needed');
});

test('checks session-idle and challenge-life: a clock that is set back leaves neither open for longer', async () => {
  const right = Date.now();
  let now = right;
  await using server = await startServer({ clock: () => now });
  const { client, device } = await join(server, 'Anna');
  const challenge = await challengeFor(server.url, device);
  now = right - 60 * 60_000;
  expect(await client.pushProblem({})).toBe('session-needed');
  expect((await answerChallenge(server.url, device, challenge)).code).toBe('challenge-expired');
});

test('check session-device-not-revoked and session-opens-for-device: a revoked device is told so and reads nothing', async () => {
  await using server = await startServer();
  const { client, person } = await join(server, 'Anna');
  const laptop = await person.addDevice('laptop');
  await client.push({ deviceLog: person.deviceLog.objects });
  const there = await connect(server.url, laptop);
  await client.push({
    deviceLog: [await person.append(person.deviceLog, 'device-revoke', { dev: laptop.dev, cut: ZERO_HASH })],
  });
  expect((await there.ask('POST', '/v1/pull', { reads: [{ kind: 'grants' }], limit: 1 })).code).toBe(
    'device-revoked',
  );
  expect((await openSession(server.url, laptop)).code).toBe('device-revoked');
});
