import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';

/** SHA-256 (hex) of every file of the build by its path, and one over that list: the build's name. */
export type BuildManifest = { readonly build: string; readonly files: Readonly<Record<string, string>> };

/** Writes `build.json` once everything else is on disk, so that anybody can compare a server's files with a release. */
export function buildManifest(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'evenkeel:build-manifest',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        if (config.build.ssr) return;
        const outDir = resolve(config.root, config.build.outDir);
        const manifest = await manifestOf(outDir);
        await writeFile(join(outDir, 'build.json'), `${JSON.stringify(manifest, null, 2)}\n`);
      },
    },
  };
}

export async function manifestOf(folder: string): Promise<BuildManifest> {
  const files: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).toSorted()) {
    const path = join(folder, name);
    if (name === 'build.json' || !(await stat(path)).isFile()) continue;
    files[name.replaceAll('\\', '/')] = sha256(await readFile(path));
  }
  return { build: sha256(JSON.stringify(files)), files };
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
