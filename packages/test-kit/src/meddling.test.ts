import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startEvilServer } from './evil-server.ts';

/** A real server of the simplest kind: it answers with what it was told. */
async function startEcho() {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      heard.push(request.headers['content-encoding'] === 'gzip' ? 'gzip' : body.toString());
      response.setHeader('content-type', 'application/json');
      response.setHeader('x-kept', 'yes');
      response.end(JSON.stringify({ path: request.url, bytes: body.length }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return {
    heard,
    address: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const post = (address: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${address}/v1/x`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

test('an honest exchange passes unchanged and counts nothing', async () => {
  const echo = await startEcho();
  await using evil = await startEvilServer(echo.address);
  const reply = await post(evil.address, '{"a":1}');
  expect([reply.status, reply.headers.get('x-kept'), await reply.json()]).toEqual([
    200,
    'yes',
    { path: '/v1/x', bytes: 7 },
  ]);
  await fetch(`${evil.address}/v1/x`, {
    method: 'POST',
    body: gzipSync('{"a":1}'),
    headers: { 'content-encoding': 'gzip' },
  });
  expect(echo.heard).toEqual(['{"a":1}', 'gzip']);
  expect(evil.delivered()).toEqual({ replies: 0, bytes: 0 });
  await echo.close();
});

test('what was changed in an answer is counted byte by byte, and nothing more after it behaves', async () => {
  const echo = await startEcho();
  await using evil = await startEvilServer(echo.address);
  evil.attack({ onReply: () => ({ kind: 'change', body: { path: '/v1/y', bytes: 7 } }) });
  expect(await (await post(evil.address, '{"a":1}')).json()).toEqual({ path: '/v1/y', bytes: 7 });
  expect(evil.delivered()).toEqual({ replies: 1, bytes: 1 });
  await evil.behave();
  expect(await (await post(evil.address, '{"a":1}')).json()).toEqual({ path: '/v1/x', bytes: 7 });
  expect(evil.delivered()).toEqual({ replies: 1, bytes: 1 });
  await echo.close();
});

test('a request can be lost before the real server hears it, or its answer after', async () => {
  const echo = await startEcho();
  await using evil = await startEvilServer(echo.address);
  evil.attack({ onRequest: () => 'drop' });
  await expect(post(evil.address, '{}')).rejects.toThrow();
  expect([echo.heard.length, evil.delivered().replies]).toEqual([0, 1]);
  evil.attack({ onReply: () => 'drop' });
  await expect(post(evil.address, '{}')).rejects.toThrow();
  expect([echo.heard.length, evil.delivered().replies]).toEqual([1, 1]);
  await echo.close();
});

test('a request can be changed or answered without the real server, and an answer can break off or come late', async () => {
  const echo = await startEcho();
  await using evil = await startEvilServer(echo.address);
  evil.attack({ onRequest: ({ body }) => ({ kind: 'change', body: { was: body } }) });
  await post(evil.address, '{"a":1}');
  expect(echo.heard).toEqual(['{"was":{"a":1}}']);
  evil.attack({ onRequest: () => ({ kind: 'answer', status: 404, body: { code: 'not-found' } }) });
  const answered = await post(evil.address, '{}');
  expect([answered.status, answered.headers.get('content-type'), echo.heard.length]).toEqual([
    404,
    'application/problem+json',
    1,
  ]);
  evil.attack({ onReply: () => ({ kind: 'half', bytes: 5 }) });
  await expect(post(evil.address, '{}').then((reply) => reply.text())).rejects.toThrow();
  expect(evil.delivered().replies).toBe(1);
  evil.attack({ onReply: () => ({ kind: 'delay', ms: 5 }) });
  expect((await post(evil.address, '{}')).status).toBe(200);
  await echo.close();
});
