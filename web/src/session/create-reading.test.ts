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

test('a change in the very moment in which a reading ends is read', async () => {
  for (let later = 0; later < 12; later += 1) {
    let [seen, world] = [0, 1];
    const refresh = createReading(async () => {
      seen = world;
      await Promise.resolve();
    });
    void refresh();
    for (let turn = 0; turn < later; turn += 1) await Promise.resolve();
    world = 2;
    void refresh();
    await new Promise((go) => setTimeout(go, 0));
    expect(seen, `${later} turns after it began`).toBe(2);
  }
});

test('a change during a reading that fails is read', async () => {
  let times = 0;
  const refresh = createReading(async () => {
    times += 1;
    await Promise.resolve();
    if (times === 1) throw new Error('the key was not there yet');
  });
  void refresh();
  await refresh();
  expect(times).toBe(2);
});
