import { expect, test } from 'vitest';
import type { Answers } from '../score.ts';
import { pcl5Pattern } from './pattern.ts';

/** Every item "not at all", but these at "moderately". */
const moderately = (...items: readonly number[]): Answers =>
  Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`q${index + 1}`, items.includes(index + 1) ? 2 : 0]),
  );

test('one of B, one of C, two of D and two of E make the pattern, and one fewer does not', () => {
  expect(pcl5Pattern(moderately(5, 6, 8, 14, 15, 20))).toBe('there');
  for (const left of [
    [6, 8, 14, 15, 20],
    [5, 8, 14, 15, 20],
    [5, 6, 14, 15, 20],
    [5, 6, 8, 14, 20],
  ])
    expect(pcl5Pattern(moderately(...left))).toBe('not-there');
});

test('an item counts from "moderately" on', () => {
  expect(pcl5Pattern({ ...moderately(6, 8, 14, 15, 20), q5: 1 })).toBe('not-there');
  expect(pcl5Pattern({ ...moderately(6, 8, 14, 15, 20), q5: 4 })).toBe('there');
});

test('an open item leaves the pattern open only where it could decide it', () => {
  const answers = moderately(6, 8, 14, 15, 20);
  expect(pcl5Pattern({ ...answers, q1: null })).toBe('unknown');
  expect(pcl5Pattern({ ...answers, q7: null })).toBe('not-there');
  expect(pcl5Pattern({ ...moderately(5, 6, 8, 14, 15, 20), q16: null })).toBe('there');
  expect(pcl5Pattern({})).toBe('unknown');
});
