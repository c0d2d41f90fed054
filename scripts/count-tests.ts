import { existsSync } from 'node:fs';
import { numberAt, readJson } from './read-json.ts';

/** What one runner did. `why` holds the sentences that make the run fail although no test did. */
export type Count = { readonly passed: number; readonly failed: number; readonly why: readonly string[] };

/** Counts Vitest's JSON report. No test, a skipped one and one left "to do" are failures of the run. */
export const countVitest = (path: string): Count => {
  if (!existsSync(path)) return noReport;
  const report = readJson(path);
  const [passed, failed, total] = ['numPassedTests', 'numFailedTests', 'numTotalTests'].map((key) =>
    numberAt(report, key),
  );
  return judge({
    passed: passed ?? 0,
    failed: failed ?? 0,
    total: total ?? 0,
    skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
    broken: numberAt(report, 'numFailedTestSuites'),
  });
};

/** Journeys of one run that may need their second try. A defect fails twice; a run with more is not to be trusted. */
const MOST_SECOND_TRIES = 2;

/** Counts Playwright's JSON report. Its list names the flaky ones: those that passed at their second try. */
export const countPlaywright = (path: string): Count => {
  if (!existsSync(path)) return noReport;
  const report = readJson(path);
  const flaky = numberAt(report, 'stats', 'flaky');
  const forgiven = flaky <= MOST_SECOND_TRIES ? flaky : 0;
  const passed = numberAt(report, 'stats', 'expected') + forgiven;
  const failed = numberAt(report, 'stats', 'unexpected') + flaky - forgiven;
  const skipped = numberAt(report, 'stats', 'skipped');
  return judge({ passed, failed, skipped, total: passed + failed + skipped, broken: 0 });
};

/** The sum over all runners. */
export const sumCounts = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  why: counts.flatMap(({ why }) => why),
});

const noReport: Count = { passed: 0, failed: 0, why: ['the runner left no report'] };

const judge = (seen: {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly total: number;
  readonly broken: number;
}): Count => ({
  passed: seen.passed,
  failed: seen.failed,
  why: [
    ...(seen.total === 0 ? ['no test ran'] : []),
    ...(seen.skipped > 0 ? [`${seen.skipped} skipped: a test runs or is taken out`] : []),
    ...(seen.broken > 0 && seen.failed === 0 ? [`${seen.broken} test files could not be run`] : []),
    ...(seen.passed + seen.failed + seen.skipped < seen.total
      ? ['some tests neither passed nor failed']
      : []),
  ],
});
