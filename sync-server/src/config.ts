/** Settings from the environment, parsed once, by one schema. A wrong one says its name, what was found and what is expected. */
import { readFileSync } from 'node:fs';
import { DEFAULT_LIMITS, z } from '@evenkeel/protocol';
import type { AppConfig } from './app.ts';
import type { Signups } from './services.ts';

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** An origin: scheme, host, port. */
  readonly publicUrl: string;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly trustProxy: AppConfig['trustProxy'];
  readonly signups: Signups;
  readonly mostAccounts: number;
  /** Of the database; null: as large as the disk allows. */
  readonly mostBytes: number | null;
  readonly logLevel: LogLevel;
};
export type LogLevel = (typeof LOG_LEVELS)[number];

export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';
  readonly code = 'wrong-setting';
  /** `found` is shown as JSON, cut where it is long. */
  constructor(variable: string, found: unknown, expected: string) {
    super(`${variable} is ${found === undefined ? 'not set' : shown(found)}; expected ${expected}`);
  }
}

const MOST_SHOWN = 200;

function shown(found: unknown): string {
  const text = JSON.stringify(found);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
const SIGNUPS = ['invite', 'open', 'closed'] as const;
const MOST_PORT = 65_535;
const GIB = 1_073_741_824;

const PORT = `a whole number from 1 to ${MOST_PORT}`;
const portSchema = z.coerce.number(PORT).check(z.int(PORT), z.gte(1, PORT), z.lte(MOST_PORT, PORT));

const countSchema = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,6}$/, 'a whole number from 1 to 9999999')),
  z.transform(Number),
);

const originSchema = z.pipe(
  z
    .string()
    .check(z.refine(isOrigin, 'an http or https address without a path, like https://diary.example.org')),
  z.transform((text) => new URL(text).origin),
);

/** A file's content, read at the start, so a wrong path is told at once. */
const pemSchema = z.pipe(
  z.pipe(z.string(), z.transform(textOfFile)),
  z
    .string('a file that this process may read')
    .check(z.refine((text) => text.includes('-----BEGIN '), 'a file in PEM form')),
);

/** A number of proxies, or their addresses. */
const trustProxySchema = z.pipe(
  z
    .string()
    .check(
      z.refine(
        (text) => isNobody(text) || isHops(text) || placesIn(text).every(isPlace),
        'how many proxies stand in front (1 to 9), or their addresses, like "loopback, 10.0.0.0/8"',
      ),
    ),
  z.transform((text): AppConfig['trustProxy'] => {
    if (isNobody(text)) return false;
    return isHops(text) ? Number(text) : placesIn(text);
  }),
);

/** Every setting by its name; the message of a check is what is expected. */
export const settingsSchema = z
  .object({
    PORT: z._default(portSchema, 8787),
    TLS_CERT: z.optional(pemSchema),
    TLS_KEY: z.optional(pemSchema),
    HOST: z._default(z.string(), '127.0.0.1'),
    DATA_DIR: z._default(z.string(), './data'),
    PUBLIC_URL: z.optional(originSchema),
    TRUST_PROXY: z._default(trustProxySchema, false),
    SIGNUPS: z._default(z.enum(SIGNUPS, `one of ${SIGNUPS.join(', ')}`), 'invite'),
    MAX_ACCOUNTS: z._default(countSchema, DEFAULT_LIMITS.accounts),
    MAX_GIB: z.optional(countSchema),
    LOG_LEVEL: z._default(z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`), 'info'),
  })
  .check(
    z.refine(({ TLS_CERT, TLS_KEY }) => TLS_CERT !== undefined || TLS_KEY === undefined, {
      path: ['TLS_CERT'],
      error: 'a certificate file, because TLS_KEY is set',
    }),
    z.refine(({ TLS_CERT, TLS_KEY }) => TLS_KEY !== undefined || TLS_CERT === undefined, {
      path: ['TLS_KEY'],
      error: 'a private key file, because TLS_CERT is set',
    }),
  );

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {WrongSetting} */
export function readConfig(environment: Environment): Config {
  const found = withoutEmpty(environment);
  const parsed = settingsSchema.safeParse(found);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new WrongSetting(name, found[name], issue?.message ?? '');
  }
  const { PORT: port, TLS_CERT: cert, TLS_KEY: key, MAX_GIB: gib, ...rest } = parsed.data;
  const tls = cert === undefined || key === undefined ? null : { cert, key };
  return {
    port,
    host: rest.HOST,
    dataDir: rest.DATA_DIR,
    publicUrl: rest.PUBLIC_URL ?? `${tls === null ? 'http' : 'https'}://localhost:${port}`,
    tls,
    trustProxy: rest.TRUST_PROXY,
    signups: rest.SIGNUPS,
    mostAccounts: rest.MAX_ACCOUNTS,
    mostBytes: gib === undefined ? null : gib * GIB,
    logLevel: rest.LOG_LEVEL,
  };
}

/** An empty variable is one that is not set: compose files pass those. */
function withoutEmpty(environment: Environment): Environment {
  const trimmed = Object.entries(environment).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ''));
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.href === `${url.origin}/`;
}

function textOfFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isNobody(text: string): boolean {
  return text === '0' || text === 'false';
}

function isHops(text: string): boolean {
  return /^[1-9]$/.test(text);
}

function placesIn(text: string): string[] {
  return text.split(',').map((place) => place.trim());
}

function isPlace(place: string): boolean {
  return /^(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)$/.test(place);
}
