import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Bytes, toBase64url } from '@evenkeel/protocol';
import encodeQR from 'qr';
import { expect, test } from 'vitest';
import { connect, makePerson, register } from './test-client.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const cli = (name: string) => join(import.meta.dirname, 'cli', `${name}.ts`);
const INVITE = cli('invite');
/** Some forty processes are started here: each compiles what the ones before it have not. */
const compiled = mkdtempSync(join(tmpdir(), 'evenkeel-compiled-'));

type Started = {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly exit: Promise<number | null>;
};

function run(
  script: string,
  environment: Readonly<Record<string, string>>,
  ...words: readonly string[]
): Started {
  const child = spawn(process.execPath, [script, ...words], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', NODE_COMPILE_CACHE: compiled, ...environment },
    stdio: 'pipe',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said += data.toString();
    });
  return { process: child, said: () => said, exit: new Promise((resolve) => child.on('exit', resolve)) };
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(address !== null && typeof address === 'object' ? address.port : 0);
}

async function start(environment: Readonly<Record<string, string>>): Promise<Started> {
  const server = run(MAIN, environment);
  await expect.poll(server.said, { timeout: 15_000 }).toContain('up in');
  return server;
}

const codeIn = ({ said }: Started): string | undefined => /#join\/([\w-]{22})/.exec(said())?.[1];

test('the first start prints an address and an invitation; npm run invite prints another beside it; then SIGTERM ends it', async () => {
  const environment = { DATA_DIR: mkdtempSync(join(tmpdir(), 'evenkeel-main-')), PORT: await freePort() };
  const url = `http://localhost:${environment.PORT}`;
  const server = await start(environment);
  await expect.poll(server.said).toMatch(/#join\/[\w-]{22}/);
  const invite = run(INVITE, environment);
  expect(await invite.exit).toBe(0);
  expect(invite.said()).toContain('24 hours');
  const codes = [codeIn(server), codeIn(invite)];
  expect(invite.said(), 'a phone can read it off the screen').toContain(
    encodeQR(`${url}/#join/${codes[1]}`, 'term'),
  );
  for (const [at, code] of codes.entries()) {
    const person = await makePerson(`Person ${at}`);
    await person.addDevice('phone');
    expect((await register(url, person, { kind: 'host', code })).status).toBe(200);
  }
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  const again = await start(environment);
  expect(again.said()).not.toContain('#join/');
  again.process.kill('SIGINT');
  expect(await again.exit).toBe(0);
}, 60_000);

test('each start prints an invitation of its own until somebody has an account', async () => {
  const environment = { DATA_DIR: mkdtempSync(join(tmpdir(), 'evenkeel-nobody-')), PORT: await freePort() };
  const codes: (string | undefined)[] = [];
  for (let starts = 0; starts < 2; starts += 1) {
    const server = await start(environment);
    await expect.poll(() => codeIn(server)).toBeDefined();
    codes.push(codeIn(server));
    server.process.kill('SIGTERM');
    expect(await server.exit).toBe(0);
  }
  expect(new Set(codes).size).toBe(2);
}, 60_000);

test('a host suspends an account beside a running server, and takes it in again', async () => {
  const environment = { DATA_DIR: mkdtempSync(join(tmpdir(), 'evenkeel-host-')), PORT: await freePort() };
  const url = `http://localhost:${environment.PORT}`;
  const server = await start(environment);
  await expect.poll(server.said).toMatch(/#join\/[\w-]{22}/);
  const person = await makePerson('Anna');
  const phone = await person.addDevice('phone');
  await register(url, person, { kind: 'host', code: codeIn(server) });
  const client = await connect(url, phone);
  const say = async (name: string, ...words: readonly string[]) => {
    const said = run(cli(name), environment, ...words);
    return { code: await said.exit, said: said.said() };
  };
  expect(await say('accounts')).toMatchObject({ code: 0, said: expect.stringContaining(person.acct) });
  expect(await say('accounts', 'suspend', person.acct)).toMatchObject({ code: 0 });
  expect(await client.pushProblem({})).toBe('account-suspended');
  expect((await say('accounts')).said).toContain('suspended');
  expect(await say('accounts', 'resume', person.acct)).toMatchObject({ code: 0 });
  expect(await client.pushProblem({})).toBeNull();
  for (const words of [['suspend'], ['suspend', 'A'.repeat(22)], ['erase', person.acct]])
    expect((await say('accounts', ...words)).code, words.join(' ')).toBe(2);

  server.process.kill('SIGTERM');
  await server.exit;
  const raw = new DatabaseSync(join(environment.DATA_DIR, 'evenkeel.sqlite'));
  raw.exec('UPDATE server SET latest = 4102444800000');
  raw.close();
  expect((await say('clock')).said).toContain('2100-01-01');
  expect(await say('clock', 'believe')).toMatchObject({ code: 0 });
  expect((await say('clock')).said).not.toContain('2100');
  expect((await say('clock', 'forget')).code).toBe(2);
}, 60_000);

test('a wrong setting is told in one line, with exit code 2', async () => {
  const server = run(MAIN, { SIGNUPS: 'anyone', DATA_DIR: mkdtempSync(join(tmpdir(), 'evenkeel-main-')) });
  expect(await server.exit).toBe(2);
  expect(server.said().trim()).toBe('SIGNUPS is "anyone"; expected one of invite, open, closed');
  const invite = run(INVITE, { DATA_DIR: mkdtempSync(join(tmpdir(), 'evenkeel-main-')) });
  expect(await invite.exit).toBe(2);
  expect(invite.said()).toContain('DATA_DIR');
});

test('a broken list of help numbers is told in one line, with exit code 2', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-main-'));
  writeFileSync(join(folder, 'help-numbers.json'), '{ "country": 44 }');
  const server = run(MAIN, { DATA_DIR: folder });
  expect(await server.exit).toBe(2);
  expect(server.said().trim()).toBe(
    `${join(folder, 'help-numbers.json')}: country is 44; expected a name of at most 60 characters in one line`,
  );
});

test('a port that is taken is told, with exit code 2', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = String(address !== null && typeof address === 'object' ? address.port : 0);
  const server = run(MAIN, { PORT: port, DATA_DIR: mkdtempSync(join(tmpdir(), 'evenkeel-main-')) });
  expect(await server.exit).toBe(2);
  expect(server.said()).toContain(`PORT ${port} is taken`);
  await new Promise((resolve) => taken.close(resolve));
});

