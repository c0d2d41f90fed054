import { scaleOf } from '@evenkeel/instruments';
import { expect, test } from 'vitest';
import { scoreChange } from './reliable-change.ts';

const at = (day: string, total: number) => ({ day, total });

test('six points of the PHQ-9 are a change and five are not, from the first to the last in time', () => {
  // 16 → 10 is 6 points, 16 → 11 is 5, 10 → 17 is 7: by hand, against the published 6.
  const phq9 = scaleOf('phq-9');
  const middle = at('2026-06-01', 20);
  expect(scoreChange(phq9, [at('2026-07-01', 10), middle, at('2026-05-01', 16)])).toMatchObject({
    first: { total: 16 },
    last: { total: 10 },
    difference: { points: 6, direction: 'lower' },
  });
  expect(scoreChange(phq9, [at('2026-05-01', 16), at('2026-07-01', 11)])?.difference?.direction).toBe(
    'unclear',
  );
  expect(scoreChange(phq9, [at('2026-05-01', 10), at('2026-07-01', 17)])?.difference?.direction).toBe(
    'higher',
  );
});

test('one total is no change', () => {
  expect(scoreChange(scaleOf('gad-7'), [at('2026-05-01', 16)])).toBeNull();
  expect(scoreChange(scaleOf('gad-7'), [])).toBeNull();
});
