import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { projectEnv, root } from './run-command.ts';

export type LongCommand = {
  readonly program: string;
  readonly words: readonly string[];
  /** Where it runs, from the root. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/**
 * Starts the commands with this terminal as theirs and waits. When one ends, or we are asked to stop, all are
 * asked to stop; the exit code is that of the first to end.
 */
export const keepRunning = async (commands: readonly LongCommand[]): Promise<void> => {
  const children = commands.map(({ program, words, folder, env }) =>
    spawn(program, [...words], { cwd: join(root, folder ?? ''), env: projectEnv(env), stdio: 'inherit' }),
  );
  const ends = children.map(ended);
  const stopAll = (signal: NodeJS.Signals): void => {
    for (const child of children)
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  // Ctrl-C in a terminal reaches the children too; a second one from us would cut their goodbye short.
  process.on('SIGINT', () => process.stdin.isTTY || stopAll('SIGINT'));
  process.on('SIGTERM', () => stopAll('SIGTERM'));
  process.on('SIGHUP', () => stopAll('SIGHUP'));
  process.exitCode = await Promise.race(ends);
  stopAll('SIGTERM');
  await Promise.all(ends);
};

/** What a program says that took SIGINT or SIGTERM itself and ended, as Vite does: 128 and the signal's number. */
const STOPPED: readonly number[] = [130, 143];

const ended = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    child.once('error', (fault) => {
      console.error(fault.message);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      const isStop = signal === 'SIGTERM' || signal === 'SIGINT' || (code !== null && STOPPED.includes(code));
      resolve(isStop ? 0 : (code ?? 1));
    });
  });
