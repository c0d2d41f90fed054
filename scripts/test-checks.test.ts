import { expect, test } from 'vitest';
import { findChecks, withoutCheck } from './test-checks.ts';

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

test('a check without an end is a fault, not a silent pass', () => {
  expect(() => findChecks('// check: open\nif (x) {')).toThrow('has no end');
});
