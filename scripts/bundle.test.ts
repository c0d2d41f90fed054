import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { measureBundle } from './bundle.ts';

const builtApp = (files: Readonly<Record<string, string>>) => {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-bundle-'));
  mkdirSync(join(folder.path, 'assets'));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder.path, file), content);
  return folder;
};

const gzip = (...sources: readonly string[]) =>
  sources.reduce((total, source) => total + gzipSync(source, { level: 9 }).length, 0);

const entry =
  'import{a}from"./react-1.js";const go=()=>import("./SharingPage-2.js");new Worker("/assets/worker-vault-3.js");go(a);';
const react = 'export const a="react";';
const sharing = 'import{a}from"./react-1.js";import"./words-4.js";export const page=a;';
const welcome = 'import{a}from"./react-1.js";export const page=["welcome",a];';
const vault = 'self.onmessage=()=>{};';
const words = 'export const words=["able","about"];';
const desk = 'export const desk="the desk, which the person never loads";';
const worker =
  'precache([{url:"assets/index-0.js"},{url:"assets/SharingPage-2.js"},{url:"assets/index.css"},{url:"gone.js"}])';

const app = {
  'index.html': '<script type="module" src="/assets/index-0.js"></script>',
  'sw.js': worker,
  'assets/index-0.js': entry,
  'assets/react-1.js': react,
  'assets/SharingPage-2.js': sharing,
  'assets/worker-vault-3.js': vault,
  'assets/WelcomePage-6.js': welcome,
  'assets/words-4.js': words,
  'assets/desk-5.js': desk,
  'assets/index.css': 'body{margin:0}',
};

test('the first screen is the entry, what it imports at once, the welcome, and the worker with the keys', async () => {
  using dist = builtApp(app);
  const { firstScreen } = await measureBundle(dist.path);
  expect(firstScreen).toBe(gzip(entry, react, vault, welcome));
});

test('a screen weighs what it adds to an open diary, and the quick entry what it adds to the first screen', async () => {
  const diary = 'import"./check-in-7.js";import"./words-4.js";';
  const checkIn = 'export const sea="the sea";';
  const sw = worker.replace('[', '[{url:"assets/diary-8.js"},{url:"assets/check-in-7.js"},');
  using dist = builtApp({ ...app, 'sw.js': sw, 'assets/diary-8.js': diary, 'assets/check-in-7.js': checkIn });
  const sizes = await measureBundle(dist.path);
  expect(sizes.diary).toBe(gzip(diary, words, checkIn));
  expect(sizes.routes).toEqual({
    'assets/SharingPage-2.js': gzip(sharing),
    'assets/check-in-7.js': gzip(checkIn),
  });
});

test('a route weighs what going there loads anew', async () => {
  using dist = builtApp(app);
  const { routes } = await measureBundle(dist.path);
  expect(routes).toEqual({ 'assets/SharingPage-2.js': gzip(sharing, words) });
});

test("the person's face is what the service worker keeps, and the worker", async () => {
  using dist = builtApp(app);
  const { allOfThePerson, styles, precache } = await measureBundle(dist.path);
  expect(allOfThePerson).toBe(gzip(entry, sharing, worker));
  expect(styles).toBe(gzip('body{margin:0}'));
  expect(precache).toBe(entry.length + sharing.length + 'body{margin:0}'.length);
});
