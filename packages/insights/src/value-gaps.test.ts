import { expect, test } from 'vitest';
import { valueGaps } from './value-gaps.ts';

const values = [
  { id: 'rest', text: 'Rest', importance: 6 },
  { id: 'honesty', text: 'Honesty', importance: 9 },
  { id: 'sister', text: 'My sister', importance: 9 },
  { id: 'choir', text: 'The choir', importance: 3 },
];

test('what matters most comes first, and of equals the one lived less close to', () => {
  const answer = (value: string, day: string, number: number) => ({ value, day, number });
  const gaps = valueGaps(
    values,
    [
      answer('honesty', '2026-07-01', 8),
      answer('honesty', '2026-07-01', 6),
      answer('honesty', '2026-07-02', 10),
      answer('sister', '2026-07-02', 3),
      answer('rest', '2026-06-30', 0),
      answer('gone', '2026-07-02', 5),
    ],
    { first: '2026-07-01', last: '2026-07-31' },
  );
  // Honesty: the mean of (8 + 6) / 2 = 7 and 10 is 8.5, by hand.
  expect(gaps.map(({ id, closeness, days }) => [id, closeness, days])).toEqual([
    ['sister', 3, 1],
    ['honesty', 8.5, 2],
    ['rest', null, 0],
    ['choir', null, 0],
  ]);
});
