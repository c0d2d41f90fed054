import { chmodSync, existsSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BrowserMissing, findBrowser, needBrowser } from './find-browser.ts';

const nowhere = { env: { PATH: '' }, playwrightPath: async () => undefined, isDebian: true, isRoot: false };

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
    command: 'sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends chromium',
  });
  expect(await findBrowser({ ...nowhere, isRoot: true })).toMatchObject({
    command: 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium',
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

/** A folder with one program that notes each call in `calls`; `install` brings a browser, unless it fails. */
const folderWithInstaller = (name: 'apt-get' | 'npx', status = 0) => {
  const folder = folderWith(name);
  const [calls, browser] = ['calls', 'chromium'].map((file) => join(folder.path, file));
  const script = `#!/bin/sh
echo "${name} $*" >> "${calls}"
case "$*" in *install*) : > "${browser}"; /bin/chmod +x "${browser}";; esac
exit ${status}
`;
  writeFileSync(join(folder.path, name), script);
  const around = (env: Readonly<Record<string, string>>, isRoot: boolean) => ({
    ...nowhere,
    env: { ...env, PATH: folder.path },
    isDebian: name === 'apt-get',
    isRoot,
  });
  const ran = () =>
    existsSync(calls ?? '')
      ? readFileSync(calls ?? '', 'utf8')
          .trimEnd()
          .split('\n')
      : [];
  return { around, ran, browser, [Symbol.dispose]: () => folder.remove() };
};

const commandFor = async (around: Parameters<typeof findBrowser>[0]) => {
  const found = await findBrowser(around);
  return found.ok ? '' : found.command;
};

test.each(['apt-get', 'npx'] as const)(
  'as root with CI=true the command that would be printed is run, to the letter: %s',
  async (installer) => {
    using folder = folderWithInstaller(installer);
    const around = folder.around({ CI: 'true' }, true);
    const command = await commandFor(around);
    expect(await needBrowser(around)).toBe(folder.browser);
    expect(folder.ran().join(' && ')).toBe(command);
  },
);

test('nobody else has it run: it is told', async () => {
  using folder = folderWithInstaller('apt-get');
  for (const around of [
    folder.around({ CI: 'true' }, false),
    folder.around({}, true),
    folder.around({ CI: '1' }, true),
  ])
    await expect(needBrowser(around)).rejects.toThrow(new BrowserMissing(await commandFor(around)));
  expect(folder.ran()).toEqual([]);
});

test('a command that did not get one is told', async () => {
  using folder = folderWithInstaller('apt-get', 100);
  const around = folder.around({ CI: 'true' }, true);
  const command = await commandFor(around);
  await expect(needBrowser(around)).rejects.toThrow(new BrowserMissing(command));
  expect(folder.ran(), 'the second half waits for the first').toHaveLength(1);
});
