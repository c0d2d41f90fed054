import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const keepRunning = (commands: readonly string[]) => {
  const list = commands.map((code) => ({ program: process.execPath, words: ['-e', code] }));
  const script = `
    import { keepRunning } from ${JSON.stringify(join(import.meta.dirname, 'keep-running.ts'))};
    await keepRunning(${JSON.stringify(list)});
  `;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return { status, stdout };
};

test('when one command ends the others are stopped, and its exit code is ours', () => {
  const waits =
    "process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(0); }); setInterval(() => {}, 1000);";
  const fails = 'setTimeout(() => process.exit(3), 300);';
  expect(keepRunning([waits, fails])).toEqual({ status: 3, stdout: 'asked to stop\n' });
});

test('a wrong setting of the server, exit code 2, is passed on', () => {
  expect(keepRunning(['process.exit(2)']).status).toBe(2);
});

test('a command that was asked to stop has not failed, also where it says so by the number of the signal', () => {
  expect(keepRunning(["process.kill(process.pid, 'SIGTERM')"]).status).toBe(0);
  for (const code of [130, 143]) expect(keepRunning([`process.exit(${code})`]).status).toBe(0);
});

test('a command that a signal has ended is not waited for', () => {
  const { status, stdout } = keepRunning([
    "process.kill(process.pid, 'SIGKILL')",
    'setInterval(() => {}, 1000)',
  ]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
});
