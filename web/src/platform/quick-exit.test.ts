import { expect, test } from 'vitest';
import { countShifts } from './quick-exit.ts';

test('three presses of Shift leave', () => {
  expect(
    leftAfter([
      ['Shift', 0],
      ['Shift', 300],
      ['Shift', 600],
    ]),
  ).toBe(1);
});

test('two presses do not, and slow ones do not', () => {
  expect(
    leftAfter([
      ['Shift', 0],
      ['Shift', 300],
    ]),
  ).toBe(0);
  expect(
    leftAfter([
      ['Shift', 0],
      ['Shift', 1000],
      ['Shift', 2000],
    ]),
  ).toBe(0);
});

test('writing capitals is not leaving', () => {
  expect(
    leftAfter([
      ['Shift', 0],
      ['A', 100],
      ['Shift', 200],
      ['B', 300],
      ['Shift', 400],
      ['C', 500],
    ]),
  ).toBe(0);
});

test('Escape never leaves', () => {
  expect(
    leftAfter([
      ['Escape', 0],
      ['Escape', 100],
      ['Escape', 200],
    ]),
  ).toBe(0);
});

function leftAfter(presses: readonly (readonly [key: string, time: number])[]): number {
  let left = 0;
  const press = countShifts(() => {
    left += 1;
  });
  for (const [key, time] of presses) press(key, time);
  return left;
}
