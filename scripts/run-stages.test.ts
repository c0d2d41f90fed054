import { execFileSync } from 'node:child_process';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.ts';
import { runStages } from './run-stages.ts';
import { type Stage, type StageDone, unit } from './stages.ts';

const stage = (name: string, run: () => Promise<StageDone>, alone = false): Stage => ({ name, alone, run });

const ok = (name: string, count?: StageDone['count']): Stage =>
  stage(name, async () => ({ ok: true, output: 'what a good stage wrote', ...(count ? { count } : {}) }));

/** A folder under git, so that another run's files are not taken for this one's. */
const repository = () => {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-stages-'));
  execFileSync('git', ['init', '-q'], { cwd: folder.path });
  return folder;
};

const run = async (chosen: readonly Stage[], more: { folder?: string; mostSeconds?: number } = {}) => {
  using own = repository();
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const code = await runStages(chosen, { say, folder: own.path, ...more });
  return { code, said: lines.join('\n') };
};

test('each stage is told with its seconds, then all together, then the sum over the runners', async () => {
  const slow = stage('slow', async () => {
    await wait(150);
    return { ok: true, output: '', count: { passed: 4, failed: 0, why: [] } };
  });
  const { code, said } = await run([ok('types'), slow, ok('e2e', { passed: 9, failed: 0, why: [] })]);
  expect(code).toBe(0);
  expect(said).toMatch(/^types +0\.\d s {2}ok$/m);
  expect(said).toMatch(/^slow +0\.[1-9] s {2}ok {2}4 passed, 0 failed$/m);
  expect(said).toMatch(/^all +0\.[1-9] s$/m);
  expect(said.endsWith('\n13 passed, 0 failed')).toBe(true);
  expect(said).not.toContain('what a good stage wrote');
});

test('a stage that fails fails the run, with what it wrote; so does one that throws', async () => {
  const bad = stage('lint', async () => ({ ok: false, output: 'an unused name' }));
  const broken = stage('build', async () => Promise.reject(new Error('no disk')));
  const { code, said } = await run([bad, broken, ok('unit', { passed: 4, failed: 0, why: [] })]);
  expect(code).toBe(1);
  expect(said).toContain('──── lint ────\nan unused name');
  expect(said).toContain('──── build ────\nno disk');
  expect(said.endsWith('\n4 passed, 2 failed')).toBe(true);
});

test('no stage at all is not a pass', async () => {
  expect((await run([])).code).toBe(1);
});

test('a stage that wants the machine to itself waits for the others', async () => {
  let running = 0;
  const seen: [string, number][] = [];
  const counting = (name: string, alone: boolean) =>
    stage(
      name,
      async () => {
        running += 1;
        await wait(20);
        seen.push([name, running]);
        running -= 1;
        return { ok: true, output: '' };
      },
      alone,
    );
  await run([counting('e2e', true), counting('types', false), counting('lint', false)]);
  expect(seen.at(-1)).toEqual(['e2e', 1]);
});

test('a run that changes what git sees fails, and says which file', async () => {
  using folder = repository();
  const writes = stage('format', async () => {
    writeFileSync(join(folder.path, 'left-behind'), '');
    return { ok: true, output: '' };
  });
  const { code, said } = await run([writes], { folder: folder.path });
  expect(code).toBe(1);
  expect(said).toContain('The run changed what git sees:\n?? left-behind');
  expect(said.endsWith('\n0 passed, 1 failed')).toBe(true);
  expect((await run([writes], { folder: folder.path })).code, 'what lay there before is no change').toBe(0);
});

test('a run that took longer than it may says so, and passes', async () => {
  expect((await run([ok('types')])).said).not.toContain('minutes');
  const { code, said } = await run([ok('types')], { mostSeconds: 0 });
  expect(code).toBe(0);
  expect(said).toMatch(/This took 0\.0 minutes on \d+ cores?\. A whole run should take at most 0 on two/);
});

test('a runner with no test, or with a skipped one, is a stage that failed', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-runner-'));
  const stageWith = (source: string) => {
    writeFileSync(join(folder.path, 'one.test.js'), source);
    return unit('--root', folder.path, '--globals')();
  };
  expect(await stageWith("test('holds', () => {}); test.skip('is left', () => {});")).toMatchObject({
    ok: false,
    count: { passed: 1, failed: 0, why: [expect.stringContaining('1 skipped')] },
  });
  expect(await stageWith('')).toMatchObject({ ok: false, count: { passed: 0 } });
});

test('npm test does not know a stage it does not have', async () => {
  const { status, output } = await runCommand('node', ['scripts/test.ts', '--only', 'types,spelling']);
  expect(status).toBe(2);
  expect(output).toMatch(/^no stage spelling; there are types, lint, /);
});
