/** P11: an import against RxDB alone, and (P12) whether the page answers meanwhile. */
import { makeDaylio } from '../../../packages/interchange/fixtures/make-daylio.ts';
import type { Room } from '../bench.ts';
import { openBrowser } from '../browser.ts';
import { ratioRow, valueRow } from '../row.ts';
import { startBenchServer } from '../server-process.ts';
import { interleave, median } from '../statistics.ts';

/** A row becomes a mood, mostly surroundings, sometimes words. */
const ENTRIES_A_ROW = 2.2;

export const bringingIn: Room = {
  ids: ['P11', 'P12'],
  async run({ rounds, amount, browser, pageDir, note, wants }) {
    await using server = await startBenchServer({ webDir: await pageDir() });
    await using chromium = await openBrowser(await browser(), note);
    const page = await chromium.open(server.url);
    const count = amount(10_000);
    note('warming up');
    await page.evaluate((n) => window.bench.bringIn(n), Math.ceil(count / 10));
    await page.evaluate((n) => window.bench.bulkInsert(n), Math.ceil(count / 10));
    const pairs = wants('P11')
      ? await interleave(
          rounds,
          () => page.evaluate((n) => window.bench.bringIn(n), count),
          () => page.evaluate((n) => window.bench.bulkInsert(n), count),
        )
      : [];
    const { csv } = makeDaylio({ count: Math.round(count / ENTRIES_A_ROW) });
    const blocks: number[] = [];
    let entries = 0;
    for (let round = 0; round < rounds && wants('P12'); round += 1) {
      const done = await page.evaluate((text) => window.bench.bringInFile(text), csv);
      blocks.push(done.longestBlockMs);
      entries = done.records;
      note(`an imported file: ${done.records} entries in ${done.ms.toFixed(0)} ms`);
    }
    return [
      ...(pairs.length === 0
        ? []
        : [
            ratioRow(
              {
                id: 'P11',
                what: `bringing in ${count} entries: sealed, signed, stored; against RxDB bulkInsert alone`,
                unit: 'ms',
                aim: { atMost: 1.8 },
              },
              pairs.map(({ subject, baseline }) => ({ subject: subject.ms, baseline })),
            ),
          ]),
      ...(blocks.length === 0
        ? []
        : [
            valueRow(
              {
                id: 'P12',
                what: `main thread blocked longest during an import of ${entries}`,
                unit: 'ms',
                aim: { atMost: 200 },
              },
              median(blocks),
              { rounds },
            ),
          ]),
    ];
  },
};
