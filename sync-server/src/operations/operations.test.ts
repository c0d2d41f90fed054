import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROBLEM_CODES } from '@evenkeel/protocol';
import { makeCertificate } from '@evenkeel/test-kit/certificate';
import { expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import { ask } from '../test-client.ts';

const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs');
const HTML = { Accept: 'text/html,*/*' };

/** A folder that looks like a built app. */
function builtApp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Evenkeel</title>');
  writeFileSync(join(folder, 'sw.js'), '// worker');
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}');
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), '// code');
  writeFileSync(join(folder, 'csp.json'), JSON.stringify({ importMap: "'sha256-AAAA='" }));
  return folder;
}

test('every code has a page that says the probable cause and what to do, and the server gives it as text', async () => {
  await using server = await startServer();
  expect(PROBLEM_CODES).toHaveLength(24);
  for (const code of PROBLEM_CODES) {
    expect(existsSync(join(DOCS, 'problems', `${code}.md`)), code).toBe(true);
    const page = await fetch(`${server.url}/problems/${code}`);
    expect(page.headers.get('content-type')).toContain('text/plain');
    expect(await page.text()).toBe(readFileSync(join(DOCS, 'problems', `${code}.md`), 'utf8'));
  }
  expect((await ask(server.url, 'GET', '/problems/no-such')).code).toBe('not-found');
  expect((await ask(server.url, 'GET', '/problems/..%2f..%2fpackage.json')).code).toBe('not-found');
});

test('the headers keep a page from running anything but our code', async () => {
  await using server = await startServer({ webDir: builtApp() });
  const { headers } = await fetch(server.url, { headers: HTML });
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none';script-src 'self' 'wasm-unsafe-eval' 'sha256-AAAA=';style-src 'self';img-src 'self' data: blob:;font-src 'self';" +
      "connect-src 'self';worker-src 'self';manifest-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none';object-src 'none';" +
      "require-trusted-types-for 'script';trusted-types ek-url",
  );
  expect(headers.get('integrity-policy')).toBe('blocked-destinations=(script)');
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('permissions-policy')).toBe(
    'camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=(), unload=()',
  );
  expect(headers.get('strict-transport-security')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
});

test('strict transport security is asked for only where the public address is https', async () => {
  await using server = await startServer({ publicUrl: 'https://diary.example.org', port: 0 });
  expect(server.url).toBe('https://diary.example.org');
  const { headers } = await fetch(`http://localhost:${server.port}/healthz`);
  expect(headers.get('strict-transport-security')).toBe('max-age=63072000');
});

test('what is hashed is kept for ever, what is not is asked for again, and the API is never stored', async () => {
  await using server = await startServer({ webDir: builtApp() });
  const cacheOf = async (path: string, headers: Readonly<Record<string, string>> = {}) =>
    (await fetch(server.url + path, { headers })).headers.get('cache-control');
  expect(await cacheOf('/assets/index-abc123.js')).toBe('public, max-age=31536000, immutable');
  expect(await cacheOf('/sw.js')).toBe('no-cache');
  expect(await cacheOf('/manifest.webmanifest')).toBe('no-cache');
  expect(await cacheOf('/', HTML)).toBe('no-cache');
  expect(await cacheOf('/v1/server')).toBe('no-store');
  expect(await cacheOf('/v1/none')).toBe('no-store');
  expect(await cacheOf('/healthz')).toBe('no-store');
});

test('every address of the app gives its page; what is missing there and under /v1 is missing', async () => {
  await using server = await startServer({ webDir: builtApp() });
  for (const path of ['/', '/desk', '/desk/person/1', '/index.html']) {
    const reply = await fetch(server.url + path, { headers: HTML });
    expect([path, reply.status, await reply.text()]).toEqual([
      path,
      200,
      '<!doctype html><title>Evenkeel</title>',
    ]);
  }
  const probe = await fetch(server.url, { headers: { Accept: '*/*' } });
  expect([probe.status, await probe.text()]).toEqual([200, '<!doctype html><title>Evenkeel</title>']);
  expect((await fetch(`${server.url}/v1/none`, { headers: HTML })).status).toBe(404);
  expect((await fetch(`${server.url}/problems/none`, { headers: HTML })).status).toBe(404);
  expect((await ask(server.url, 'GET', '/assets/none.js')).code).toBe('not-found');
  expect((await ask(server.url, 'POST', '/')).code).toBe('not-found');
});

test('a page under another host name is sent to the public address; calls and health checks are not', async () => {
  await using server = await startServer({ webDir: builtApp() });
  const port = new URL(server.url).port;
  const at = (path: string, headers = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' });
  const page = await at('/desk?from=mail', HTML);
  expect([page.status, page.headers.get('location')]).toEqual([307, `${server.url}/desk?from=mail`]);
  expect((await at('/v1/server', HTML)).status).toBe(200);
  expect((await at('/healthz', HTML)).status).toBe(200);
  expect((await at('/assets/index-abc123.js')).status).toBe(200);
});

test('a visitor from another machine is not sent to their own localhost', async () => {
  await using server = await startServer({ webDir: builtApp() });
  const { port } = new URL(server.url);
  const { get } = await import('node:http');
  const status = await new Promise((resolve) => {
    get({ host: 'localhost', port, path: '/', headers: { Host: `192.168.1.5:${port}`, ...HTML } }, (res) => {
      res.resume();
      resolve(res.statusCode);
    });
  });
  expect(status).toBe(200);
});

test('asking for readyz often writes to the disk once a second', async () => {
  await using server = await startServer();
  let looks = 0;
  const check = server.store.check;
  server.store.check = (now) => {
    looks += 1;
    return check(now);
  };
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${server.url}/readyz`)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(looks).toBe(1);
  await expect
    .poll(async () => ((await fetch(`${server.url}/readyz`)).ok ? looks : 0), { timeout: 5000 })
    .toBe(2);
});

test('healthz says that the process answers, readyz that the database takes a write', async () => {
  const server = await startServer();
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  server.store.check = () => Promise.reject(new Error('disk full'));
  await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 5000 }).toBe(500);
  await server.close();
});

test('with certificate files the server speaks https itself', async () => {
  const tls = makeCertificate(['localhost', '127.0.0.1']);
  await using server = await startServer({ tls });
  expect(server.url).toMatch(/^https:\/\/localhost:\d+$/);
  const hsts = await new Promise((resolve, reject) => {
    request(`${server.url}/v1/server`, { ca: tls.cert }, (res) => {
      res.resume();
      resolve(res.headers['strict-transport-security']);
    })
      .on('error', reject)
      .end();
  });
  expect(hsts).toBe('max-age=63072000');
});
