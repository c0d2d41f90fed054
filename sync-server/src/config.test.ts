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

const wrong: readonly (readonly [string, string])[] = [
  ['PORT', 'eighty'],
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '80.5'],
  ['MAX_ACCOUNTS', '0'],
  ['MAX_GIB', '1.5'],
  ['MAX_GIB', 'all'],
  ['PUBLIC_URL', 'diary.example.org'],
  ['PUBLIC_URL', 'ftp://diary.example.org'],
  ['PUBLIC_URL', 'https://diary.example.org/app'],
  ['PUBLIC_URL', 'https://me:pw@diary.example.org'],
  ['TRUST_PROXY', 'yes'],
  ['SIGNUPS', 'anyone'],
  ['LOG_LEVEL', 'loud'],
];
test.each(wrong)('%s=%s is told with what was found and what is expected', (variable, value) => {
  const read = () => readConfig({ [variable]: value });
  expect(read).toThrow(WrongSetting);
  expect(read).toThrow(variable);
  expect(read).toThrow(JSON.stringify(value));
  expect(read).toThrow('expected ');
});

test('TLS needs both files, and files that are PEM', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-tls-'));
  const pem = join(folder, 'pem');
  const other = join(folder, 'other');
  writeFileSync(pem, '-----BEGIN CERTIFICATE-----\n');
  writeFileSync(other, 'hello');
  expect(() => readConfig({ TLS_CERT: pem })).toThrow('TLS_KEY is not set');
  expect(() => readConfig({ TLS_KEY: pem })).toThrow('TLS_CERT is not set');
  expect(() => readConfig({ TLS_CERT: join(folder, 'none'), TLS_KEY: pem })).toThrow('TLS_CERT');
  expect(() => readConfig({ TLS_CERT: pem, TLS_KEY: other })).toThrow('PEM');
  expect(readConfig({ TLS_CERT: pem, TLS_KEY: pem })).toMatchObject({
    publicUrl: 'https://localhost:8787',
    tls: { cert: '-----BEGIN CERTIFICATE-----\n' },
  });
});
