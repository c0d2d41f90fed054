/** A server process for one room of the bench, with a data folder that goes when it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from '@evenkeel/protocol';
import { root, runCommand } from '../run-command.ts';

export type BenchServer = AsyncDisposable & {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Bytes of the database, write-ahead log and all. */
  readonly storedBytes: () => Promise<number>;
  /** Bytes of memory the process holds. */
  readonly residentBytes: () => Promise<number>;
  /** Ends the process politely; the data stays until it is disposed of. */
  readonly stop: () => Promise<void>;
};

const saidSchema = z.object({ url: z.string(), port: z.int() });

export async function startBenchServer({
  webDir,
  port = 0,
}: { readonly webDir?: string; readonly port?: number } = {}): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-bench-server-'));
  const database = join(folder, 'evenkeel.sqlite');
  const options = JSON.stringify({ database, port, webDir });
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = saidSchema.parse(JSON.parse(await firstLine(child)));
  const stop = (): Promise<void> => ended(child);
  return {
    ...said,
    pid: child.pid ?? 0,
    storedBytes: async () => {
      const sizes = await Promise.all([database, `${database}-wal`].map(sizeOf));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    residentBytes: () => residentBytesOf(child.pid ?? 0),
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** From /proc where there is one, else as `ps` says. */
export async function residentBytesOf(pid: number): Promise<number> {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) * 1024;
  } catch {
    const { output } = await runCommand('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(output.trim()) * 1024;
  }
}

export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was up`)));
  });
}

export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const end = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  return end;
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  return found?.size ?? 0;
}
