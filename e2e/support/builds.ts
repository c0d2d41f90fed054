/** Builds of the app in folders of their own, for journeys from one version to the next. */
import { execFile } from 'node:child_process';
import { cp, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const WEB = fileURLToPath(new URL('../../web', import.meta.url));
const run = promisify(execFile);

/** The build that all journeys are served. */
export const builtApp = process.env['E2E_WEB_DIR'] ?? join(WEB, 'dist');

/** Builds the sources as they are now, under another version, which is all that differs. */
export async function buildVersion(version: string, outDir: string): Promise<void> {
  await build(outDir, { VITE_VERSION: version });
}

/** Builds the sources as they are now, with ⟦ and ⟧ around every text that comes from a message file. */
export async function buildWithMarkedTexts(outDir: string): Promise<void> {
  await build(outDir, { MARK_TEXTS: 'yes' });
}

/** Puts one build in the place of another, as an upgrade does. */
export async function replaceBuild(folder: string, by: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  await cp(by, folder, { recursive: true });
}

/** The file the page of a build starts with. Its name changes with whatever it loads. */
export async function entryOf(folder: string): Promise<string> {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const entry = /<script[^>]*type="module"[^>]*src="([^"]+)"/.exec(page)?.[1];
  if (entry === undefined) throw new Error(`the page in ${folder} starts nothing`);
  return entry;
}

async function build(outDir: string, settings: Readonly<Record<string, string>>): Promise<void> {
  await run('vite', ['build', '--outDir', outDir, '--emptyOutDir'], {
    cwd: WEB,
    env: { ...process.env, ...settings },
  });
}
