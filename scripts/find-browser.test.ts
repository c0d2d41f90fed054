import { chmodSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from './find-browser.ts';

const nowhere = { env: { PATH: '' }, playwrightPath: async () => undefined, isDebian: true };

const folderWith = (name: string) => {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-browser-'));
  writeFileSync(join(folder.path, name), '#!/bin/sh\n');
  chmodSync(join(folder.path, name), 0o755);
  return folder;
};

test('with nothing on PATH the one command that gets a browser is told', async () => {
  expect(await findBrowser(nowhere)).toEqual({
    ok: false,
    reason: 'no-browser',
    command: 'sudo apt-get install chromium',
  });
  expect(await findBrowser({ ...nowhere, isDebian: false })).toMatchObject({
    command: 'npx playwright install chromium',
  });
});

test('a browser on PATH is found by its name', async () => {
  using folder = folderWith('chromium-browser');
  expect(await findBrowser({ ...nowhere, env: { PATH: folder.path } })).toEqual({
    ok: true,
    path: join(folder.path, 'chromium-browser'),
  });
});

test('CHROMIUM_PATH goes before PATH, and one that leads nowhere is not replaced in silence', async () => {
  using chosen = folderWith('mine');
  using other = folderWith('chromium');
  const path = join(chosen.path, 'mine');
  expect(await findBrowser({ ...nowhere, env: { PATH: other.path, CHROMIUM_PATH: path } })).toEqual({
    ok: true,
    path,
  });
  expect(
    await findBrowser({ ...nowhere, env: { PATH: other.path, CHROMIUM_PATH: '/nowhere/chromium' } }),
  ).toMatchObject({ ok: false });
});

test("Playwright's own browser is the last resort", async () => {
  using folder = folderWith('chrome-headless');
  const path = join(folder.path, 'chrome-headless');
  expect(await findBrowser({ ...nowhere, playwrightPath: async () => path })).toEqual({ ok: true, path });
});
