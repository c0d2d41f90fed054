import { connect as connectSocket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Bytes, toBase64url, z } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { ROUTES } from './app.ts';
import { startServer } from './start-server.ts';
import { ask, begin, grantOf, join, receipts, readGrant } from './test-client.ts';

const CHALLENGE = { acct: 'A'.repeat(22), dev: 'A'.repeat(22) };

function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
) {
  return fetch(`${url}/v1/session/challenge`, { method: 'POST', body, headers });
}
async function codeOf(reply: Response): Promise<string> {
  return z.object({ code: z.string() }).parse(await reply.json()).code;
}

test('check content-type: only application/json is read', async () => {
  await using server = await startServer();
  const body = JSON.stringify(CHALLENGE);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
    expect(await codeOf(await post(server.url, body, { 'Content-Type': type }))).toBe('wrong-content-type');
  }
  expect((await post(server.url, body, { 'Content-Type': 'application/json; charset=utf-8' })).status).toBe(
    200,
  );
});

test('check origin: another site’s page is refused, the own page and programs without one are not', async () => {
  await using server = await startServer();
  const body = JSON.stringify(CHALLENGE);
  const from = (origin: string) =>
    post(server.url, body, { 'Content-Type': 'application/json', Origin: origin });
  expect(await codeOf(await from('https://evil.example'))).toBe('wrong-origin');
  expect(await codeOf(await from('null'))).toBe('wrong-origin');
  expect((await from(server.url)).status).toBe(200);
});

test('check strict-body: an unknown field, a missing one, a wrong type and broken JSON are refused without being repeated', async () => {
  await using server = await startServer();
  const bodies = [
    { ...CHALLENGE, secretcanary: 1 },
    { acct: CHALLENGE.acct },
    { ...CHALLENGE, dev: 'secretcanary' },
    [],
  ];
  for (const body of bodies) {
    const answer = await ask(server.url, 'POST', '/v1/session/challenge', body);
    expect(answer).toMatchObject({ status: 400, code: 'malformed-request' });
    expect(JSON.stringify(answer.body)).not.toContain('secretcanary');
  }
  const broken = await post(server.url, '{"secretcanary"', { 'Content-Type': 'application/json' });
  expect(broken.headers.get('content-type')).toContain('application/problem+json');
  expect(await codeOf(broken)).toBe('malformed-request');
});

test('check body-size-before-reading: a body that says it is too large is refused before it is sent', async () => {
  await using server = await startServer();
  const { hostname, port } = new URL(server.url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connectSocket(Number(port), hostname, () => {
      socket.write(
        `POST /v1/session/challenge HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\n` +
          'Content-Encoding: gzip\r\nContent-Length: 2000000\r\n\r\n',
      );
    });
    socket.setTimeout(3000, () => {
      socket.destroy();
      resolve('no answer');
    });
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
    socket.once('error', reject);
  });
  expect(answer).toContain('413');
});

test('a gzip body is taken, and its limit counts what it unfolds to', async () => {
  await using server = await startServer();
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
  expect((await post(server.url, new Uint8Array(gzipSync(JSON.stringify(CHALLENGE))), headers)).status).toBe(
    200,
  );
  const bomb = new Uint8Array(gzipSync(`"${'a'.repeat(8_000_000)}"`));
  expect(bomb.length).toBeLessThan(20_000);
  expect(await codeOf(await post(server.url, bomb, headers))).toBe('too-large');
});

test('every problem is RFC 9457, with a page of its own and no stack', async () => {
  await using server = await startServer();
  for (const [method, path] of [
    ['GET', '/v1/nothing'],
    ['PUT', '/v1/push'],
    ['POST', '/v1/push'],
    ['GET', '/v1/%zz'],
  ] as const) {
    const answer = await ask(server.url, method, path);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(JSON.stringify(answer.body)).not.toMatch(/ at |node_modules|\.ts/);
    expect(answer.body).toMatchObject({ type: `/problems/${answer.code}`, status: answer.status });
  }
});

test('another method is answered with those that there are', async () => {
  await using server = await startServer();
  const answer = await ask(server.url, 'PUT', '/v1/session', {});
  expect(answer).toMatchObject({ status: 405, code: 'method-not-allowed' });
  expect(answer.headers.get('allow')).toBe('POST, DELETE');
});

test('checks address-rate and device-rate: who asks too often is told when to come back', async () => {
  await using server = await startServer({ limits: { requestsPerMinute: 12 } });
  const { client } = await join(server, 'Anna');
  const strangers = [];
  for (let i = 0; i < 12; i += 1) strangers.push((await ask(server.url, 'GET', '/v1/server')).status);
  expect(strangers.at(0)).toBe(200);
  expect(strangers.at(-1)).toBe(429);
  const own = [];
  for (let i = 0; i < 13; i += 1)
    own.push(await client.ask('POST', '/v1/pull', { reads: [{ kind: 'grants' }], limit: 1 }));
  expect(own.slice(0, 12).every(({ status }) => status === 200)).toBe(true);
  expect(own.at(-1)?.code).toBe('rate-limited');
  expect(Number(own.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a burst is smaller than a minute’s worth', async () => {
  await using server = await startServer({ limits: { requestBurst: 5 } });
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(server.url, 'GET', '/v1/server')));
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
});

