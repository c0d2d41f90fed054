/** P5: from "saved" on one device to "there" on another, beyond what two bare HTTP round trips take. */
import { joinServer } from '../account.ts';
import type { Room } from '../bench.ts';
import { openBrowser } from '../browser.ts';
import { valueRow } from '../row.ts';
import { startBenchServer } from '../server-process.ts';
import { median, percentile } from '../statistics.ts';

const BETWEEN_MS = 150;
const LONGEST_MS = 20_000;

export const live: Room = {
  ids: ['P5'],
  async run({ rounds, amount, browser, pageDir, note }) {
    await using server = await startBenchServer({ webDir: await pageDir() });
    await using chromium = await openBrowser(await browser(), note);
    const account = await joinServer(server.url);
    const one = await chromium.open(server.url);
    const other = await chromium.open(server.url);
    await one.evaluate((key) => window.bench.stayLive(key), account.key);
    // The page that came second learns of the first device from the server, not from this key: it starts a log fork otherwise.
    const log = await account.client.pull({
      reads: [{ kind: 'own', since: '0.0', have: { deviceLog: 0, grantLog: 0, side: 0 } }],
      limit: 1,
    });
    const [reply] = log.ok ? log.value.replies : [];
    const deviceLog = reply?.kind === 'own' ? reply.deviceLog : account.key.deviceLog;
    await other.evaluate((key) => window.bench.stayLive(key), { ...account.key, deviceLog });
    const saves = amount(20);
    const beyond: number[] = [];
    const whole: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const trips: number[] = [];
      const saved = new Map<string, number>();
      for (let i = 0; i < saves; i += 1) {
        trips.push(await one.evaluate(() => window.bench.twoRoundTrips()));
        const { rec, at } = await one.evaluate(() => window.bench.saveLive());
        saved.set(rec, at);
        await one.waitForTimeout(BETWEEN_MS);
      }
      const latencies = await arrivals(saved, () => other.evaluate(() => window.bench.seenLive()));
      if (round === 0) continue;
      whole.push(percentile(latencies, 0.95));
      bare.push(percentile(trips, 0.95));
      beyond.push(percentile(latencies, 0.95) - percentile(trips, 0.95));
    }
    note(`p95 whole ${median(whole).toFixed(0)} ms, two bare round trips ${median(bare).toFixed(1)} ms`);
    return [
      valueRow(
        {
          id: 'P5',
          what: 'saved on A to visible on B, p95, beyond two bare HTTP round trips',
          unit: 'ms',
          aim: { atMost: 150 },
        },
        median(beyond),
        { rounds, baseline: median(bare) },
      ),
    ];
  },
};

/** Milliseconds from each save to its arrival. Throws when one never comes. */
async function arrivals(
  saved: ReadonlyMap<string, number>,
  look: () => Promise<readonly { readonly rec: string; readonly at: number }[]>,
): Promise<readonly number[]> {
  const until = Date.now() + LONGEST_MS;
  for (;;) {
    const seenAt = new Map((await look()).map(({ rec, at }) => [rec, at]));
    const missing = [...saved.keys()].filter((rec) => !seenAt.has(rec));
    if (missing.length === 0) return [...saved].map(([rec, at]) => (seenAt.get(rec) ?? 0) - at);
    if (Date.now() > until) throw new Error(`${missing.length} of ${saved.size} entries never came`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}
