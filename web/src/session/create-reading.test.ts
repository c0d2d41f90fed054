import { expect, test } from 'vitest';
import { createReading } from './create-reading.ts';

test('a change during a reading is read as well, and one reading goes on at a time', async () => {
  let [under, most, times] = [0, 0, 0];
  const refresh = createReading(async () => {
    under += 1;
    most = Math.max(most, under);
    await Promise.resolve();
    times += 1;
    under -= 1;
  });
  void refresh();
  void refresh();
  await refresh();
  expect([most, times]).toEqual([1, 2]);
});

test('a reading that fails harms nobody, and the next change is read', async () => {
  let isGone = true;
  let read = 0;
  const refresh = createReading(async () => {
    if (isGone) throw new Error('the storage is gone');
    read += 1;
  });
  await refresh();
  isGone = false;
  await refresh();
  expect(read).toBe(1);
});
