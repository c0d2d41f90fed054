/**
 * Finds a Chromium for the tests, the bench and the pictures. Run by itself it prints the path:
 * `node scripts/find-browser.ts`.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type BrowserFound =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: 'no-browser'; readonly command: string };

/** What the search depends on; each part can be given by a test. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly playwrightPath: () => Promise<string | undefined>;
  readonly isDebian: boolean;
  readonly isRoot: boolean;
};

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where systems that do not put a browser on PATH keep it. */
const systemPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** CHROMIUM_PATH, then the system's names in PATH, then Playwright's own; else the command that gets one. */
export const findBrowser = async (around: Surroundings = realSurroundings()): Promise<BrowserFound> => {
  const named = around.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    return isExecutable(named) ? { ok: true, path: named } : notFound(around);
  }
  const folders = (around.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders
    .flatMap((folder) => systemNames.map((name) => join(folder, name)))
    .find(isExecutable);
  const path = onPath ?? (folders.length > 0 ? systemPlaces.find(isExecutable) : undefined);
  if (path !== undefined) return { ok: true, path };
  const own = await around.playwrightPath();
  return own !== undefined && isExecutable(own) ? { ok: true, path: own } : notFound(around);
};

/**
 * As findBrowser, and where nobody is there to type the command (root, CI=true) runs it.
 * Throws BrowserMissing with the command otherwise.
 */
export const needBrowser = async (around: Surroundings = realSurroundings()): Promise<string> => {
  const found = await findBrowser(around);
  if (found.ok) return found.path;
  if (around.env['CI'] === 'true' && around.isRoot) {
    // With the variable, apt-get asks no questions: nobody is there to answer.
    const env = { ...around.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync(found.command, { shell: true, stdio: ['ignore', 'inherit', 'inherit'], env });
    const again = await findBrowser(around);
    if (again.ok) return again.path;
  }
  throw new BrowserMissing(found.command);
};

/** How we start Chromium everywhere. The sandbox is given up only where Chromium refuses to have one: as root. */
export const launchOptions = (executablePath: string) => ({
  executablePath,
  headless: true,
  chromiumSandbox: !isRoot(),
  args: [
    ...(isRoot() ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
    '--disable-sync',
  ],
});

export class BrowserMissing extends Error {
  override readonly name = 'BrowserMissing';
  readonly code = 'browser-missing';
  readonly command: string;

  constructor(command: string) {
    super(`No Chromium was found. This gets one:\n\n  ${command}\n`);
    this.command = command;
  }
}

const notFound = (around: Surroundings): BrowserFound => ({
  ok: false,
  reason: 'no-browser',
  command: around.isDebian ? aptCommand(around.isRoot ? '' : 'sudo ') : 'npx playwright install chromium',
});

const aptCommand = (sudo: string): string =>
  `${sudo}apt-get update -qq && ${sudo}apt-get install -y -qq --no-install-recommends chromium`;

const realSurroundings = (): Surroundings => ({
  env: process.env,
  isDebian: existsSync('/etc/debian_version'),
  isRoot: isRoot(),
  playwrightPath: async () => {
    const { chromium } = await import('@playwright/test');
    return chromium.executablePath();
  },
});

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const isRoot = (): boolean => process.getuid?.() === 0;

if (import.meta.main) {
  const found = await findBrowser();
  console.log(found.ok ? found.path : found.command);
  process.exitCode = found.ok ? 0 : 1;
}
