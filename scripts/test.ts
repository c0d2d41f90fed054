/**
 * `npm test`: every check and every test, in stages. `npm test -- --only types,unit` runs some. Fails on a
 * failing stage, on a runner with no test or a skipped one, and when the run has changed what git sees.
 */
import { parseArgs } from 'node:util';
import { runStages } from './run-stages.ts';
import { stages } from './stages.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const names = stages.map(({ name }) => name);
const wanted = values.only?.split(',') ?? names;
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no stage ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exitCode = 2;
} else process.exitCode = await runStages(stages.filter(({ name }) => wanted.includes(name)));
