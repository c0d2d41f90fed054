/** The built app with a made-up diary in it, as the rooms that open it need it. */
import { expectOpen } from '../../e2e/support/app.ts';
import type { BrowserContext, Page } from '@playwright/test';
import type { BenchBrowser } from './browser.ts';

/** How long the page must have been quiet before it counts as through with what it does in the background. */
const QUIET_MS = 1500;
const LONGEST_QUIET_MS = 20_000;

export async function fill({ open }: BenchBrowser, url: string, entries: number): Promise<void> {
  const page = await open(url);
  const size = await page.evaluate((count) => window.bench.fillApp(count), entries);
  if (size !== entries) throw new Error(`${size} of ${entries} entries were kept`);
  await page.close();
}

/** The first visit puts the app into the service worker's hands; no later one waits for the network. */
export async function install(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  // The page that filled the diary lay at this address: were it the newer file, it would count as still fresh.
  await session.send('Network.clearBrowserCache');
  await page.goto(url);
  await expectOpen(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await quiet(page);
  await page.close();
}

/** Until nothing has been changed in the page, and no timer was late, for a while. */
export async function quiet(page: Page): Promise<void> {
  await page.evaluate(
    async ({ quietMs, longestMs }) => {
      const until = performance.now() + longestMs;
      let since = performance.now();
      for (let last = since; performance.now() < until && performance.now() - since < quietMs;) {
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
        if (performance.now() - last > 45) since = performance.now();
        last = performance.now();
      }
    },
    { quietMs: QUIET_MS, longestMs: LONGEST_QUIET_MS },
  );
}
