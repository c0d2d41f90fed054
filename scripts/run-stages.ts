/**
 * Runs stages of `npm test` and says how they went. Two run side by side; those that need the machine to
 * themselves come last. Ends with "N passed, N failed" over all runners. Fails on a failing stage, on a run that
 * changed what git sees, and on no stage at all.
 */
import { availableParallelism } from 'node:os';
import { sumCounts } from './count-tests.ts';
import { root, runCommand } from './run-command.ts';
import type { Stage, StageDone } from './stages.ts';

type Finished = StageDone & { readonly name: string; readonly seconds: number };

/** What a whole run may take on two cores. Longer is said, and does not fail: machines differ. */
const MOST_SECONDS = 20 * 60;

type Surroundings = {
  readonly say?: (line: string) => void;
  /** Which working tree should not change. */
  readonly folder?: string;
  readonly mostSeconds?: number;
};

/** The exit code: 0 when all is well. */
export const runStages = async (
  chosen: readonly Stage[],
  { say = console.log, folder = root, mostSeconds = MOST_SECONDS }: Surroundings = {},
): Promise<0 | 1> => {
  const before = await seenByGit(folder);
  const started = performance.now();
  const [beside, alone] = [false, true].map((is) => chosen.filter((stage) => stage.alone === is));
  const finished = [
    ...(await sideBySide(beside ?? [], Math.min(2, availableParallelism()), say)),
    ...(await sideBySide(alone ?? [], 1, say)),
  ];
  const seconds = secondsSince(started);
  const after = await seenByGit(folder);

  for (const { ok, name, output } of finished) if (!ok) say(`\n──── ${name} ────\n${output.trimEnd()}`);
  say('');
  for (const stage of finished) say(summary(stage));
  say(`${'all'.padEnd(8)} ${inSeconds(seconds)}`);
  if (seconds > mostSeconds) say(tooLong(seconds, mostSeconds));
  if (before !== after) say(`\nThe run changed what git sees:\n${linesOnlyIn(before, after)}`);

  const total = sumCounts(finished.flatMap(({ count }) => count ?? []));
  const brokenStages = finished.filter(({ ok, count }) => !ok && (count?.failed ?? 0) === 0).length;
  say(`\n${total.passed} passed, ${total.failed + brokenStages + (before === after ? 0 : 1)} failed`);
  return finished.every(({ ok }) => ok) && finished.length > 0 && before === after ? 0 : 1;
};

/** Starts the stages in order, never more than `width` at once. */
const sideBySide = async (
  queue: readonly Stage[],
  width: number,
  say: (line: string) => void,
): Promise<Finished[]> => {
  const waiting = [...queue];
  const done: Finished[] = [];
  const worker = async (): Promise<void> => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) {
      say(`${stage.name} …`);
      const one = await timed(stage);
      say(summary(one));
      done.push(one);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return done;
};

const timed = async ({ name, run }: Stage): Promise<Finished> => {
  const from = performance.now();
  const done = await run().catch((fault: unknown): StageDone => ({ ok: false, output: explain(fault) }));
  return { ...done, name, seconds: secondsSince(from) };
};

const summary = ({ name, ok, seconds, count }: Finished): string => {
  const told = count
    ? `  ${count.passed} passed, ${count.failed} failed${count.why.map((why) => `; ${why}`).join('')}`
    : '';
  return `${name.padEnd(8)} ${inSeconds(seconds)}  ${ok ? 'ok' : 'FAILED'}${told}`;
};

const tooLong = (seconds: number, mostSeconds: number): string =>
  `\nThis took ${(seconds / 60).toFixed(1)} minutes on ${availableParallelism()} cores. ` +
  `A whole run should take at most ${mostSeconds / 60} on two: a stage above has grown.`;

const linesOnlyIn = (one: string, other: string): string => {
  const [first, second] = [new Set(one.split('\n')), new Set(other.split('\n'))];
  return [...first.symmetricDifference(second)].join('\n');
};

const explain = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

const inSeconds = (seconds: number): string => `${seconds.toFixed(1).padStart(7)} s`;

const secondsSince = (from: number): number => (performance.now() - from) / 1000;

const seenByGit = async (folder: string): Promise<string> => {
  const { status, output } = await runCommand('git', ['status', '--porcelain'], { cwd: folder });
  return status === 0 ? output : '';
};
