/**
 * `npm test`: every check and every test, in stages. `npm test -- --only types,unit` runs some.
 * Two stages run side by side; those that need the machine to themselves come last. Ends with
 * "N passed, N failed" over all runners. Fails on a failing stage, on a runner with no test or a skipped
 * one, and when the run has changed what git sees.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { sumCounts } from './count-tests.ts';
import { runCommand } from './run-command.ts';
import { stages, type Stage, type StageDone } from './stages.ts';

type Finished = StageDone & { readonly name: string; readonly seconds: number };

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.split(',') ?? stages.map(({ name }) => name);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`no stage ${unknown.join(', ')}; there are ${stages.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const chosen = stages.filter(({ name }) => wanted.includes(name));
const before = await seenByGit();
const started = performance.now();
const finished = [
  ...(await sideBySide(
    chosen.filter(({ alone }) => !alone),
    Math.min(2, availableParallelism()),
  )),
  ...(await sideBySide(
    chosen.filter(({ alone }) => alone),
    1,
  )),
];
const after = await seenByGit();

for (const stage of finished) if (!stage.ok) printFailure(stage);
console.log();
for (const stage of finished) console.log(summary(stage));
console.log(`${'all'.padEnd(8)} ${secondsSince(started).toFixed(1).padStart(7)} s`);
if (before !== after) console.log(`\nThe run changed what git sees:\n${linesOnlyIn(before, after)}`);

const total = sumCounts(finished.flatMap(({ count }) => count ?? []));
const brokenStages = finished.filter(({ ok, count }) => !ok && (count?.failed ?? 0) === 0).length;
process.exitCode = finished.every(({ ok }) => ok) && finished.length > 0 && before === after ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed + brokenStages + (before === after ? 0 : 1)} failed`);

/** Starts the stages in order, never more than `width` at once. */
async function sideBySide(queue: readonly Stage[], width: number): Promise<Finished[]> {
  const waiting = [...queue];
  const done: Finished[] = [];
  const worker = async (): Promise<void> => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) done.push(await timed(stage));
  };
  await Promise.all(Array.from({ length: width }, worker));
  return done;
}

async function timed(stage: Stage): Promise<Finished> {
  const from = performance.now();
  console.log(`${stage.name} …`);
  const done = await stage
    .run()
    .catch((fault: unknown): StageDone => ({ ok: false, output: explain(fault) }));
  const finishedStage = { ...done, name: stage.name, seconds: secondsSince(from) };
  console.log(summary(finishedStage));
  return finishedStage;
}

function summary({ name, ok, seconds, count }: Finished): string {
  const told = count
    ? `  ${count.passed} passed, ${count.failed} failed${count.why.map((why) => `; ${why}`).join('')}`
    : '';
  return `${name.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s  ${ok ? 'ok' : 'FAILED'}${told}`;
}

function printFailure({ name, output }: Finished): void {
  console.log(`\n──── ${name} ────\n${output.trimEnd()}`);
}

function linesOnlyIn(one: string, other: string): string {
  const [first, second] = [new Set(one.split('\n')), new Set(other.split('\n'))];
  return [...first.symmetricDifference(second)].join('\n');
}

function explain(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

function secondsSince(from: number): number {
  return (performance.now() - from) / 1000;
}

async function seenByGit(): Promise<string> {
  const { status, output } = await runCommand('git', ['status', '--porcelain']);
  return status === 0 ? output : '';
}
