import { ZERO_HASH, toBase64url, z } from '@evenkeel/protocol';
import { makeCertificate } from '@evenkeel/test-kit/certificate';
import { startPushService } from '@evenkeel/test-kit/push-service';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { registered } from '../store/store-suite.ts';
import { startServer } from '../start-server.ts';
import { type Client, ask, connect, join } from '../test-client.ts';
import { ringer } from './ringer.ts';
import { startNameServer } from './name-server.test-support.ts';
import { isPublicAddress, isPublicName, publicLookup } from './public-lookup.ts';
import { makePushKeys, sendPush } from './push-request.ts';

const MINUTE = 60_000;
const NOW = Math.floor(Date.now() / MINUTE) * MINUTE;

async function leave(
  client: Client,
  push: { readonly endpoint: string; readonly at: readonly number[] } | null,
  changed: Readonly<Record<string, unknown>> = {},
) {
  const object = await client.device.signObject('ring-plan', {
    origin: client.url,
    time: NOW,
    push,
    ...changed,
  });
  return client.ask('PUT', '/v1/rings', { object: toBase64url(object) });
}

const heldSchema = z.object({ pushKey: z.string(), at: z.nullable(z.array(z.number())) });
const held = async (client: Client) => heldSchema.parse((await client.ask('GET', '/v1/rings')).body);
const AWAY = 'https://push.example/send/anna';

test('a device is woken at its moment, once, by a signed push with nothing in it', async () => {
  let now = NOW;
  await using service = await startPushService();
  await using server = await startServer({
    clock: () => now,
    pushReach: { to: 'everywhere', ca: service.ca },
  });
  const { client } = await join(server, 'Anna');
  const at = [NOW + 5 * MINUTE, NOW + 60 * MINUTE];
  expect((await leave(client, { endpoint: service.endpoint('anna'), at })).status).toBe(204);
  await server.ringDue();
  expect(service.taken).toEqual([]);

  now = NOW + 5 * MINUTE;
  await server.ringDue();
  await server.ringDue();
  const { pushKey } = await held(client);
  expect(service.refused).toEqual([]);
  expect(service.taken).toEqual([
    { path: '/send/anna', bodyBytes: 0, ttl: 1800, pushKey, subject: expect.stringContaining('operator@') },
  ]);
  expect((await held(client)).at).toEqual([NOW + 60 * MINUTE]);
});

test('a limit: what was answered on another device rings on this one, until it is opened and plans anew', async () => {
  let now = NOW;
  await using service = await startPushService();
  await using server = await startServer({
    clock: () => now,
    pushReach: { to: 'everywhere', ca: service.ca },
  });
  const { person, client } = await join(server, 'Anna');
  const second = await person.addDevice('laptop');
  const cert = person.deviceLog.objects.slice(-1).map(toBase64url);
  await ask(server.url, 'POST', '/v1/device-log', { acct: person.acct, objects: cert });
  const laptop = await connect(server.url, second);
  const at = [NOW + 5 * MINUTE];
  await leave(client, { endpoint: service.endpoint('phone'), at });
  await leave(laptop, { endpoint: service.endpoint('laptop'), at });
  // The reminder is answered on the laptop, which plans anew; the phone stays in a pocket.
  expect((await leave(laptop, null, { time: NOW + 1 })).status).toBe(204);
  now = NOW + 5 * MINUTE;
  await server.ringDue();
  expect(service.taken.map(({ path }) => path)).toEqual(['/send/phone']);
});

test('after a pause of the server what is too late is dropped: no storm of old reminders', async () => {
  let now = NOW;
  await using service = await startPushService();
  await using server = await startServer({
    clock: () => now,
    pushReach: { to: 'everywhere', ca: service.ca },
  });
  const { client } = await join(server, 'Anna');
  const daily = Array.from({ length: 20 }, (_, day) => NOW + (day + 1) * 1440 * MINUTE);
  await leave(client, { endpoint: service.endpoint('anna'), at: daily });
  now = NOW + 10 * 1440 * MINUTE + 11 * MINUTE;
  await server.ringDue();
  expect(service.taken).toEqual([]);
  now = NOW + 12 * 1440 * MINUTE + 9 * MINUTE;
  await server.ringDue();
  expect(service.taken).toHaveLength(1);
});

