import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WrongSetting, readConfig } from './config.ts';

test('with nothing set the server is on this machine only, for people with an invitation', () => {
  expect(readConfig({})).toEqual({
    port: 8787,
    host: '127.0.0.1',
    dataDir: './data',
    publicUrl: 'http://localhost:8787',
    tls: null,
    trustProxy: false,
    signups: 'invite',
    mostAccounts: 1000,
    mostBytes: null,
    logLevel: 'info',
  });
});

test('an empty variable is one that is not set', () => {
  expect(readConfig({ PORT: '', SIGNUPS: ' ', TLS_CERT: '', TRUST_PROXY: '' })).toEqual(readConfig({}));
});

test('settings are read as they are meant', () => {
  const config = readConfig({
    PORT: '80',
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://diary.example.org/',
    TRUST_PROXY: '1',
    SIGNUPS: 'open',
    MAX_ACCOUNTS: '12',
    MAX_GIB: '2',
    LOG_LEVEL: 'warn',
  });
  expect(config).toMatchObject({
    port: 80,
    host: '0.0.0.0',
    publicUrl: 'https://diary.example.org',
    trustProxy: 1,
    signups: 'open',
    mostAccounts: 12,
    mostBytes: 2_147_483_648,
    logLevel: 'warn',
  });
  expect(readConfig({ TRUST_PROXY: 'loopback, 10.0.0.0/8' }).trustProxy).toEqual(['loopback', '10.0.0.0/8']);
  expect(readConfig({ PORT: '9000' }).publicUrl).toBe('http://localhost:9000');
});

const PORT = 'a whole number from 1 to 65535';
const COUNT = 'a whole number from 1 to 9999999';
const ADDRESS = 'an http or https address without a path, like https://diary.example.org';
const PROXIES = 'how many proxies stand in front (1 to 9), or their addresses, like "loopback, 10.0.0.0/8"';
const wrong: readonly (readonly [string, string, string])[] = [
  ['PORT', 'eighty', PORT],
  ['PORT', '0', PORT],
  ['PORT', '65536', PORT],
  ['PORT', '80.5', PORT],
  ['MAX_ACCOUNTS', '0', COUNT],
  ['MAX_GIB', '1.5', COUNT],
  ['MAX_GIB', 'all', COUNT],
  ['PUBLIC_URL', 'diary.example.org', ADDRESS],
  ['PUBLIC_URL', 'ftp://diary.example.org', ADDRESS],
  ['PUBLIC_URL', 'https://diary.example.org/app', ADDRESS],
  ['PUBLIC_URL', 'https://me:pw@diary.example.org', ADDRESS],
  ['TRUST_PROXY', 'yes', PROXIES],
  ['SIGNUPS', 'anyone', 'one of invite, open, closed'],
  ['LOG_LEVEL', 'loud', 'one of silent, fatal, error, warn, info, debug, trace'],
];
test.each(wrong)('%s=%s is told with what was found and what is expected', (variable, value, expected) => {
  const read = () => readConfig({ [variable]: `${value} ` });
  expect(read).toThrow(WrongSetting);
  expect(read).toThrow(new WrongSetting(variable, value, expected));
});

test('of several wrong settings one is told', () => {
  expect(() => readConfig({ PORT: 'eighty', SIGNUPS: 'anyone' })).toThrow(
    new WrongSetting('PORT', 'eighty', PORT),
  );
});

test('TLS needs both files, and files that are PEM', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-tls-'));
  const pem = join(folder, 'pem');
  const other = join(folder, 'other');
  writeFileSync(pem, '-----BEGIN CERTIFICATE-----\n');
  writeFileSync(other, 'hello');
  const none = join(folder, 'none');
  const told = (environment: Readonly<Record<string, string>>, ...words: [string, unknown, string]) =>
    expect(() => readConfig(environment)).toThrow(new WrongSetting(...words));
  told({ TLS_CERT: pem }, 'TLS_KEY', undefined, 'a private key file, because TLS_CERT is set');
  told({ TLS_KEY: pem }, 'TLS_CERT', undefined, 'a certificate file, because TLS_KEY is set');
  told({ TLS_CERT: none, TLS_KEY: pem }, 'TLS_CERT', none, 'a file that this process may read');
  told({ TLS_CERT: pem, TLS_KEY: other }, 'TLS_KEY', other, 'a file in PEM form');
  expect(readConfig({ TLS_CERT: pem, TLS_KEY: pem })).toMatchObject({
    publicUrl: 'https://localhost:8787',
    tls: { cert: '-----BEGIN CERTIFICATE-----\n' },
  });
});