test('checks device-at-once and address-at-once: nobody keeps many requests open, and one that is over makes room', async () => {
  await using server = await startServer({ limits: { requestsAtOnce: 1, requestsAtOncePerAddress: 1 } });
  const { client } = await join(server, 'Anna');
  for (const [path, again] of [
    ['/v1/push', () => client.ask('POST', '/v1/push', {})],
    ['/v1/session/challenge', () => ask(server.url, 'GET', '/v1/server')],
  ] as const) {
    const { socket, said } = await begin(server.url, path, client.token);
    await expect.poll(async () => (await again()).code).toBe('rate-limited');
    socket.write('}');
    await expect.poll(said).toMatch(/HTTP\/1\.1 (200|400)/);
    await expect.poll(async () => (await again()).status).toBe(200);
    socket.destroy();
  }
});

test('a connection on which nothing moves is closed, and what it had begun makes room', async () => {
  await using server = await startServer({ stillMs: 200, limits: { requestsAtOnce: 1 } });
  const { client } = await join(server, 'Anna');
  const { socket } = await begin(server.url, '/v1/push', client.token);
  await expect.poll(() => socket.closed, { timeout: 5000 }).toBe(true);
  await expect.poll(async () => (await client.ask('POST', '/v1/push', {})).status).toBe(200);
});

test('check push-rate: pushes have their own limit', async () => {
  await using server = await startServer({ limits: { pushesPerMinute: 2 } });
  const { client } = await join(server, 'Anna');
  expect([await client.pushProblem({}), await client.pushProblem({}), await client.pushProblem({})]).toEqual([
    null,
    null,
    'rate-limited',
  ]);
});

test('check receipt-rate: reads of one grant have their own limit', async () => {
  await using server = await startServer({ limits: { receiptsPerMinute: 1 } });
  const { client } = await join(server, 'Anna');
  const chain = receipts(client, 'none');
  await readGrant(client, chain, 'none');
  const read = {
    kind: 'grant',
    grant: 'A'.repeat(22),
    since: '0.0',
    have: { deviceLog: 0, grantLog: 0, side: 0 },
    receipt: toBase64url(await chain.next('0.0')),
  };
  expect((await client.ask('POST', '/v1/pull', { reads: [read, read], limit: 1 })).code).toBe('rate-limited');
});

test('check recovery-rate: recovery ids cannot be tried quickly', async () => {
  await using server = await startServer({ limits: { recoveryReadsPerMinutePerAddress: 2 } });
  const codes = [];
  for (let i = 0; i < 3; i += 1)
    codes.push((await ask(server.url, 'GET', `/v1/recovery/${'A'.repeat(22)}`)).code);
  expect(codes).toEqual(['not-found', 'not-found', 'rate-limited']);
});

test('check recovery-at-once: whole logs, however large, are sent to one address only so often at once', async () => {
  await using server = await startServer({ limits: { activeGrants: 1000 } });
  const { client, person } = await join(server, 'Anna');
  const berg = await join(server, 'Dr Berg');
  const sealed = 'A'.repeat(16_384);
  const large = { to: berg.person.acct, streams: [], notBefore: 0, expires: null, standing: false };
  for (let pushed = 0; pushed < 300; pushed += 15) {
    const grantLog: Bytes[] = [];
    for (let at = pushed; at < pushed + 15; at += 1) {
      const said = { ...large, grant: grantOf(`g${at}`), sealedToGrantee: sealed, sealedToOwner: sealed };
      grantLog.push(await person.append(person.grantLog, 'grant', said));
    }
    await client.push({ grantLog });
  }
  const id = 'A'.repeat(22);
  await client.ask('PUT', '/v1/recovery', { id, wrap: 'AAAA' });
  const { port } = new URL(server.url);
  const deaf = [connectSocket(Number(port), '127.0.0.1'), connectSocket(Number(port), '127.0.0.1')];
  for (const socket of deaf) {
    socket.write(`GET /v1/recovery/${id} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    await new Promise<void>((resolve) => {
      socket.once('data', () => resolve(void socket.pause()));
    });
  }
  expect((await ask(server.url, 'GET', `/v1/recovery/${id}`)).code).toBe('rate-limited');
  for (const socket of deaf) socket.destroy();
  await expect
    .poll(async () => (await ask(server.url, 'GET', `/v1/recovery/${id}`)).status, {
      timeout: 20_000,
      interval: 500,
    })
    .toBe(200);
}, 60_000);

test('every route under /v1 is in the OpenAPI page, with its schemas, and the page has no others', async () => {
  await using server = await startServer();
  const { body } = await ask(server.url, 'GET', '/v1/openapi.json');
  const operation = z.object({
    responses: z.record(z.string(), z.unknown()),
    requestBody: z.optional(z.unknown()),
  });
  const page = z
    .object({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.record(z.string(), operation)) })
    .parse(body);
  const listed = Object.entries(page.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const routes = ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(listed.toSorted()).toEqual(routes.toSorted());
  expect(listed).toHaveLength(19);
  for (const route of ROUTES) {
    const found = page.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method];
    expect(found?.requestBody !== undefined).toBe(route.method === 'post' || route.method === 'put');
  }
  expect(JSON.stringify(page)).toContain('"additionalProperties":false');
});

test('the same answer is compressed for who asks, and is the same', async () => {
  await using server = await startServer();
  const reply = await fetch(`${server.url}/v1/openapi.json`, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(reply.headers.get('content-encoding')).toBe('gzip');
  expect(await reply.json()).toHaveProperty('openapi');
});
