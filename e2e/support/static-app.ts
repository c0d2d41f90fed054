/** The built app from a plain web space: files and nothing else, no server of ours anywhere. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { builtApp } from './builds.ts';

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export type StaticApp = AsyncDisposable & { readonly url: string };

export async function serveStaticApp(): Promise<StaticApp> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    void fileFor(pathname).then(({ kind, bytes }) => {
      response.writeHead(200, { 'content-type': kind });
      response.end(bytes);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the web space has no port');
  return {
    url: `http://localhost:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Every address that is no file is a screen of the app. */
async function fileFor(pathname: string): Promise<{ readonly kind: string; readonly bytes: Buffer }> {
  const path = join(builtApp, normalize(pathname));
  try {
    const kind = kinds[extname(path)] ?? 'application/octet-stream';
    return { kind, bytes: await readFile(path) };
  } catch {
    return { kind: 'text/html; charset=utf-8', bytes: await readFile(join(builtApp, 'index.html')) };
  }
}