test('the key that push services know is made once and outlives a restart', async () => {
  const folder = await mkdtemp(joinPath(tmpdir(), 'evenkeel-rings-'));
  try {
    const file = joinPath(folder, 'evenkeel.sqlite');
    const first = openSqliteStore(file);
    const made = await first.pushKeys(makePushKeys);
    await first.close();
    const second = openSqliteStore(file);
    expect(await second.pushKeys(makePushKeys)).toEqual(made);
    await second.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('check ring-plan-gone: a subscription that its push service forgot is forgotten here', async () => {
  let now = NOW;
  await using service = await startPushService();
  await using server = await startServer({
    clock: () => now,
    pushReach: { to: 'everywhere', ca: service.ca },
  });
  const { client } = await join(server, 'Anna');
  await leave(client, { endpoint: service.endpoint('anna'), at: [NOW + MINUTE, NOW + 90 * MINUTE] });
  service.forget('anna');
  now = NOW + MINUTE;
  await server.ringDue();
  expect((await held(client)).at).toBeNull();
});

test('a device that is not to be woken any more leaves neither address nor moment', async () => {
  await using server = await startServer({ clock: () => NOW });
  const { client } = await join(server, 'Anna');
  expect((await held(client)).at).toBeNull();
  await leave(client, { endpoint: AWAY, at: [NOW + MINUTE] });
  expect((await held(client)).at).toEqual([NOW + MINUTE]);
  expect((await leave(client, null, { time: NOW + 1 })).status).toBe(204);
  expect((await held(client)).at).toBeNull();
});

test('a device that was removed is not woken', async () => {
  let now = NOW;
  await using service = await startPushService();
  await using server = await startServer({
    clock: () => now,
    pushReach: { to: 'everywhere', ca: service.ca },
  });
  const { person, client } = await join(server, 'Anna');
  await leave(client, { endpoint: service.endpoint('anna'), at: [NOW + MINUTE] });
  const cut = await person.append(person.deviceLog, 'device-revoke', {
    dev: client.device.dev,
    cut: ZERO_HASH,
  });
  const answer = await ask(server.url, 'POST', '/v1/device-log', {
    acct: person.acct,
    objects: [toBase64url(cut)],
  });
  expect(answer.code).toBeNull();
  now = NOW + MINUTE;
  await server.ringDue();
  expect(service.taken).toEqual([]);
});

test('check ring-plan-newer: an older plan does not come back, not even after the device took it back', async () => {
  await using server = await startServer({ clock: () => NOW });
  const { client } = await join(server, 'Anna');
  const push = { endpoint: AWAY, at: [NOW + MINUTE] };
  expect((await leave(client, push)).status).toBe(204);
  expect((await leave(client, null, { time: NOW + 1 })).status).toBe(204);
  expect((await leave(client, push)).code).toBe('object-refused');
  expect((await held(client)).at).toBeNull();
});

test('check ring-plan-signature: a session alone wakes nobody', async () => {
  await using server = await startServer({ clock: () => NOW });
  const anna = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  const object = await bea.device.signObject('ring-plan', {
    origin: server.url,
    time: NOW,
    push: { endpoint: AWAY, at: [NOW + MINUTE] },
  });
  const answer = await anna.client.ask('PUT', '/v1/rings', { object: toBase64url(object) });
  expect(answer.code).toBe('object-refused');
  expect((await held(anna.client)).at).toBeNull();
});

test('a plan that another device of the same account has signed stands for no other one', async () => {
  await using server = await startServer({ clock: () => NOW });
  const { person, client } = await join(server, 'Anna');
  const laptop = await person.addDevice('laptop');
  await client.push({ deviceLog: person.deviceLog.objects });
  const object = await laptop.signObject('ring-plan', {
    origin: server.url,
    time: NOW,
    push: { endpoint: AWAY, at: [NOW + MINUTE] },
  });
  const answer = await client.ask('PUT', '/v1/rings', { object: toBase64url(object) });
  expect(answer.code).toBe('object-refused');
  expect((await held(client)).at).toBeNull();
});

test('check ring-plan-origin: a plan for another server is none here', async () => {
  await using server = await startServer({ clock: () => NOW });
  const { client } = await join(server, 'Anna');
  const push = { endpoint: AWAY, at: [NOW + MINUTE] };
  expect((await leave(client, push, { origin: 'https://other.example' })).code).toBe('object-refused');
});

test('check ring-plan-endpoint: nothing is sent to this machine or its own network', async () => {
  await using server = await startServer({ clock: () => NOW });
  const { client } = await join(server, 'Anna');
  for (const host of ['localhost', '127.0.0.1', '[::1]', '10.0.0.7', 'router', 'nas.local', '2130706433'])
    expect((await leave(client, { endpoint: `https://${host}/a`, at: [] })).code, host).toBe(
      'object-refused',
    );
  expect((await leave(client, { endpoint: 'http://push.example/a', at: [] })).code).toBe('object-refused');
});

test('check ring-plan-future: a plan of a clock that is far ahead does not stand in the way of the ones after it', async () => {
  await using server = await startServer({ clock: () => NOW });
  const { client } = await join(server, 'Anna');
  const push = { endpoint: AWAY, at: [NOW + MINUTE] };
  expect((await leave(client, push, { time: NOW + 2 * 1440 * MINUTE })).code).toBe('object-refused');
  expect((await leave(client, push, { time: NOW + 60 * MINUTE })).status).toBe(204);
});

test('a push service that never finishes its answer, or never stops it, keeps nobody waiting', async () => {
  const { cert, key } = makeCertificate(['localhost']);
  const open = new Set<Socket>();
  const service = createTlsServer({ cert, key }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    socket.once('data', (asked) => {
      const isEndless = asked.toString().startsWith('POST /endless');
      socket.write(
        isEndless ? 'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n' : 'HTTP/1.1 201 Created\r\n',
      );
      const drip = setInterval(() => socket.write(isEndless ? '1\r\na\r\n' : 'X-More: a\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const address = service.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const options = {
    keys: makePushKeys(),
    origin: 'https://diary.example',
    reach: { to: 'everywhere', ca: cert },
    longestMs: 500,
  } as const;
  expect(await sendPush(`https://localhost:${port}/dripping`, options)).toBe('failed');
  expect(await sendPush(`https://localhost:${port}/endless`, options)).toBe('sent');
  await expect.poll(() => open.size).toBe(0);
  await new Promise((resolve) => service.close(resolve));
});

test('a server that stops waits for the pushes that are under way, and begins no others', async () => {
  const { cert, key } = makeCertificate(['localhost']);
  let asked = 0;
  const service = createTlsServer({ cert, key }, (socket) => {
    socket.on('error', () => undefined).once('data', () => (asked += 1));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const address = service.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const store = openSqliteStore(':memory:');
  const push = { endpoint: `https://localhost:${port}/silent`, at: [NOW + MINUTE] };
  for (let at = 0; at < 40; at += 1) {
    const { person, device } = await registered(store, `Person ${at}`);
    await store.putRingPlan(person.acct, device.dev, { time: NOW, push }, NOW);
  }
  const ringing = ringer({
    store,
    clock: () => NOW + MINUTE,
    log: pino({ level: 'silent' }),
    keys: makePushKeys(),
    origin: 'https://diary.example',
    reach: { to: 'everywhere', ca: cert },
    longestMs: 700,
  });
  const ringing40 = ringing.ringDue();
  await expect.poll(() => asked).toBeGreaterThan(0);
  await ringing.stop();
  await ringing40;
  expect(asked).toBeLessThanOrEqual(16);
  await store.close();
  await new Promise((resolve) => service.close(resolve));
});

test('a name server that keeps silent keeps no file waiting: names are not looked up on the threads that read files', async () => {
  await using names = await startNameServer(null);
  const options = { keys: makePushKeys(), origin: 'https://diary.example', nameServers: [names.address] };
  const sending = Array.from({ length: 16 }, () =>
    sendPush('https://push.example/send/anna', { ...options, longestMs: 1500 }),
  );
  await expect.poll(names.asked).toBeGreaterThan(0);
  expect(process.getActiveResourcesInfo()).not.toContain('GetAddrInfoReqWrap');
  expect(new Set(await Promise.all(sending))).toEqual(new Set(['failed']));
});

test('a push goes to no name that has a private address among its own, whatever stands beside it', async () => {
  for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.7'], ['fd00:0:0:0:0:0:0:1'], []]) {
    await using names = await startNameServer(addresses);
    expect(await lookedUp(names.address), addresses.join()).toBeNull();
  }
  await using names = await startNameServer(['2606:4700:0:0:0:0:0:1111', '8.8.8.8']);
  expect(await lookedUp(names.address)).toEqual(['8.8.8.8', '2606:4700::1111']);
});

/** What a connection would be made to; null when there is nowhere to go. */
function lookedUp(nameServer: string): Promise<readonly string[] | null> {
  return new Promise((resolve) =>
    publicLookup([nameServer])('push.example', { all: true }, (fault, found) =>
      resolve(fault === null && Array.isArray(found) ? found.map(({ address }) => address) : null),
    ),
  );
}

test('a public name that leads to a private address is not followed there', async () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '64:ff9b:1::a00:1',
    '2002:a00:1::1',
    'fec0::1',
  ])
    expect(isPublicAddress(address), address).toBe(false);
  for (const address of ['198.51.100.7', '2606:4700::1111', '8.8.8.8'])
    expect(isPublicAddress(address), address).toBe(true);
  expect(isPublicName('push.example')).toBe(true);
  await using service = await startPushService();
  const options = { keys: makePushKeys(), origin: 'https://diary.example' };
  expect(await sendPush(service.endpoint('anna'), options)).toBe('failed');
  expect(service.taken).toEqual([]);
});
