/** P3: a fresh device against the bare minimum, and (P12) whether the page answers meanwhile. */
import { diaryOf, docsOf, joinServer, newestMonthOf, pushAll, sealAll } from '../account.ts';
import type { Room } from '../bench.ts';
import { openBrowser } from '../browser.ts';
import { ratioRow, valueRow } from '../row.ts';
import { startBenchServer } from '../server-process.ts';
import { interleave, median } from '../statistics.ts';

const DOCS_AT_ONCE = 2000;
/** Enough to tell whose part is the larger. */
const CONTROL_ROUNDS = 3;

export const restoring: Room = {
  ids: ['P3', 'P12'],
  async run({ rounds, amount, browser, pageDir, note, wants }) {
    await using server = await startBenchServer({ webDir: await pageDir() });
    const account = await joinServer(server.url);
    const count = amount(10_000);
    note(`sending ${count} entries`);
    const records = diaryOf(account, count);
    const envelopes = await sealAll(account, records);
    await pushAll(account, envelopes);
    await using chromium = await openBrowser(await browser(), note);
    const page = await chromium.open(server.url);
    const docs = docsOf(account, envelopes);
    for (let at = 0; at < docs.length; at += DOCS_AT_ONCE) {
      await page.evaluate((more) => window.bench.keepDocs(more), docs.slice(at, at + DOCS_AT_ONCE));
    }
    const wish = { key: account.key, entries: records.length, newest: newestMonthOf(records) };
    const restore = () => page.evaluate((asked) => window.bench.restore(asked), wish);
    note('warming up');
    await restore();
    await page.evaluate(() => window.bench.rawRestore());
    const bare = () => page.evaluate(() => window.bench.rawRestore());
    const pairs = await interleave(rounds, restore, bare);
    const control = wants('P3')
      ? await interleave(
          Math.min(rounds, CONTROL_ROUNDS),
          () => page.evaluate(() => window.bench.replicateAlone()),
          bare,
        )
      : [];
    const against = (pick: 'newestMs' | 'allMs') =>
      pairs.map(({ subject, baseline }) => ({ subject: subject[pick], baseline }));
    const base = 'against raw IndexedDB put + secretbox open';
    return [
      ratioRow(
        {
          id: 'P3',
          what: `fresh device, ${count} entries: newest month there; ${base}`,
          unit: 'ms',
          aim: { atMost: 0.8 },
        },
        against('newestMs'),
      ),
      ratioRow(
        {
          id: 'P3',
          what: `fresh device, ${count} entries: all stored and opened; ${base}`,
          unit: 'ms',
          aim: { atMost: 4 },
        },
        against('allMs'),
      ),
      ...(control.length === 0
        ? []
        : [
            ratioRow(
              {
                id: 'P3',
                what: `of it RxDB’s own replication, nothing fetched, verified or opened; ${base}`,
                unit: 'ms',
                aim: null,
              },
              control,
            ),
          ]),
      valueRow(
        {
          id: 'P12',
          what: `main thread blocked longest during a restore of ${count}`,
          unit: 'ms',
          aim: { atMost: 200 },
        },
        median(pairs.map(({ subject }) => subject.longestBlockMs)),
        { rounds },
      ),
    ];
  },
};
