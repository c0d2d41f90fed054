import { expect, test } from 'vitest';
import { findChecks, firstFailure, withoutCheck } from './test-checks.ts';

const source = [
  'function take(x: number): string {',
  '  // check: not negative',
  "  if (x < 0) return 'refused (';",
  '  // check: not too large',
  '  if (x > 10) {',
  "    return 'refused';",
  '  }',
  "  return 'taken';",
  '}',
].join('\n');

test('each marked statement is found with its last line, brackets in texts not counted', () => {
  expect(findChecks(source)).toEqual([
    { name: 'not negative', from: 1, to: 2 },
    { name: 'not too large', from: 3, to: 6 },
  ]);
});

test('removing a check leaves out its statement and nothing else', () => {
  const [first] = findChecks(source);
  if (first === undefined) throw new Error('no check was found');
  expect(withoutCheck(source, first).split('\n')).toHaveLength(7);
  expect(withoutCheck(source, first)).not.toContain('x < 0');
});

test('of SQL, the one line below its mark is the check', () => {
  const sql = ['`SELECT body FROM leaf', ' WHERE account = ?1', ' -- check: share', ' AND share = ?2', ' `;'];
  const [found] = findChecks(sql.join('\n'));
  if (found === undefined) throw new Error('no check was found');
  expect(found).toEqual({ name: 'share', from: 2, to: 3 });
  expect(withoutCheck(sql.join('\n'), found)).toBe([sql[0], sql[1], sql[4]].join('\n'));
});

test('a check without an end is a fault, not a silent pass', () => {
  expect(() => findChecks('// check: open\nif (x) {')).toThrow('has no end');
});

const reported = (...tests: readonly { readonly status: string; readonly message?: string }[]) => ({
  testResults: [
    {
      name: 'some.test.ts',
      status: tests.some(({ status }) => status === 'failed') || tests.length === 0 ? 'failed' : 'passed',
      assertionResults: tests.map(({ status, message }, at) => ({
        fullName: `test ${at}`,
        status,
        failureMessages: message === undefined ? [] : [message],
      })),
    },
  ],
});

test('the test that notices is named; one that only ran out of time noticed nothing', () => {
  const passed = { status: 'passed' };
  const late = { status: 'failed', message: 'TestTimeoutError: Test timed out in 120000ms.' };
  const failed = { status: 'failed', message: 'AssertionError: expected 1 to be 2' };
  expect(firstFailure(reported(passed))).toBe(null);
  expect(firstFailure(reported(passed, late))).toBe(null);
  expect(firstFailure(reported(passed, late, failed))).toBe('test 2');
});

test('a test file that cannot be run is a fault, not a check that was noticed', () => {
  expect(() => firstFailure(reported())).toThrow('some.test.ts could not be run');
});
