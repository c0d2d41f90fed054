import 'fake-indexeddb/auto';
import { openDeviceStore } from '@evenkeel/replica';
import { expect, test, vi } from 'vitest';
import type { Diary } from './contract.ts';
import { keepOpenPlan, readOpenPlan } from './open-plan.ts';

type Plan = ReturnType<Diary['plan']>;
let stores = 0;

function planOf(text: string): Plan {
  return [{ id: 'a', section: 'warning-signs', order: 0, text }];
}

/** A device whose person wants the plan open, as one window holds it. */
async function opened(plan: () => Plan) {
  stores += 1;
  const store = await openDeviceStore(`open-plan-${stores}`);
  const first = keepOpenPlan(store, plan);
  await first.openPlan(true);
  const window = async () => {
    const keeper = keepOpenPlan(store, plan);
    await vi.waitFor(() => expect(keeper.isPlanOpen()).toBe(true));
    return keeper;
  };
  return { store, first, window };
}

test('a plan that was taken back is gone at once, also when nothing changed since the diary was opened', async () => {
  const { store, window } = await opened(() => planOf('I sleep less'));
  expect(await readOpenPlan(store)).toHaveLength(1);
  const later = await window();
  await later.openPlan(false);
  expect(await readOpenPlan(store)).toEqual([]);
  store.close();
});

test('a plan that was taken back in one window is not put back by another', async () => {
  let plan = planOf('I sleep less');
  const { store, first, window } = await opened(() => plan);
  const second = await window();
  await first.openPlan(false);
  plan = planOf('I sleep less and less');
  second.planMayHaveChanged();
  await vi.waitFor(() => expect(second.isPlanOpen()).toBe(false));
  expect(await readOpenPlan(store)).toEqual([]);
  store.close();
});

test('an open plan follows the plan, and one that could not be taken back can be taken back again', async () => {
  let plan = planOf('I sleep less');
  const { store, first } = await opened(() => plan);
  plan = planOf('I eat less');
  first.planMayHaveChanged();
  await vi.waitFor(async () => expect(await readOpenPlan(store)).toEqual([{ id: 'a', text: 'I eat less' }]));
  const full = vi.spyOn(store, 'keepFact').mockRejectedValue(new Error('full'));
  await expect(first.openPlan(false)).rejects.toThrow('full');
  full.mockRestore();
  await first.openPlan(false);
  expect(await readOpenPlan(store)).toEqual([]);
  store.close();
});
