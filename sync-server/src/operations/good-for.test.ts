import { expect, test } from 'vitest';
import { goodFor } from './good-for.ts';

test('one look serves everybody for a while, also those who ask before it is back', async () => {
  let now = 0;
  let looks = 0;
  const ask = goodFor(
    1000,
    () => now,
    async () => (looks += 1),
  );
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  now = 999;
  expect(await ask()).toBe(1);
  now = 1000;
  expect(await ask()).toBe(2);
});

test('a clock that is set back makes no look last longer', async () => {
  let now = 1_000_000;
  let looks = 0;
  const ask = goodFor(
    1000,
    () => now,
    async () => (looks += 1),
  );
  await ask();
  now = 0;
  expect(await ask()).toBe(2);
});
