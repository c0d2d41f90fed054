import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';

/** What a server must allow for this build: read by the server when it writes its CSP header. */
export type CspSources = { readonly importMap: string };

/**
 * Gives every script of the build an integrity value, so that the page can run under
 * `Integrity-Policy: blocked-destinations=(script)`: an import map lists all chunks (static and dynamic
 * imports take their value from it), and the entry and its preloads carry the attribute themselves.
 * The import map is the only inline script; its hash goes to `csp.json`, as a CSP source for script-src.
 */
export function scriptIntegrity(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'evenkeel:script-integrity',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        if (config.build.ssr || config.build.lib) return;
        const outDir = resolve(config.root, config.build.outDir);
        const integrity = await integrityOfScripts(outDir);
        const importMap = JSON.stringify({ integrity });
        const page = join(outDir, 'index.html');
        await writeFile(page, withIntegrity(await readFile(page, 'utf8'), importMap, integrity));
        const sources: CspSources = { importMap: `'sha256-${sha('sha256', importMap)}'` };
        await writeFile(join(outDir, 'csp.json'), `${JSON.stringify(sources, null, 2)}\n`);
      },
    },
  };
}

/** Puts the import map before the first script and the values on scripts and preloads that are named in the page. */
export function withIntegrity(
  html: string,
  importMap: string,
  integrity: Readonly<Record<string, string>>,
): string {
  const tagged = html.replace(
    /<(script|link)([^>]*?)(src|href)="(\/[^"]+\.js)"([^>]*)>/g,
    (tag, name: string, before: string, attribute: string, url: string, after: string) => {
      const value = integrity[url];
      return value ? `<${name}${before}${attribute}="${url}" integrity="${value}"${after}>` : tag;
    },
  );
  const firstScript = tagged.search(/<script|<link[^>]*modulepreload/);
  if (firstScript < 0) throw new Error('The page has no script to protect.');
  return `${tagged.slice(0, firstScript)}<script type="importmap">${importMap}</script>\n    ${tagged.slice(firstScript)}`;
}

async function integrityOfScripts(outDir: string): Promise<Record<string, string>> {
  const files = (await readdir(outDir, { recursive: true }))
    .filter((file) => file.endsWith('.js'))
    .toSorted();
  const values: Record<string, string> = {};
  for (const file of files) {
    values[`/${file.replaceAll('\\', '/')}`] = `sha384-${sha('sha384', await readFile(join(outDir, file)))}`;
  }
  return values;
}

function sha(algorithm: 'sha256' | 'sha384', data: string | Uint8Array): string {
  return createHash(algorithm).update(data).digest('base64');
}
