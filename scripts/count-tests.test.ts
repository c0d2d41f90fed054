import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countPlaywright, countVitest, sumCounts } from './count-tests.ts';

const vitestSaid = (said: object) => {
  const quiet = {
    numTotalTests: 0,
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
  };
  return inFile({ ...quiet, numFailedTestSuites: 0, ...said }, countVitest);
};

const playwrightSaid = (said: object) =>
  inFile({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...said } }, countPlaywright);

const inFile = <Count>(report: object, count: (path: string) => Count): Count => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-count-'));
  const path = join(folder.path, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return count(path);
};

test('what passed and what failed is counted', () => {
  expect(
    vitestSaid({ numTotalTests: 5, numPassedTests: 4, numFailedTests: 1, numFailedTestSuites: 1 }),
  ).toEqual({
    passed: 4,
    failed: 1,
    why: [],
  });
  expect(playwrightSaid({ expected: 9 })).toEqual({ passed: 9, failed: 0, why: [] });
});

test('a skipped test, or one left to do, fails the run', () => {
  expect(vitestSaid({ numTotalTests: 2, numPassedTests: 1, numPendingTests: 1 }).why).toHaveLength(1);
  expect(vitestSaid({ numTotalTests: 2, numPassedTests: 1, numTodoTests: 1 }).why).toHaveLength(1);
  expect(playwrightSaid({ expected: 3, skipped: 1 }).why).toHaveLength(1);
});

test('a runner with no test fails the run, and so does one without a report', () => {
  expect(vitestSaid({}).why).toEqual(['no test ran']);
  expect(playwrightSaid({}).why).toEqual(['no test ran']);
  expect(countVitest('/nowhere/report.json').why).toEqual(['the runner left no report']);
});

test('a test file that could not be run is not a pass', () => {
  expect(vitestSaid({ numTotalTests: 1, numPassedTests: 1, numFailedTestSuites: 1 }).why).toHaveLength(1);
});

test('two journeys of a run may need a second try; with a third, all three have failed', () => {
  expect(playwrightSaid({ expected: 3, flaky: 2 })).toMatchObject({ passed: 5, failed: 0 });
  expect(playwrightSaid({ expected: 3, flaky: 3 })).toMatchObject({ passed: 3, failed: 3 });
});

test('runners are summed', () => {
  expect(
    sumCounts([
      { passed: 4, failed: 1, why: [] },
      { passed: 9, failed: 0, why: ['no test ran'] },
    ]),
  ).toEqual({ passed: 13, failed: 1, why: ['no test ran'] });
});
