/** A browser with a profile on the disk: only there does a strict write cost what it costs a person. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, chromium } from '@playwright/test';
import { launchOptions } from '../find-browser.ts';

export type BenchBrowser = AsyncDisposable & {
  readonly context: BrowserContext;
  /** A new tab at this address. */
  readonly open: (url: string) => Promise<Page>;
};

const PHONE = { width: 390, height: 844 } as const;
/** Filling a diary takes minutes on a slow machine. */
const LONGEST_MS = 600_000;

export async function openBrowser(
  executable: string,
  complain: (text: string) => void,
): Promise<BenchBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-bench-profile-'));
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions(executable),
    viewport: PHONE,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  context.setDefaultTimeout(LONGEST_MS);
  context.on('console', (message) => {
    // RxDB's channel asks for an event that the server's headers refuse; the app runs so too.
    if (message.type() === 'error' && !message.text().includes('unload')) complain(message.text());
  });
  context.on('weberror', (fault) => complain(fault.error().message));
  return {
    context,
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
