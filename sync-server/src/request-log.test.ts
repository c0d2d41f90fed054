import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Writable } from 'node:stream';
import { bytesToMailboxId, randomBytes, toBase64url } from '@evenkeel/protocol';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startServer } from './start-server.ts';
import { ask, join, openSession } from './test-client.ts';

function recorder() {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, log: pino({ level: 'trace', base: null }, stream) };
}

test('the log says method, route pattern, status and milliseconds, and nothing of who or what', async () => {
  const { lines, log } = recorder();
  await using server = await startServer({ log });
  const { client, person, device } = await join(server, 'Anna');
  const envelope = await device.envelope({});
  await client.push({ envelopes: [envelope] });
  await client.pullAll();
  const box = bytesToMailboxId(randomBytes(16));
  await ask(server.url, 'GET', `/v1/mailbox/${box}?canaryquery=1`);
  await ask(server.url, 'GET', '/canarypath?canaryquery=1', undefined, {
    'User-Agent': 'canaryagent',
    'X-Forwarded-For': '203.0.113.77',
  });
  await ask(server.url, 'POST', '/v1/session/challenge', { canaryfield: 1 });
  await openSession(server.url, device);
  await expect.poll(() => lines.length).toBeGreaterThan(8);
  const all = lines.join('');
  const unsayable = [
    person.acct,
    device.dev,
    client.token,
    box,
    'canary',
    '127.0.0.1',
    '::1',
    '203.0.113.77',
    toBase64url(envelope).slice(10, 60),
    'Bearer',
  ];
  expect(unsayable.filter((one) => all.includes(one))).toEqual([]);
  for (const line of lines) {
    expect(Object.keys(JSON.parse(line)).toSorted()).toEqual([
      'level',
      'method',
      'ms',
      'msg',
      'route',
      'status',
      'time',
    ]);
  }
  expect(all).toContain('"route":"/v1/mailbox/:id"');
});

test('a fault is logged by its kind and place, and told without either', async () => {
  const { lines, log } = recorder();
  const server = await startServer({ log });
  const { client, device } = await join(server, 'Anna');
  server.store.push = () => Promise.reject(new RangeError('canary in a message'));
  const answer = await client.ask('POST', '/v1/push', {
    envelopes: [toBase64url(await device.envelope({}))],
  });
  expect(answer).toMatchObject({ status: 500, code: 'server-fault' });
  expect(JSON.stringify(answer.body)).not.toMatch(/canary|RangeError|\.ts/);
  await expect.poll(() => lines.some((line) => line.includes('RangeError'))).toBe(true);
  expect(lines.join('')).not.toContain('canary');
  await server.close();
});

test('forgetting what is over may fail, and is tried again: the server stays', async () => {
  const { lines, log } = recorder();
  const database = joinPath(mkdtempSync(joinPath(tmpdir(), 'evenkeel-sweep-')), 'evenkeel.sqlite');
  await using server = await startServer({ log, database, sweepMs: 200 });
  const other = new DatabaseSync(database);
  other.exec('BEGIN IMMEDIATE');
  await expect.poll(() => lines.join(''), { timeout: 20_000 }).toContain('not forgotten');
  expect(lines.join(''), 'why').toContain('"reason":"database is locked"');
  other.exec('ROLLBACK');
  other.close();
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(lines.join('')).not.toContain(database);
}, 40_000);
