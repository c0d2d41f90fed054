/**
 * `npm run bench`: how fast, how small, how calm, each figure against a baseline of the same run (docs/bench.md).
 * `-- --only P1,P6` picks rows, `-- --json FILE` writes them, `-- --quick` does little of everything.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { needBrowser } from '../find-browser.ts';
import type { Bench, Room } from './bench.ts';
import { buildApp, buildPage } from './build.ts';
import { app } from './rooms/app.ts';
import { bringingIn } from './rooms/bringing-in.ts';
import { bytes } from './rooms/bytes.ts';
import { ingest } from './rooms/ingest.ts';
import { journal } from './rooms/journal.ts';
import { live } from './rooms/live.ts';
import { memory } from './rooms/memory.ts';
import { restoring } from './rooms/restoring.ts';
import { sizes } from './rooms/sizes.ts';
import { type AimedRow, withoutAim } from './row.ts';
import { drawTable } from './table.ts';

const ROUNDS = 5;
const QUICK = { rounds: 2, share: 0.05 } as const;
const rooms: readonly Room[] = [app, journal, restoring, bringingIn, live, ingest, memory, sizes, bytes];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean' },
    rounds: { type: 'string' },
  },
});
const known = [...new Set(rooms.flatMap(({ ids }) => ids))].toSorted(byNumber);
const chosen = values.only?.split(',') ?? known;
const unknown = chosen.filter((id) => !known.includes(id));
if (unknown.length > 0) {
  console.error(`no row ${unknown.join(', ')}; there are ${known.join(', ')}`);
  process.exit(2);
}

const quick = values.quick === true;
const bench: Bench = {
  rounds: values.rounds === undefined ? (quick ? QUICK.rounds : ROUNDS) : Math.max(1, Number(values.rounds)),
  amount: (full) => (quick ? Math.max(1, Math.round(full * QUICK.share)) : full),
  browser: once(needBrowser),
  appDir: once(buildApp),
  pageDir: once(buildPage),
  note: (text) => console.error(`  ${text}`),
  wants: (id) => chosen.includes(id),
};

const rows: AimedRow[] = [];
for (const room of rooms) {
  const wanted = room.ids.filter(bench.wants);
  if (wanted.length === 0) continue;
  const start = performance.now();
  console.error(`${wanted.join(', ')} …`);
  const measured = await room.run(bench);
  rows.push(...measured.filter(({ id }) => bench.wants(id)));
  console.error(`${wanted.join(', ')}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
}
rows.sort((a, b) => byNumber(a.id, b.id));
console.log(`\n${drawTable(rows)}`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify(rows.map(withoutAim), null, 2)}\n`);

/** P2 before P11. */
function byNumber(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}

/** What takes long to make is made when it is first needed, and once. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => (made ??= make());
}
