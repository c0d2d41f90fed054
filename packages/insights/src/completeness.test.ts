import { expect, test } from 'vitest';
import { completeness } from './completeness.ts';

test('days are counted once, and only those of the range', () => {
  // Computed independently with Python 3.11, datetime: the size of the set of days in the range, and its length.
  const range = { first: '2026-07-01', last: '2026-07-28' };
  expect(completeness(['2026-07-01', '2026-07-01', '2026-07-28', '2026-07-29', '2026-06-30'], range)).toEqual(
    {
      daysWith: 2,
      days: 28,
    },
  );
  expect(completeness([], range)).toEqual({ daysWith: 0, days: 28 });
  expect(
    completeness(['2024-02-19', '2024-02-20', '2024-02-29', '2024-02-29', '2024-03-10', '2024-03-11'], {
      first: '2024-02-20',
      last: '2024-03-10',
    }),
  ).toEqual({ daysWith: 3, days: 20 });
});
