/**
 * The project's scripts and server in a folder of their own, with an app of one page: what `npm start` and
 * `npm run dev` do can then be seen whole, in seconds, and beside a developer's own `.env` and build.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './run-command.ts';

export const copyOfProject = () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-project-'));
  for (const name of ['scripts', 'sync-server'])
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const name of ['package.json', 'tsconfig.json', 'package-lock.json'])
    cpSync(join(root, name), join(folder, name));
  const write = (path: string, content: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const children: ChildProcess[] = [];
  const run = (script: string, env: Readonly<Record<string, string>>) => {
    const child = spawn(process.execPath, [join(folder, 'scripts', script)], {
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        said += data.toString();
      });
    const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
    const stop = (): Promise<number | null> => {
      child.kill('SIGTERM');
      return exit;
    };
    return { said: () => said, exit, stop };
  };
  const end = (): void => {
    for (const child of children) child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, write, run, [Symbol.dispose]: end };
};
