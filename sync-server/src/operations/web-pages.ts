/** The app as static files, the pages that explain problems, and the way to the one public address. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROBLEM_CODES, z } from '@evenkeel/protocol';
import express, { type Express, type Request, type RequestHandler } from 'express';
import { ProblemFound } from '../problem-handler.ts';

const YEAR_SECONDS = 31_536_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const codeSchema = z.enum(PROBLEM_CODES);

export type Pages = {
  readonly origin: string;
  readonly webDir: string | undefined;
  readonly docsDir: string;
};

export function mountPages(app: Express, { origin, webDir, docsDir }: Pages): void {
  app.get('/problems/:code', (req, res, next) => {
    problemPage(docsDir, req.params.code).then(
      (page) => res.type('text/plain; charset=utf-8').send(page),
      next,
    );
  });
  app.use(toPublicAddress(origin));
  if (webDir === undefined) return;
  app.use(
    express.static(webDir, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (res, path) => {
        // Vite names what it hashes; every other file keeps its name and must be asked for again.
        const isHashed = path.startsWith(join(webDir, 'assets'));
        res.setHeader('Cache-Control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
      },
    }),
  );
  app.use((req, res, next) => {
    // Whoever asks for the address itself, a probe or a script, gets the page as well.
    const isFront = req.path === '/' && (req.method === 'GET' || req.method === 'HEAD');
    if (!isPageLoad(req) && !isFront) {
      next();
      return;
    }
    res.setHeader('Cache-Control', 'no-cache');
    res.sendFile('index.html', { root: webDir, cacheControl: false });
  });
}

async function problemPage(docsDir: string, code: string): Promise<string> {
  if (!codeSchema.safeParse(code).success) throw new ProblemFound('not-found');
  try {
    return await readFile(join(docsDir, 'problems', `${code}.md`), 'utf8');
  } catch {
    throw new ProblemFound('not-found');
  }
}

/**
 * A page opened under another host name would have another storage: the diary would seem empty. So it is sent
 * to the one address. Not to this machine's own name, though, from a name that is not its own: there
 * "localhost" would be the visitor's machine, and the app explains itself better.
 */
function toPublicAddress(origin: string): RequestHandler {
  const { hostname } = new URL(origin);
  return (req, res, next) => {
    const asked = requestedHost(req);
    const isElsewhere =
      asked !== null && asked !== hostname && !(LOOPBACK.has(hostname) && !LOOPBACK.has(asked));
    if (isPageLoad(req) && isElsewhere) res.redirect(307, origin + req.originalUrl);
    else next();
  };
}

function requestedHost(req: Request): string | null {
  try {
    return new URL(`http://${req.headers.host ?? ''}`).hostname;
  } catch {
    return null;
  }
}

function isPageLoad(req: Request): boolean {
  return (req.method === 'GET' || req.method === 'HEAD') && (req.headers.accept ?? '').includes('text/html');
}
