import { expect, test } from 'vitest';
import { findCircles } from './find-circles.ts';

const graph = (edges: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(edges));

test('a circle is found, whatever hangs on it', () => {
  expect(findCircles(graph({ out: ['a'], a: ['b'], b: ['c', 'leaf'], c: ['a'], leaf: [] }))).toEqual([
    ['a', 'b', 'c'],
  ]);
});

test('two paths to one place are no circle', () => {
  expect(findCircles(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: ['outside'] }))).toEqual([]);
});

test('a file that imports itself is one', () => {
  expect(findCircles(graph({ a: ['a'] }))).toEqual([['a']]);
});
