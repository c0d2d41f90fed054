/** P1, P2 and P12 on the app as it is built: how soon it can be used, how soon an entry is safe, whether it stalls. */
import { expectOpen, saveButton, touchSea } from '../../../e2e/support/app.ts';
import type { BrowserContext, Page } from '@playwright/test';
import type { Bench, Room } from '../bench.ts';
import { type BenchBrowser, openBrowser } from '../browser.ts';
import { fill, install, quiet } from '../filled-app.ts';
import { freePort } from '../free-port.ts';
import { watchBlocks } from '../page/watch-blocks.ts';
import { type AimedRow, ratioRow, valueRow } from '../row.ts';
import { startBenchServer } from '../server-process.ts';
import { interleave, median, percentile } from '../statistics.ts';
import { watchOpening, watchSaving } from '../watch-app.ts';

const FEW = 200;
type Opened = {
  readonly fromKeysMs: number;
  readonly fromAddressMs: number;
  readonly longestBlockMs: number;
};

export const app: Room = {
  ids: ['P1', 'P2', 'P12'],
  async run(bench) {
    const { browser, note, amount } = bench;
    const port = await freePort();
    const many = amount(20_000);
    await using large = await openBrowser(await browser(), note);
    await using small = await openBrowser(await browser(), note);
    {
      await using filling = await startBenchServer({ webDir: await bench.pageDir(), port });
      note(`filling a diary of ${many} entries and one of ${FEW}`);
      await fill(large, filling.url, many);
      await fill(small, filling.url, FEW);
    }
    await using server = await startBenchServer({ webDir: await bench.appDir(), port });
    for (const { context } of [large, small]) {
      await watch(context);
      await install(context, server.url);
    }
    const rows: AimedRow[] = [];
    if (bench.wants('P1') || bench.wants('P12'))
      rows.push(...(await opening(bench, server.url, large, small, many)));
    if (bench.wants('P2')) rows.push(...(await saving(bench, server.url, large)));
    return rows;
  },
};

async function opening(
  { rounds, wants }: Bench,
  url: string,
  large: BenchBrowser,
  small: BenchBrowser,
  many: number,
): Promise<readonly AimedRow[]> {
  await openOnce(large.context, url);
  await openOnce(small.context, url);
  const pairs = await interleave(
    rounds,
    () => openOnce(large.context, url),
    () => openOnce(small.context, url),
  );
  const against = (pick: 'fromKeysMs' | 'fromAddressMs') =>
    pairs.map(({ subject, baseline }) => ({ subject: subject[pick], baseline: baseline[pick] }));
  return [
    ...(wants('P1')
      ? [
          ratioRow(
            {
              id: 'P1',
              what: `unlock to Today drawn, ${many} entries; against ${FEW}`,
              unit: 'ms',
              aim: { atMost: 1.5 },
            },
            against('fromKeysMs'),
          ),
          ratioRow(
            {
              id: 'P1',
              what: `address to Today drawn, ${many} entries; against ${FEW}`,
              unit: 'ms',
              aim: null,
            },
            against('fromAddressMs'),
          ),
        ]
      : []),
    ...(wants('P12')
      ? [
          valueRow(
            {
              id: 'P12',
              what: `main thread blocked longest during a start with ${many}`,
              unit: 'ms',
              aim: { atMost: 200 },
            },
            median(pairs.map(({ subject }) => subject.longestBlockMs)),
            { rounds },
          ),
        ]
      : []),
  ];
}

async function saving(
  { rounds, amount }: Bench,
  url: string,
  { context }: BenchBrowser,
): Promise<readonly AimedRow[]> {
  const saves = amount(20);
  const warm = await context.newPage();
  await warm.goto(url);
  await expectOpen(warm);
  await quiet(warm);
  await saveTimes(warm, 3);
  const warmPairs = await interleave(
    rounds,
    async () => percentile(await saveTimes(warm, saves), 0.95),
    async () => percentile(await rawPuts(warm, saves * 2), 0.95),
  );
  await warm.close();
  const firstPairs = await interleave(
    rounds,
    async () => {
      const times: number[] = [];
      for (let i = 0; i < Math.max(3, Math.round(saves / 4)); i += 1) {
        const page = await context.newPage();
        await page.goto(url);
        await expectOpen(page);
        times.push(...(await saveTimes(page, 1)));
        await page.close();
      }
      return percentile(times, 0.95);
    },
    async () => {
      const page = await context.newPage();
      await page.goto(url);
      await expectOpen(page);
      await quiet(page);
      const p95 = percentile(await rawPuts(page, saves * 2), 0.95);
      await page.close();
      return p95;
    },
  );
  return [
    ratioRow(
      {
        id: 'P2',
        what: 'Save tapped to “Saved on this phone”, warm, p95; against one raw strict put, p95',
        unit: 'ms',
        aim: { atMost: 6 },
      },
      warmPairs,
    ),
    ratioRow(
      { id: 'P2', what: 'the same as the first act after unlock', unit: 'ms', aim: { atMost: 6 } },
      firstPairs,
    ),
  ];
}

async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript(watchBlocks);
  await context.addInitScript(watchOpening);
  await context.addInitScript(watchSaving);
}

async function openOnce(context: BrowserContext, url: string): Promise<Opened> {
  const page = await context.newPage();
  await page.goto(url);
  await expectOpen(page);
  await page.waitForFunction(() => window.opening.drawnAt > 0);
  await quiet(page);
  const { keysAt, drawnAt } = await page.evaluate(() => window.opening);
  const longestBlockMs = await page.evaluate(() => window.blocks.longest());
  await page.close();
  return { fromKeysMs: drawnAt - keysAt, fromAddressMs: drawnAt, longestBlockMs };
}

async function saveTimes(page: Page, count: number): Promise<readonly number[]> {
  await page.evaluate(() => {
    window.saving.length = 0;
  });
  for (let i = 0; i < count; i += 1) {
    await touchSea(page, [0.2 + (0.6 * i) / count, 0.4]);
    await saveButton(page).click();
    await page.waitForFunction((n) => window.saving.length >= n, i + 1);
  }
  return page.evaluate(() => [...window.saving]);
}

/** Runs in the app's own page: the same disk, the same origin, the same moment. */
function rawPuts(page: Page, count: number): Promise<readonly number[]> {
  return page.evaluate(async (n) => {
    const name = 'bench-raw-puts';
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.addEventListener('upgradeneeded', () =>
        request.result.createObjectStore('docs', { keyPath: 'id' }),
      );
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
    });
    const times: number[] = [];
    for (let i = 0; i < n; i += 1) {
      const start = performance.now();
      await new Promise<void>((resolve, reject) => {
        const transaction = db.transaction('docs', 'readwrite', { durability: 'strict' });
        transaction.objectStore('docs').put({ id: `doc ${start}`, env: 'x'.repeat(620), sid: 'x' });
        transaction.addEventListener('complete', () => resolve());
        transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('not put')));
      });
      times.push(performance.now() - start);
      // A person does not save in a tight loop either, in which no process ever goes to sleep.
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
    db.close();
    indexedDB.deleteDatabase(name);
    return times;
  }, count);
}
