/** The headers that keep a page of ours from running anything but our own code (docs/threat-model.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '@evenkeel/protocol';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const HSTS_SECONDS = 63_072_000;
/** As the app's build writes it: a CSP source, quotes included. */
const cspSchema = z.object({ importMap: z.string().check(z.regex(/^'sha256-[A-Za-z0-9+/=]+'$/)) });

export function securityHeaders(origin: string, importMap: string | null): readonly RequestHandler[] {
  const scripts = ["'self'", "'wasm-unsafe-eval'", ...(importMap === null ? [] : [importMap])];
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'none'"],
          'script-src': scripts,
          'style-src': ["'self'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'font-src': ["'self'"],
          'connect-src': ["'self'"],
          'worker-src': ["'self'"],
          'manifest-src': ["'self'"],
          'base-uri': ["'none'"],
          'form-action': ["'none'"],
          'frame-ancestors': ["'none'"],
          'object-src': ["'none'"],
          'require-trusted-types-for': ["'script'"],
          'trusted-types': ['ek-url'],
        },
      },
      crossOriginEmbedderPolicy: { policy: 'require-corp' },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: origin.startsWith('https:')
        ? { maxAge: HSTS_SECONDS, includeSubDomains: false }
        : false,
    }),
    (_req, res, next) => {
      res.setHeader('Integrity-Policy', 'blocked-destinations=(script)');
      res.setHeader(
        'Permissions-Policy',
        'camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=(), unload=()',
      );
      next();
    },
  ];
}

/** The source that allows the page's import map, as the build wrote it; null where the app has not been built. */
export function readImportMap(webDir: string | undefined): string | null {
  if (webDir === undefined) return null;
  let text: string;
  try {
    text = readFileSync(join(webDir, 'csp.json'), 'utf8');
  } catch {
    return null;
  }
  return cspSchema.parse(JSON.parse(text)).importMap;
}
