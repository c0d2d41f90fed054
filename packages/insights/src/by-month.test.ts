import { expect, test } from 'vitest';
import { byMonth } from './by-month.ts';

test('a month is its days with an entry and the mean of those with a mood, and a silent month is left out', () => {
  // By hand: (0.4 − 0.1 + 0.3) / 3 = 0.2 and (−0.5 + 0.1) / 2 = −0.2; the fourth day of July has no mood.
  const found = byMonth([
    { day: '2026-05-31', moments: 1, moods: 1, valence: -0.6 },
    { day: '2026-07-01', moments: 1, moods: 1, valence: 0.4, arousal: -0.5 },
    { day: '2026-07-02', moments: 2, moods: 2, valence: -0.1 },
    { day: '2026-07-30', moments: 1, moods: 1, valence: 0.3, arousal: 0.1 },
    { day: '2026-07-31', moments: 1, moods: 0 },
  ]);
  expect(found).toEqual([
    { month: '2026-07-01', days: 4, valence: expect.closeTo(0.2, 12), arousal: expect.closeTo(-0.2, 12) },
    { month: '2026-05-01', days: 1, valence: -0.6 },
  ]);
  expect(byMonth([])).toEqual([]);
});
