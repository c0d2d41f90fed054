/**
 * Removes each check of the server and of the reader in a copy of the project, one by one, and
 * runs the tests that should notice. A check that can go without a test failing is a check nobody guards.
 *
 * A check is the one statement below a line `// check: <name>`, or the one line of SQL below `-- check: <name>`. Not
 * part of `npm test`: it takes a while.
 *
 *   npm run test:checks                 all of them
 *   npm run test:checks -- --only epoch those with "epoch" in their name or in the path of their file
 *
 * Beside each check stands the test that noticed. One that only ran out of time noticed nothing: it counts as not noticed.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from '@evenkeel/protocol';

type Check = { readonly name: string; readonly file: string; readonly from: number; readonly to: number };

/**
 * Where checks live, and which tests are expected to notice when one goes. `first` is asked before the rest: most are
 * missed by a test close by, and the rest takes minutes.
 */
const guarded = [
  { sources: 'sync-server/src', first: (file: string) => [dirname(file)], rest: ['sync-server'] },
  {
    sources: 'packages/replica/src',
    first: (file: string) => [file.replace(/\.ts$/, '.test.ts'), 'packages/test-kit/src/evil-server.test.ts'],
    rest: ['packages/replica', 'packages/test-kit'],
  },
  {
    sources: 'packages/sharing/src',
    first: (file: string) => [file.replace(/\.ts$/, '.test.ts')],
    rest: ['packages/sharing', 'packages/test-kit'],
  },
  {
    sources: 'packages/protocol/src',
    first: (file: string) => [file.replace(/\.ts$/, '.test.ts')],
    rest: ['packages/protocol', 'packages/vault'],
  },
  {
    sources: 'packages/vault/src',
    first: (file: string) => [file.replace(/\.ts$/, '.test.ts')],
    rest: ['packages/vault', 'packages/sharing'],
  },
] as const;

const copied = [
  'packages',
  'sync-server',
  'web',
  'docs',
  'scripts',
  'vitest.config.ts',
  'tsconfig.json',
  'package.json',
  'architecture.mjs',
];

/** Every marked statement of a source text: lines from (the marker) to (its last), counted from 0. */
export function findChecks(
  text: string,
): readonly { readonly name: string; readonly from: number; readonly to: number }[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const [, mark, name] = /^\s*(\/\/|--) check: (.+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    if (mark === '--') return [{ name, from: at, to: at + 1 }];
    let depth = 0;
    for (let i = at + 1; i < lines.length; i += 1) {
      const bare = withoutText(lines[i] ?? '');
      for (const char of bare) depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0;
      if (depth === 0 && /[;}]\s*$/.test(bare)) return [{ name, from: at, to: i }];
    }
    throw new Error(`the check "${name}" has no end`);
  });
}

/** The source with the statement of one check left out. */
export function withoutCheck(text: string, check: { readonly from: number; readonly to: number }): string {
  return text
    .split('\n')
    .toSpliced(check.from, check.to - check.from + 1)
    .join('\n');
}

function withoutText(line: string): string {
  return line.replaceAll(
    /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*$|\/(?:[^/\\\n]|\\.)+\/[a-z]*(?=[.,;)])/g,
    '',
  );
}

async function main(): Promise<void> {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const workplace = await copyProject(root);
  let noticed = 0;
  const unnoticed: string[] = [];
  try {
    for (const { sources, first, rest } of guarded) {
      for (const check of await checksIn(root, sources)) {
        if (values.only !== undefined && !`${check.name} ${check.file}`.includes(values.only)) continue;
        const target = join(workplace, check.file);
        const text = await readFile(target, 'utf8');
        await writeFile(target, withoutCheck(text, check));
        const by = (await noticedBy(workplace, first(check.file))) ?? (await noticedBy(workplace, rest));
        await writeFile(target, text);
        console.log(
          `${by === null ? 'NOT NOTICED' : 'noticed    '}  ${check.name}  (${check.file}:${check.from + 1})`,
        );
        if (by === null) unnoticed.push(check.name);
        else {
          noticed += 1;
          console.log(`               by: ${by}`);
        }
      }
    }
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
  console.log(`${noticed} passed, ${unnoticed.length} failed`);
  process.exitCode = unnoticed.length === 0 && noticed > 0 ? 0 : 1;
}

async function checksIn(root: string, sources: string): Promise<readonly Check[]> {
  const files = await readdir(join(root, sources), { recursive: true });
  const found = await Promise.all(
    files
      .filter((file) => file.endsWith('.ts') && !file.includes('.test'))
      .map(async (file) => {
        const path = join(sources, file);
        return findChecks(await readFile(join(root, path), 'utf8')).map((check) => ({
          ...check,
          file: path,
        }));
      }),
  );
  return found.flat();
}

/** A copy whose own packages resolve inside the copy, and everything else to what is installed. */
async function copyProject(root: string): Promise<string> {
  const workplace = await mkdtemp(join(tmpdir(), 'evenkeel-checks-'));
  for (const name of copied) {
    await cp(join(root, name), join(workplace, name), {
      recursive: true,
      filter: (source) => !relative(root, source).includes('node_modules'),
    }).catch(ignoreMissing);
  }
  const modules = join(workplace, 'node_modules');
  await mkdir(join(modules, '@evenkeel'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@evenkeel') await symlink(join(root, 'node_modules', name), join(modules, name));
  }
  for (const name of await readdir(join(root, 'packages'))) {
    await symlink(join(workplace, 'packages', name), join(modules, '@evenkeel', name));
  }
  for (const name of ['web', 'sync-server'])
    await symlink(join(workplace, name), join(modules, '@evenkeel', name));
  return workplace;
}

/** Runs tests until one fails, and says which. Null where all pass. */
async function noticedBy(workplace: string, tests: readonly string[]): Promise<string | null> {
  const report = join(workplace, 'vitest.json');
  await rm(report, { force: true });
  const words = ['run', '--bail', '1', '--passWithNoTests', '--reporter=json', `--outputFile=${report}`];
  await new Promise<void>((done, fail) => {
    const child = spawn(
      process.execPath,
      [join(workplace, 'node_modules/vitest/vitest.mjs'), ...words, '--root', workplace, ...tests],
      { cwd: workplace, stdio: 'ignore' },
    );
    child.on('error', fail);
    child.on('exit', () => done());
  });
  return firstFailure(JSON.parse(await readFile(report, 'utf8')));
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.nullish(z.array(z.string())),
        }),
      ),
    }),
  ),
});

/** The test of a Vitest report that failed because something was not as expected. A file that could not be run is a fault. */
export function firstFailure(report: unknown): string | null {
  const { testResults } = z.parse(reportSchema, report);
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed'),
  );
  const broken = testResults.find(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  if (failed.length === 0 && broken !== undefined) throw new Error(`${broken.name} could not be run`);
  const ranOut = /^\w*Error: (Test|Hook) timed out in/;
  const saw = failed.find(({ failureMessages }) => !ranOut.test(failureMessages?.[0] ?? ''));
  return saw === undefined ? null : saw.fullName;
}

function ignoreMissing(fault: unknown): void {
  if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return;
  throw fault;
}

if (import.meta.main) await main();
