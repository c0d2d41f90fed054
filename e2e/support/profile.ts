/** A browser profile on disk that can be closed and opened again, as a phone is put away and taken out. */
import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BrowserContext,
  type BrowserContextOptions,
  type LaunchOptions,
  type Page,
  chromium,
} from '@playwright/test';
import type { Watch } from './watch.ts';

export type Profile = {
  readonly dir: string;
  /** A running browser over the profile, with one blank page. The one before must be closed. */
  readonly open: (
    more?: BrowserContextOptions & LaunchOptions,
  ) => Promise<{ readonly context: BrowserContext; readonly page: Page }>;
  /** Ends the browser, so that all it wrote lies in `dir`. */
  readonly close: () => Promise<void>;
  /** Ends the browser as a crash or an empty battery does: it gets to do nothing more. */
  readonly kill: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export async function makeProfile(
  settings: BrowserContextOptions & LaunchOptions,
  watch: Watch,
): Promise<Profile> {
  const dir = await mkdtemp(join(tmpdir(), 'evenkeel-profile-'));
  let running: BrowserContext | null = null;
  const close = async (): Promise<void> => {
    const closing = running;
    running = null;
    await closing?.close();
  };
  return {
    dir,
    open: async (more = {}) => {
      const context = await chromium.launchPersistentContext(dir, { ...settings, ...more });
      running = context;
      await watch.follow(context);
      return { context, page: context.pages()[0] ?? (await context.newPage()) };
    },
    close,
    kill: async () => {
      const killed = running;
      if (killed === null) throw new Error('no browser is running');
      running = null;
      const gone = new Promise<void>((done) => killed.once('close', () => done()));
      // Chromium keeps `host-pid` here, so that a profile is never open twice.
      const lock = await readlink(join(dir, 'SingletonLock'));
      process.kill(Number(lock.slice(lock.lastIndexOf('-') + 1)), 'SIGKILL');
      await gone;
    },
    [Symbol.asyncDispose]: async () => {
      await close();
      await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
