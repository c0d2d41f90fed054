/** Settings from the environment, parsed once. A wrong one says its name, what was found and what is expected. */
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

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {WrongSetting} */
export function readConfig(environment: Environment): Config {
  const port = readPort(setting(environment, 'PORT') ?? '8787');
  const tls = readTls(environment);
  return {
    port,
    host: setting(environment, 'HOST') ?? '127.0.0.1',
    dataDir: setting(environment, 'DATA_DIR') ?? './data',
    publicUrl: readPublicUrl(
      setting(environment, 'PUBLIC_URL') ?? `${tls === null ? 'http' : 'https'}://localhost:${port}`,
    ),
    tls,
    trustProxy: readTrustProxy(setting(environment, 'TRUST_PROXY') ?? ''),
    signups: readChoice('SIGNUPS', setting(environment, 'SIGNUPS') ?? 'invite', SIGNUPS),
    mostAccounts: readCount('MAX_ACCOUNTS', setting(environment, 'MAX_ACCOUNTS')) ?? DEFAULT_LIMITS.accounts,
    mostBytes: gibToBytes(readCount('MAX_GIB', setting(environment, 'MAX_GIB'))),
    logLevel: readChoice('LOG_LEVEL', setting(environment, 'LOG_LEVEL') ?? 'info', LOG_LEVELS),
  };
}

/** An empty variable is one that is not set: compose files pass those. */
function setting(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

function readPort(text: string): number {
  const port = z.coerce.number().check(z.int(), z.gte(1), z.lte(MOST_PORT)).safeParse(text);
  if (!port.success) throw new WrongSetting('PORT', text, `a whole number from 1 to ${MOST_PORT}`);
  return port.data;
}

function readCount(variable: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new WrongSetting(variable, text, 'a whole number from 1 to 9999999');
  return Number(text);
}

function gibToBytes(gib: number | null): number | null {
  return gib === null ? null : gib * 1_073_741_824;
}

function readPublicUrl(text: string): string {
  const expected = 'an http or https address without a path, like https://diary.example.org';
  if (!URL.canParse(text)) throw new WrongSetting('PUBLIC_URL', text, expected);
  const url = new URL(text);
  const isOrigin = (url.protocol === 'http:' || url.protocol === 'https:') && url.href === `${url.origin}/`;
  if (!isOrigin) throw new WrongSetting('PUBLIC_URL', text, expected);
  return url.origin;
}

/** Both files or neither; their content is read at the start, so a wrong path is told at once. */
function readTls(environment: Environment): Config['tls'] {
  const cert = setting(environment, 'TLS_CERT');
  const key = setting(environment, 'TLS_KEY');
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined)
    throw new WrongSetting('TLS_CERT', cert, 'a certificate file, because TLS_KEY is set');
  if (key === undefined)
    throw new WrongSetting('TLS_KEY', key, 'a private key file, because TLS_CERT is set');
  return { cert: readPem('TLS_CERT', cert), key: readPem('TLS_KEY', key) };
}

function readPem(variable: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new WrongSetting(variable, path, 'a file that this process may read');
  }
  if (!text.includes('-----BEGIN ')) throw new WrongSetting(variable, path, 'a file in PEM form');
  return text;
}

/** A number of proxies, or their addresses. */
function readTrustProxy(text: string): Config['trustProxy'] {
  if (text === '' || text === '0' || text === 'false') return false;
  if (/^[1-9]$/.test(text)) return Number(text);
  const places = text.split(',').map((place) => place.trim());
  const isPlace = (place: string) =>
    /^(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)$/.test(place);
  if (places.every(isPlace)) return places;
  throw new WrongSetting(
    'TRUST_PROXY',
    text,
    'how many proxies stand in front (1 to 9), or their addresses, like "loopback, 10.0.0.0/8"',
  );
}

function readChoice<Choice extends string>(
  variable: string,
  text: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw new WrongSetting(variable, text, `one of ${choices.join(', ')}`);
  return choice;
}
