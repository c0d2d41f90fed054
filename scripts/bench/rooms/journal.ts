/** P10 and P13 on the app as it is built: how soon a letter finds its entries, and what an open diary weighs. */
import { expectOpen, openRoom } from '../../../e2e/support/app.ts';
import type { Page } from '@playwright/test';
import type { Bench, Room } from '../bench.ts';
import { openBrowser } from '../browser.ts';
import { fill, install, quiet } from '../filled-app.ts';
import { freePort } from '../free-port.ts';
import { type AimedRow, valueRow } from '../row.ts';
import { startBenchServer } from '../server-process.ts';
import { median, percentile } from '../statistics.ts';
import { watchSearching } from '../watch-app.ts';

const SEARCHES = ['walk', 'calm', 'anxious', 'sleep', 'work tired', 'qqqq'];
/** No letter comes before the page is through with the one before. */
const BETWEEN_KEYS_MS = 400;

export const journal: Room = {
  ids: ['P10', 'P13'],
  async run(bench) {
    const { browser, note, amount } = bench;
    const port = await freePort();
    const many = amount(20_000);
    await using filled = await openBrowser(await browser(), note);
    {
      await using filling = await startBenchServer({ webDir: await bench.pageDir(), port });
      note(`filling a diary of ${many} entries`);
      await fill(filled, filling.url, many);
    }
    await using server = await startBenchServer({ webDir: await bench.appDir(), port });
    await filled.context.addInitScript(watchSearching);
    await install(filled.context, server.url);
    const page = await filled.open(server.url);
    await expectOpen(page);
    await quiet(page);
    const onToday = await heapBytes(page);
    await openRoom(page, 'Journal');
    await quiet(page);
    await searchFor(page, 'walk');
    const inJournal = await heapBytes(page);
    return [
      ...(bench.wants('P10') ? [await searching(bench, page, many)] : []),
      heapRow(`JavaScript heap on Today with ${many} entries open`, onToday),
      heapRow('the same in the journal, everything searchable', inJournal),
    ];
  },
};

async function searching({ rounds }: Bench, page: Page, many: number): Promise<AimedRow> {
  const p95s: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = [];
    for (const sought of SEARCHES) times.push(...(await searchFor(page, sought)));
    p95s.push(percentile(times, 0.95));
  }
  return valueRow(
    { id: 'P10', what: `a letter of a search over ${many} entries, p95`, unit: 'ms', aim: { atMost: 100 } },
    median(p95s),
    { rounds },
  );
}

/** Milliseconds of each letter. */
async function searchFor(page: Page, sought: string): Promise<readonly number[]> {
  const field = page.getByRole('searchbox');
  await field.fill('');
  await page.waitForTimeout(BETWEEN_KEYS_MS);
  await page.evaluate(() => {
    window.searching.length = 0;
  });
  await field.pressSequentially(sought, { delay: BETWEEN_KEYS_MS });
  await page.waitForTimeout(BETWEEN_KEYS_MS);
  return page.evaluate(() => window.searching.map(({ pressedAt, changedAt }) => changedAt - pressedAt));
}

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

function heapRow(what: string, bytes: number): AimedRow {
  return valueRow({ id: 'P13', what, unit: 'MB', aim: { atMost: 120 } }, bytes / 1e6);
}
