/** Holds web/dist to its budgets: `node scripts/check-bundle.ts [folder]`. One kB is 1,000 bytes. */
import { join } from 'node:path';
import { measureBundle } from './bundle.ts';
import { root } from './run-command.ts';

const sizes = await measureBundle(process.argv[2] ?? join(root, 'web/dist'));

type Row = { readonly what: string; readonly bytes: number; readonly budget: number; readonly aim?: number };

const rows: readonly Row[] = [
  { what: 'scripts of the first screen, gzip', bytes: sizes.firstScreen, budget: 160_000 },
  { what: 'scripts that an open diary adds, gzip', bytes: sizes.diary, budget: 195_000 },
  // The libraries alone come to about 280. What a person waits for is held by the rows around it (decision 0014).
  {
    what: "all scripts of the person's face, gzip",
    bytes: sizes.allOfThePerson,
    budget: 547_000,
    aim: 330_000,
  },
  { what: 'styles, gzip', bytes: sizes.styles, budget: 20_000 },
  { what: 'precache, raw', bytes: sizes.precache, budget: 1_800_000 },
  ...Object.entries(sizes.routes).map(([file, bytes]) => ({ what: `${file}, gzip`, bytes, budget: 60_000 })),
];

for (const { what, bytes, budget, aim = budget } of rows) {
  const within = bytes <= aim ? 'ok' : `over the aim of ${kilo(aim).trim()}, not grown`;
  const verdict = bytes === 0 ? 'EMPTY' : bytes <= budget ? within : 'TOO BIG';
  console.log(`${what.padEnd(44)} ${kilo(bytes)} of ${kilo(budget)} kB  ${verdict}`);
}
const isWithin = rows.every(({ bytes, budget }) => bytes > 0 && bytes <= budget);
process.exitCode = isWithin ? 0 : 1;

function kilo(bytes: number): string {
  return (bytes / 1000).toFixed(1).padStart(7);
}