/** Twenty with those of `e2e/killed-server.spec.ts`. */
const KILLS = 17;

test('a server killed in the middle of pushes, over and over, has lost nothing it acknowledged', async () => {
  const environment = { DATA_DIR: mkdtempSync(join(tmpdir(), 'evenkeel-crash-')), PORT: await freePort() };
  const url = `http://localhost:${environment.PORT}`;
  const person = await makePerson('Anna');
  const device = await person.addDevice('phone');
  const acknowledged: string[] = [];
  let cutOff = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const server = await start(environment);
    if (round === 0) {
      await expect.poll(server.said).toMatch(/#join\/[\w-]{22}/);
      await register(url, person, { kind: 'host', code: codeIn(server) });
    }
    const client = await connect(url, device);
    const batches = await Promise.all(Array.from({ length: 32 }, () => batch(() => device.envelope({}))));
    const lane = async () => {
      for (let envelopes = batches.pop(); envelopes !== undefined; envelopes = batches.pop()) {
        const reply = await client.push({ envelopes }).catch(() => null);
        if (reply === null) return;
        acknowledged.push(...envelopes.map(toBase64url));
      }
    };
    const pushing = Array.from({ length: 8 }, lane);
    const enough = acknowledged.length + 5 + 20 * (round % 6);
    await expect
      .poll(() => acknowledged.length, { timeout: 10_000, interval: 1 })
      .toBeGreaterThanOrEqual(enough);
    server.process.kill('SIGKILL');
    await Promise.all(pushing);
    await server.exit;
    cutOff += batches.length;
  }
  const server = await start(environment);
  const items = await (await connect(url, device)).pullAll();
  const held = new Set(items.map((item) => ('env' in item ? item.env : '')));
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(cutOff).toBeGreaterThan(0);
  expect(acknowledged.filter((one) => !held.has(one))).toEqual([]);
  expect(items.map((item) => item.n)).toEqual(items.map((_, at) => at + 1));
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
}, 120_000);

function batch(make: () => Promise<Bytes>): Promise<Bytes[]> {
  return Promise.all(Array.from({ length: 5 }, make));
}
