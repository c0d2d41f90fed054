import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HelpNumbers, helpNumbersSchema } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { WrongSetting } from '../config.ts';
import { startServer } from '../start-server.ts';
import { ask } from '../test-client.ts';
import { readHelpNumbers } from './help-numbers-file.ts';

const samaritans = {
  id: 'samaritans',
  name: 'Samaritans 116 123',
  detail: 'day and night, free',
  act: 'call',
  href: 'tel:116123',
  checked: '2026-11-20',
  source: 'samaritans.org',
};
const list = { country: 'United Kingdom', language: 'en-GB', checked: '2026-11-20', numbers: [samaritans] };

function folderWith(text: string | null): string {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-numbers-'));
  if (text !== null) writeFileSync(join(folder, 'help-numbers.json'), text);
  return folder;
}
const listOf = (): HelpNumbers => helpNumbersSchema.parse(list);
const whyRefused = (text: string): string => {
  try {
    readHelpNumbers(folderWith(text));
  } catch (fault) {
    if (fault instanceof WrongSetting) return fault.message;
    throw fault;
  }
  return 'it was taken';
};

test('a host’s list is read from the data directory; without the file there is none', () => {
  expect(readHelpNumbers(folderWith(JSON.stringify(list)))).toEqual(list);
  expect(readHelpNumbers(folderWith(`\uFEFF${JSON.stringify(list, null, 2)}\n`))).toEqual(list);
  expect(readHelpNumbers(folderWith(null))).toBeNull();
});

test('the example of the page on self-hosting is a list that is taken', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/self-hosting.md'), 'utf8');
  const example = /```json\n([^`]+)```/.exec(page)?.[1] ?? '';
  expect(readHelpNumbers(folderWith(example))?.numbers.map(({ act }) => act)).toEqual([
    'call',
    'text',
    'open',
  ]);
});

const wrong: readonly (readonly [string, unknown, string, string])[] = [
  ['numbers.0.href', { ...samaritans, href: 'javascript:alert(1)' }, '"javascript:alert(1)"', 'tel:'],
  [
    'numbers.0.href',
    { ...samaritans, href: 'tel:09098790000' },
    '"tel:09098790000"',
    'no more than an ordinary call',
  ],
  ['numbers.0.act', { ...samaritans, act: 'phone' }, '"phone"', '"call", "text" or "open"'],
  ['numbers.0.checked', { ...samaritans, checked: '20/11/2026' }, '"20/11/2026"', 'YYYY-MM-DD'],
  ['numbers.0.name', { ...samaritans, name: undefined }, 'not set', 'at most 80 characters'],
  ['numbers.0.phone', { ...samaritans, phone: '116123' }, '"116123"', 'no such field'],
  ['numbers.0.source', { ...samaritans, source: 7 }, '7', 'where the number was checked'],
];
test.each(wrong)('in a broken file %s is named', (field, number, found, expected) => {
  const said = whyRefused(JSON.stringify({ ...list, numbers: [number] }));
  expect(said).toContain(`help-numbers.json: ${field} is ${found}`);
  expect(said).toMatch(/; expected /);
  expect(said).toContain(expected);
});

test('what is wrong with the list as a whole is named too', () => {
  expect(whyRefused('{ "country": ')).toMatch(/help-numbers\.json, read as JSON, is ".+"; expected /);
  expect(whyRefused('[]')).toMatch(/help-numbers\.json is \[\]; expected a list with country/);
  expect(whyRefused(JSON.stringify({ ...list, numbers: [] }))).toContain(
    'numbers is []; expected a list of 1 to 24',
  );
  expect(whyRefused(JSON.stringify({ ...list, numbers: [samaritans, samaritans] }))).toContain(
    'an id of its own',
  );
  expect(whyRefused(JSON.stringify({ ...list, checked: '2026-02-30' }))).toContain('checked is "2026-02-30"');
  expect(whyRefused(JSON.stringify({ ...list, country: 'a'.repeat(40_000) }))).toContain('at most 32768');
  const folder = folderWith(null);
  mkdirSync(join(folder, 'help-numbers.json'));
  expect(() => readHelpNumbers(folder)).toThrow('a file that this process may read, or none');
});

test('anybody may ask for the list, may use it again for a while, and is told when it is still the same', async () => {
  await using server = await startServer({ helpNumbers: listOf() });
  const reply = await fetch(`${server.url}/v1/help-numbers`);
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toContain('application/json');
  expect(reply.headers.get('cache-control')).toBe('public, max-age=300');
  expect(await reply.json()).toEqual(list);
  const tag = reply.headers.get('etag') ?? '';
  expect(tag).toMatch(/^W\/"[\w-]{43}"$/);
  // As a browser asks that holds an answer and wants to know whether it is still good.
  const asked = { headers: { 'If-None-Match': tag, 'Cache-Control': 'max-age=0', Pragma: '' } };
  const again = await fetch(`${server.url}/v1/help-numbers`, asked);
  expect([again.status, await again.text()]).toEqual([304, '']);
  await using changed = await startServer({ helpNumbers: { ...listOf(), checked: '2026-11-21' } });
  const other = await fetch(`${changed.url}/v1/help-numbers`, asked);
  expect(other.status).toBe(200);
});

test('a host without a list says so with nothing, and nobody keeps that answer', async () => {
  await using server = await startServer();
  const reply = await fetch(`${server.url}/v1/help-numbers`);
  expect([reply.status, await reply.text()]).toEqual([204, '']);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(reply.headers.get('etag')).toBeNull();
});

test('who asks too often is told when to come back', async () => {
  await using server = await startServer({ helpNumbers: listOf(), limits: { requestsPerMinute: 3 } });
  const codes = [];
  for (let i = 0; i < 4; i += 1) codes.push((await ask(server.url, 'GET', '/v1/help-numbers')).code);
  expect(codes.at(-1)).toBe('rate-limited');
});

test('the list and its absence are in the OpenAPI page', async () => {
  await using server = await startServer();
  const { body } = await ask(server.url, 'GET', '/v1/openapi.json');
  expect(body).toHaveProperty(['paths', '/v1/help-numbers', 'get', 'responses', '200']);
  expect(body).toHaveProperty(['paths', '/v1/help-numbers', 'get', 'responses', '204']);
  expect(body).not.toHaveProperty(['paths', '/v1/server', 'get', 'responses', '204']);
});
