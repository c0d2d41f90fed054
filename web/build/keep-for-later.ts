import type { Plugin, Rolldown } from 'vite';

type PrecacheEntry = { url: string; revision: string | null; size: number };

/**
 * Finds the built files that only one lazy part of the app needs, so that a phone does not store them.
 * `behind`: pieces of source paths that mark the door to that part. A file that is also reached by
 * another way stays in the precache.
 */
export function keepForLater(settings: { readonly behind: readonly string[] }) {
  const later = new Set<string>();

  const plugin: Plugin = {
    name: 'evenkeel:keep-for-later',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const reached = reachedFiles(chunks, settings.behind);
        for (const chunk of chunks) {
          for (const file of filesOf(chunk)) if (!reached.has(file)) later.add(file);
        }
      },
    },
  };

  const withoutThem = (entries: PrecacheEntry[]) => ({
    manifest: entries.filter((entry) => !later.has(entry.url)),
    warnings: [],
  });

  return { plugin, withoutThem };
}

function reachedFiles(chunks: readonly Rolldown.OutputChunk[], behind: readonly string[]): Set<string> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const isDoor = (chunk: Rolldown.OutputChunk) =>
    !chunk.isEntry && behind.some((part) => chunk.facadeModuleId?.includes(part) ?? false);

  const files = new Set<string>();
  const seen = new Set<string>();
  const queue = chunks.filter((chunk) => chunk.isEntry);
  for (let chunk = queue.pop(); chunk; chunk = queue.pop()) {
    if (seen.has(chunk.fileName) || isDoor(chunk)) continue;
    seen.add(chunk.fileName);
    for (const file of filesOf(chunk)) files.add(file);
    for (const name of [...chunk.imports, ...chunk.dynamicImports]) {
      const next = byName.get(name);
      if (next) queue.push(next);
    }
  }
  return files;
}

function filesOf(chunk: Rolldown.OutputChunk): string[] {
  return [
    chunk.fileName,
    ...(chunk.viteMetadata?.importedCss ?? []),
    ...(chunk.viteMetadata?.importedAssets ?? []),
  ];
}
