import { existsSync, globSync, mkdtempDisposableSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';
import { countPlaywright, countVitest, type Count } from './count-tests.ts';
import { needBrowser } from './find-browser.ts';
import { root, runCommand } from './run-command.ts';

/** What a stage has to say at its end. A check has no `count`; a runner of tests has. */
export type StageDone = { readonly ok: boolean; readonly output: string; readonly count?: Count };

/** One stage of `npm test`. `alone` keeps the machine to itself, after all others. */
export type Stage = {
  readonly name: string;
  readonly alone: boolean;
  readonly run: () => Promise<StageDone>;
};

/** Every tsconfig that names files; the bases, with an empty list, check nothing. */
export const tsconfigs = (folder: string = root): string[] =>
  globSync(['tsconfig*.json', '{web,sync-server,e2e,scripts}/tsconfig*.json', 'packages/*/tsconfig*.json'], {
    cwd: folder,
  })
    .filter((path) => !/"files"\s*:\s*\[\s*\]/.test(readFileSync(join(folder, path), 'utf8')))
    .toSorted();

const program =
  (name: string, words: readonly string[], show = false) =>
  async (): Promise<StageDone> => {
    const { status, output } = await runCommand(name, words, { show });
    return { ok: status === 0, output: show ? '' : output };
  };

const types = async (): Promise<StageDone> => {
  const paths = tsconfigs();
  const done: StageDone[] = [];
  for (const path of paths) done.push(await program('tsc', ['-p', path])());
  return {
    ok: paths.length > 0 && done.every(({ ok }) => ok),
    output: done.map(({ output }, at) => (output === '' ? '' : `${paths[at]}\n${output}`)).join(''),
  };
};

const build = async (): Promise<StageDone> => {
  const built = await buildWeb({ force: true });
  return built.ok ? program('node', ['scripts/check-bundle.ts'])() : { ok: false, output: built.output };
};

/** Vitest; `words` say what else it is told. */
export const unit =
  (...words: readonly string[]) =>
  async (): Promise<StageDone> => {
    using folder = reports();
    const report = join(folder.path, 'vitest.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { status, output } = await runCommand('vitest', ['run', ...reporters, ...words]);
    return counted(status, output, countVitest(report));
  };

const endToEnd = async (): Promise<StageDone> => {
  if (!existsSync(join(root, 'e2e/playwright.config.ts'))) {
    return counted(1, '', { passed: 0, failed: 0, why: ['e2e/playwright.config.ts is missing'] });
  }
  using folder = reports();
  const report = join(folder.path, 'playwright.json');
  const { status } = await runCommand(
    'playwright',
    ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'],
    {
      show: true,
      env: { CHROMIUM_PATH: await needBrowser(), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    },
  );
  return counted(status, '', countPlaywright(report));
};

const counted = (status: number, output: string, count: Count): StageDone => ({
  ok: status === 0 && count.failed === 0 && count.why.length === 0,
  output,
  count,
});

const reports = () => mkdtempDisposableSync(join(tmpdir(), 'evenkeel-reports-'));

export const stages: readonly Stage[] = [
  { name: 'types', alone: false, run: types },
  { name: 'lint', alone: false, run: program('oxlint', ['--type-aware', '--deny-warnings']) },
  { name: 'format', alone: false, run: program('oxfmt', ['--check']) },
  { name: 'graph', alone: false, run: program('node', ['scripts/check-graph.ts']) },
  {
    name: 'unused',
    alone: false,
    run: program('knip', ['-c', '.knip.jsonc', '--no-progress', '--no-config-hints']),
  },
  { name: 'build', alone: false, run: build },
  { name: 'unit', alone: false, run: unit() },
  { name: 'e2e', alone: true, run: endToEnd },
];
