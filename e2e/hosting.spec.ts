import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { expectAccessible } from './support/accessible.ts';
import { firstRun, logMood, entryLine, waitUntilCached } from './support/app.ts';
import { freePort, startServerProcess } from './support/server.ts';
import { expect, test } from './support/test.ts';
import { serverIsAway } from './support/watch.ts';

/** Some names lead to this machine, as a router at home would arrange it. */
const atHome = '--host-resolver-rules=MAP *.lan 127.0.0.1';

test('over plain http from another machine one page says why and what to do, and nothing is started', async ({
  profile,
  server,
  watch,
  launchOptions,
}) => {
  // Such pages get no policy of isolation either; Chromium says so of each.
  watch.foresee(/header has been ignored, because the URL's origin was untrustworthy/);
  const { page, context } = await profile.open({ args: [...(launchOptions.args ?? []), atHome] });
  const asked: string[] = [];
  context.on('request', (one) => asked.push(new URL(one.url()).pathname));
  await page.goto(`http://diary.lan:${server.port}/journal`);

  await expect(
    page.getByRole('heading', { name: 'This address is not safe enough to open a diary' }),
  ).toBeVisible();
  await expect(page.getByText('TLS_CERT and TLS_KEY')).toBeVisible();
  await expect(page.getByText(`localhost:${server.port}`)).toBeVisible();
  await expect(page.getByText('Caddy')).toBeVisible();
  await expectAccessible(page, 'a page that is not safe enough');
  await expect(page.getByRole('button')).toHaveCount(0);
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(page.workers()).toEqual([]);
  expect(context.serviceWorkers()).toEqual([]);
  expect(asked.filter((path) => path.startsWith('/v1') || path === '/sw.js')).toEqual([]);
});

test('a page asked for under another host name is sent to the public address, with its path and its fragment', async ({
  page,
  server,
}) => {
  await page.goto(`http://127.0.0.1:${server.port}/help?from=elsewhere#here`);
  await expect(page).toHaveURL(`${server.url}/help?from=elsewhere#here`);
  await expect(page.getByRole('heading', { name: 'You are not alone with this.' })).toBeVisible();
});

test('my phone on my network: with a certificate of a home authority the phone keeps a diary over https, also with the server off', async ({
  profile,
  watch,
  launchOptions,
}) => {
  watch.foresee(serverIsAway);
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-tls-'));
  const home = await makeHomeAuthority();
  const files = { TLS_CERT: join(folder.path, 'diary.crt'), TLS_KEY: join(folder.path, 'diary.key') };
  writeFileSync(files.TLS_CERT, home.cert);
  writeFileSync(files.TLS_KEY, home.key);
  const port = await freePort();
  const url = `https://diary.lan:${port}`;
  await using server = await startServerProcess({
    HOST: '0.0.0.0',
    PORT: String(port),
    PUBLIC_URL: url,
    ...files,
  });
  expect(server.invitation()).toContain(`${url}/#join/`);

  // Whoever trusts the authority trusts the server under its name; whoever does not is warned.
  expect(await askedOverTls(port, 'diary.lan', home.authority)).toMatchObject({ status: 200 });
  expect(await askedOverTls(port, 'diary.lan', undefined)).toMatchObject({
    refused: expect.stringMatching(/UNABLE_TO_|SELF_SIGNED/),
  });
  expect(await askedOverTls(port, 'other.lan', home.authority)).toMatchObject({
    refused: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });

  const { page: stranger } = await profile.open({ args: [...(launchOptions.args ?? []), atHome] });
  await expect(stranger.goto(url)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  await profile.close();

  const trusting = [
    ...(launchOptions.args ?? []),
    atHome,
    `--ignore-certificate-errors-spki-list=${spkiOf(home.cert)}`,
  ];
  const { page } = await profile.open({ args: trusting, baseURL: url });
  const reply = await page.goto('/');
  expect(reply?.headers()['strict-transport-security']).toBe('max-age=63072000');
  expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
  await firstRun(page);
  await waitUntilCached(page);
  await logMood(page, { text: 'From the sofa.' });
  await server.stop();
  await page.reload();
  await expect(entryLine(page, 'From the sofa.')).toBeVisible();
});

/** Steps 2 and 3 of "My phone on my network" in docs/self-hosting.md, without openssl. */
async function makeHomeAuthority(): Promise<{
  readonly authority: string;
  readonly cert: string;
  readonly key: string;
}> {
  const authority = await generate([{ name: 'commonName', value: 'Home CA' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'diary.lan' }], {
    algorithm: 'sha256',
    ca: { cert: authority.cert, key: authority.private },
    extensions: [
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'diary.lan' },
          { type: 7, ip: '192.168.1.20' },
        ],
      },
    ],
  });
  return { authority: authority.cert, cert: server.cert, key: server.private };
}

function spkiOf(cert: string): string {
  return createHash('sha256')
    .update(new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}

function askedOverTls(
  port: number,
  servername: string,
  ca: string | undefined,
): Promise<{ readonly status: number } | { readonly refused: string }> {
  return new Promise((done) => {
    const asked = request({
      host: '127.0.0.1',
      port,
      servername,
      path: '/healthz',
      agent: false,
      ...(ca !== undefined && { ca }),
    });
    asked.on('response', (reply) => {
      reply.resume();
      done({ status: reply.statusCode ?? 0 });
    });
    asked.on('error', (fault) => done({ refused: 'code' in fault ? String(fault.code) : fault.message }));
    asked.end();
  });
}
