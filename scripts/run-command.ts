import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** The environment of every command we start: the project's own programs, Node 24 among them, come first. */
export const projectEnv = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  ...more,
});

export type CommandDone = { readonly status: number; readonly output: string };

/**
 * Runs a program to its end and gives back what it wrote, both streams together. `show` also passes it on as
 * it comes. A program that cannot be started, or is ended by a signal, has status 1.
 */
export const runCommand = (
  program: string,
  words: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly show?: boolean;
    readonly cwd?: string;
  } = {},
): Promise<CommandDone> =>
  new Promise((resolve) => {
    const child = spawn(program, [...words], {
      cwd: options.cwd ?? root,
      env: projectEnv(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const parts: string[] = [];
    const keep = (chunk: Buffer): void => {
      parts.push(chunk.toString('utf8'));
      if (options.show === true) process.stdout.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (fault) => resolve({ status: 1, output: `${program}: ${fault.message}\n` }));
    child.on('close', (status) => resolve({ status: status ?? 1, output: parts.join('') }));
  });
