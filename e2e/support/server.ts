/** A real server in a process of its own, on a port of its own, over a data directory of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 20_000;

export type ServerProcess = {
  readonly url: string;
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

export async function startServerProcess(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'evenkeel-e2e-'));
  const port = await freePort();
  const url = env['PUBLIC_URL'] ?? `http://localhost:${port}`;
  const settings = { ...process.env, PORT: String(port), DATA_DIR: dataDir, PUBLIC_URL: url, LOG_LEVEL: 'info', ...env };
  let child: ChildProcess | null = null;
  let printed = '';
  let sinceStart = '';

  const start = async (): Promise<void> => {
    sinceStart = '';
    const started = spawn(process.execPath, [join(ROOT, 'sync-server/src/main.ts')], { cwd: ROOT, env: settings });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        sinceStart += chunk.toString();
      });
    }
    const deadline = Date.now() + START_MS;
    while (!(await answers(port, url))) {
      if (started.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${sinceStart}`);
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
export async function serverFiles(server: ServerProcess): Promise<readonly { readonly name: string; readonly bytes: Buffer }[]> {
  const { readdir } = await import('node:fs/promises');
  const names = await readdir(server.dataDir, { recursive: true, withFileTypes: true });
  return Promise.all(
    names.filter((entry) => entry.isFile()).map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: path, bytes: await readFile(path) };
    }),
  );
}

function invitationIn(text: string): string | null {
  return /https?:\/\/\S+#join\/[\w-]+/.exec(text)?.[0] ?? null;
}

async function answers(port: number, url: string): Promise<boolean> {
  try {
    return (await fetch(`${url.startsWith('https') ? url : `http://127.0.0.1:${port}`}/healthz`)).ok;
  } catch {
    return false;
  }
}

function run(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script], { cwd: ROOT, env });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('exit', (code) => (code === 0 ? done(text) : fail(new Error(`${script} ended with ${code}`))));
  });
}

function freePort(): Promise<number> {
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
