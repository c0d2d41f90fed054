import { expect, test } from 'vitest';
import { completeness } from './completeness.ts';

test('days are counted once, and only those of the range', () => {
  const range = { first: '2026-07-01', last: '2026-07-28' };
  expect(completeness(['2026-07-01', '2026-07-01', '2026-07-28', '2026-07-29', '2026-06-30'], range)).toEqual(
    {
      daysWith: 2,
      days: 28,
    },
  );
  expect(completeness([], range)).toEqual({ daysWith: 0, days: 28 });
});
