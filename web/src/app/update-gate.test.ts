import { expect, test } from 'vitest';
import { holdUpdates, updateGate } from './update-gate.ts';

test('a new version waits until the last open draft is closed', () => {
  const first = holdUpdates();
  const second = holdUpdates();
  first();
  first();
  expect(updateGate.isHeld()).toBe(true);
  second();
  expect(updateGate.isHeld()).toBe(false);
});
