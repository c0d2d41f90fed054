/** P10, P13 and P15 on the app as it is built: how soon a letter finds its entries, what an open diary weighs, how it scrolls. */
import { expectOpen, openRoom } from '../../../e2e/support/app.ts';
import type { Page } from '@playwright/test';
import type { Bench, Room } from '../bench.ts';
import { type BenchBrowser, openBrowser } from '../browser.ts';
import { fill, install, quiet } from '../filled-app.ts';
import { freePort } from '../free-port.ts';
import { type AimedRow, ratioRow, valueRow } from '../row.ts';
import { startBenchServer } from '../server-process.ts';
import { interleave, median, percentile } from '../statistics.ts';
import { watchSearching } from '../watch-app.ts';

const SEARCHES = ['walk', 'calm', 'anxious', 'sleep', 'work tired', 'qqqq'];
/** No letter comes before the page is through with the one before. */
const BETWEEN_KEYS_MS = 400;
const FEW = 200;
/** A whole screen and more further each frame: all of it is new, as when somebody looks for a day of long ago. */
const SCROLL = { frames: 300, pxPerFrame: 1000 };
/** What is drawn at fewer than twenty frames a second is seen to stand still. */
const SLOW_FRAME_MS = 50;

export const journal: Room = {
  ids: ['P10', 'P13', 'P15'],
  async run(bench) {
    const { browser, note, amount } = bench;
    const port = await freePort();
    const many = amount(20_000);
    await using filled = await openBrowser(await browser(), note);
    await using small = bench.wants('P15') ? await openBrowser(await browser(), note) : null;
    {
      await using filling = await startBenchServer({ webDir: await bench.pageDir(), port });
      note(`filling a diary of ${many} entries`);
      await fill(filled, filling.url, many);
      if (small !== null) await fill(small, filling.url, FEW);
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
      ...(small === null
        ? []
        : await scrolling(bench, page, { many, few: await openJournal(small, server.url) })),
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

type Scrolled = { readonly frameMs: number; readonly slowFrames: number; readonly longestBlockMs: number };

async function scrolling(
  { rounds }: Bench,
  page: Page,
  { many, few }: { readonly many: number; readonly few: Page },
): Promise<readonly AimedRow[]> {
  await page.getByRole('searchbox').fill('');
  await quiet(page);
  const pairs = await interleave(
    rounds,
    () => scroll(page),
    () => scroll(few),
  );
  const of = (pick: keyof Scrolled) => ({
    large: median(pairs.map(({ subject }) => subject[pick])),
    small: median(pairs.map(({ baseline }) => baseline[pick])),
  });
  const [slow, block] = [of('slowFrames'), of('longestBlockMs')];
  return [
    ratioRow(
      {
        id: 'P15',
        what: `a frame while ${many} entries are scrolled, p95; against ${FEW}`,
        unit: 'ms',
        aim: null,
      },
      pairs.map(({ subject, baseline }) => ({ subject: subject.frameMs, baseline: baseline.frameMs })),
    ),
    valueRow(
      { id: 'P15', what: `frames above ${SLOW_FRAME_MS} ms, of ${SCROLL.frames}`, unit: 'frames', aim: null },
      slow.large,
      { rounds, baseline: slow.small },
    ),
    valueRow(
      { id: 'P15', what: 'main thread blocked longest meanwhile', unit: 'ms', aim: { atMost: 200 } },
      block.large,
      { rounds, baseline: block.small },
    ),
  ];
}

async function openJournal({ context, open }: BenchBrowser, url: string): Promise<Page> {
  await install(context, url);
  const page = await open(url);
  await expectOpen(page);
  await openRoom(page, 'Journal');
  await quiet(page);
  return page;
}

/** Down and, from the end of what is open, up again; older months open on the way as they do for a person. */
function scroll(page: Page): Promise<Scrolled> {
  return page.evaluate(
    async ({ frames, pxPerFrame, slowMs }) => {
      const gaps: number[] = [];
      let longest = 0;
      const note = (entries: PerformanceEntryList) => {
        for (const { duration } of entries) longest = Math.max(longest, duration);
      };
      const observer = new PerformanceObserver((list) => note(list.getEntries()));
      observer.observe({ type: 'longtask' });
      const nextFrame = () =>
        new Promise<number>((resolve) => {
          requestAnimationFrame(resolve);
        });
      window.scrollTo(0, 0);
      let last = await nextFrame();
      for (let way = pxPerFrame; gaps.length < frames;) {
        const before = window.scrollY;
        window.scrollBy(0, way);
        if (window.scrollY === before) way = -way;
        const now = await nextFrame();
        gaps.push(now - last);
        last = now;
      }
      note(observer.takeRecords());
      observer.disconnect();
      const inOrder = gaps.toSorted((a, b) => a - b);
      return {
        frameMs: inOrder[Math.floor(inOrder.length * 0.95)] ?? 0,
        slowFrames: gaps.filter((gap) => gap > slowMs).length,
        longestBlockMs: longest,
      };
    },
    { ...SCROLL, slowMs: SLOW_FRAME_MS },
  );
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
