/** A real server in a process of its own, on a port of its own, over a data directory of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Haystack, filesUnder } from './files-under.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 20_000;

export type ServerProcess = {
  /** Where people find it: PUBLIC_URL. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** The first invitation link printed since the last start, or null while there is an account. */
  invitation(): string | null;
  /** A further invitation, made by the command a host would use beside the running server. */
  invite(): Promise<string>;
  /** Everything the process has printed. */
  output(): string;
  /** Ends it the polite way, or with SIGKILL. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** `webDir`: the built app it serves; default web/dist, or what E2E_WEB_DIR names while somebody else builds there. */
export type ServerOptions = { readonly webDir?: string };

export async function startServerProcess(
  env: Readonly<Record<string, string>> = {},
  { webDir = process.env['E2E_WEB_DIR'] }: ServerOptions = {},
): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'evenkeel-e2e-'));
  const port = env['PORT'] === undefined ? await freePort() : Number(env['PORT']);
  const url = env['PUBLIC_URL'] ?? `http://localhost:${port}`;
  const settings = {
    ...process.env,
    // Node keeps there what it made of the sources, so that each start after the first takes half as long.
    NODE_COMPILE_CACHE: join(ROOT, '.cache/node'),
    PORT: String(port),
    DATA_DIR: dataDir,
    PUBLIC_URL: url,
    LOG_LEVEL: 'info',
    ...env,
  };
  const words = [
    join(ROOT, 'sync-server/src/main.ts'),
    ...(webDir === undefined ? [] : ['--web-dir', webDir]),
  ];
  const isTls = env['TLS_CERT'] !== undefined;
  let child: ChildProcess | null = null;
  let printed = '';
  let sinceStart = '';

  const start = async (): Promise<void> => {
    sinceStart = '';
    const started = spawn(process.execPath, words, { cwd: ROOT, env: settings });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        sinceStart += chunk.toString();
      });
    }
    const deadline = Date.now() + START_MS;
    while (!sinceStart.includes('up in') || !(await answers(port, isTls))) {
      if (started.exitCode !== null || Date.now() > deadline)
        throw new Error(`the server did not start:\n${sinceStart}`);
      await new Promise((go) => setTimeout(go, 50));
    }
  };

  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((go) => running.once('exit', go));
    running.kill(signal);
    await ended;
  };

  await start();
  return {
    url,
    port,
    dataDir,
    invitation: () => invitationIn(sinceStart),
    invite: async () => {
      const link = invitationIn(await run(join(ROOT, 'sync-server/src/cli/invite.ts'), settings));
      if (link === null) throw new Error('the invite command printed no link');
      return link;
    },
    output: () => printed,
    stop,
    start,
    [Symbol.asyncDispose]: async () => {
      await stop('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** All bytes the server keeps: database, write-ahead log, anything else beside them. */
export function serverFiles(server: ServerProcess): Promise<readonly Haystack[]> {
  return filesUnder(server.dataDir);
}

function invitationIn(text: string): string | null {
  return /https?:\/\/\S+#join\/[\w-]+/.exec(text)?.[0] ?? null;
}

/** Asked at the socket, whatever name and certificate it has. */
function answers(port: number, isTls: boolean): Promise<boolean> {
  const place = { host: '127.0.0.1', port, path: '/healthz', agent: false };
  return new Promise((done) => {
    const asked = isTls ? tlsRequest({ ...place, rejectUnauthorized: false }) : plainRequest(place);
    asked.on('response', (reply) => {
      reply.resume();
      done(reply.statusCode === 200);
    });
    asked.on('error', () => done(false));
    asked.end();
  });
}

function run(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script], { cwd: ROOT, env });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('exit', (code) => (code === 0 ? done(text) : fail(new Error(`${script} ended with ${code}`))));
  });
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}
