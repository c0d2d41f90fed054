import { expect, test } from 'vitest';
import { leastReliableChange, scoreChange } from './reliable-change.ts';

test('the least reliable change is the one of the formula', () => {
  // SD 7.5, reliability 0.8: 1.96 · 7.5 · √2 · √0.2 = 14.7 · 0.632455532… = 9.2970963…, by hand.
  expect(leastReliableChange(7.5, 0.8)).toBeCloseTo(9.2970963, 6);
  expect(leastReliableChange(7.5, 1)).toBe(0);
});

test('from the first score to the last, whatever order they come in', () => {
  const scores = [
    { day: '2026-07-01', score: 9 },
    { day: '2026-05-01', score: 16 },
    { day: '2026-06-01', score: 20 },
  ];
  expect(scoreChange(scores, { higherIs: 'worse', leastChange: 6 })).toEqual({
    first: { day: '2026-05-01', score: 16 },
    last: { day: '2026-07-01', score: 9 },
    change: -7,
    verdict: 'better',
  });
  expect(scoreChange(scores, { higherIs: 'better', leastChange: 6 })?.verdict).toBe('worse');
  expect(scoreChange(scores, { higherIs: 'worse', leastChange: 7 })?.verdict).toBe('better');
  expect(scoreChange(scores, { higherIs: 'worse', leastChange: 7.1 })?.verdict).toBe('no-reliable-change');
});

test('one score is no change', () => {
  expect(scoreChange([{ day: '2026-05-01', score: 16 }], { higherIs: 'worse', leastChange: 6 })).toBeNull();
  expect(scoreChange([], { higherIs: 'worse', leastChange: 6 })).toBeNull();
});
