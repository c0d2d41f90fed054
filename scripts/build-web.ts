/** `node scripts/build-web.ts` builds the app; web's own `build` script runs it. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root, runCommand } from './run-command.ts';

export type Built =
  | { readonly ok: true; readonly fresh: boolean }
  | { readonly ok: false; readonly output: string };

const stamp = join(root, 'web/dist/.sources');

/** Whether web/dist was built from the sources as they are now. */
export const isBuilt = (): boolean => stampOfDist() === hashOfSources();

/** Builds web/dist when it is missing or older than its sources; `force` builds in any case. */
export const buildWeb = async ({ force }: { readonly force: boolean }): Promise<Built> => {
  if (!force && isBuilt()) return { ok: true, fresh: false };
  const sources = hashOfSources();
  const { status, output } = await runCommand('vite', ['build'], { cwd: join(root, 'web') });
  if (status !== 0) return { ok: false, output };
  writeFileSync(stamp, `${sources}\n`);
  return { ok: true, fresh: true };
};

/** SHA-256 over the name and content of everything that goes into the build, dependencies by the lockfile. */
export const hashOfSources = (folder: string = root): string => {
  const hash = createHash('sha256');
  const paths = globSync(
    ['web/**/*', 'packages/*/src/**/*', 'packages/*/package.json', 'package-lock.json', 'tsconfig.json'],
    {
      cwd: folder,
      withFileTypes: true,
      exclude: (entry) => ['dist', 'node_modules', 'test-results'].includes(entry.name),
    },
  )
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const path of paths) {
    const content = readFileSync(path);
    hash.update(`${path.slice(folder.length).split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};

const stampOfDist = (): string | undefined => {
  try {
    return readFileSync(stamp, 'utf8').trim();
  } catch {
    return undefined;
  }
};

if (import.meta.main) {
  const built = await buildWeb({ force: true });
  if (!built.ok) console.error(built.output);
  process.exitCode = built.ok ? 0 : 1;
}
