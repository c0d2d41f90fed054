/** Builds what the browser rooms open: the app as it is shipped, and the bench's own page. Never into web/dist. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfSources } from '../build-web.ts';
import { root, runCommand } from '../run-command.ts';

export class BuildFailed extends Error {
  override readonly name = 'BuildFailed';
  readonly code = 'build-failed';
}

const cache = join(root, '.cache/bench');

/** The folder of the app, built from the sources as they are now. */
export async function buildApp(): Promise<string> {
  const folder = join(cache, 'app');
  const stamp = join(cache, 'app.sources');
  const sources = hashOfSources();
  if (existsSync(folder) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return folder;
  await vite(join(root, 'web'), ['--outDir', folder, '--emptyOutDir']);
  writeFileSync(stamp, sources);
  return folder;
}

/** The folder of the bench's page. */
export async function buildPage(): Promise<string> {
  const folder = join(cache, 'page');
  const config = join(import.meta.dirname, 'page/vite.config.ts');
  await vite(root, ['--config', config, '--outDir', folder, '--emptyOutDir']);
  return folder;
}

async function vite(cwd: string, words: readonly string[]): Promise<void> {
  const { status, output } = await runCommand('vite', ['build', ...words], { cwd });
  if (status !== 0) throw new BuildFailed(output);
}
