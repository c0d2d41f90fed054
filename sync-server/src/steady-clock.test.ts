import { expect, test } from 'vitest';
import { steadyClock } from './steady-clock.ts';

function wound(latest: number) {
  const hands = { machine: 1000, elapsed: 0 };
  const clock = steadyClock(
    () => hands.machine,
    latest,
    () => hands.elapsed,
  );
  const pass = (ms: number): number => {
    hands.machine += ms;
    hands.elapsed += ms;
    return clock();
  };
  return { hands, clock, pass };
}

test('while the clock of the machine is right, the time is that of the machine', () => {
  const { clock, pass, hands } = wound(0);
  expect([clock(), clock(), pass(50)]).toEqual([1000, 1000, 1050]);
  hands.machine = 90_000;
  expect(clock()).toBe(90_000);
});

test('a clock that is set back does not take the time with it: it goes on as fast as time passes', () => {
  const { hands, clock, pass } = wound(0);
  expect(pass(500)).toBe(1500);
  hands.machine = 200;
  expect([clock(), pass(100), pass(0.4), pass(0.4), pass(0.4)]).toEqual([1500, 1600, 1600, 1600, 1601]);
  hands.machine = 5000;
  expect(clock(), 'and is that of the machine again once that is ahead').toBe(5000);
});

test('a start with a clock that stands before what the database knows goes on from there', () => {
  const { clock, pass } = wound(70_000);
  expect([clock(), pass(30)]).toEqual([70_000, 70_030]);
});
