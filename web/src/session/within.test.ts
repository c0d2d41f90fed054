import { expect, test, vi } from 'vitest';
import { within } from './within.ts';

test('what does not end is not waited for, and what fails counts as ended', async () => {
  vi.useFakeTimers();
  const ended: string[] = [];
  void within(50, new Promise(() => undefined)).then(() => ended.push('never'));
  void within(50, Promise.reject(new Error('failed'))).then(() => ended.push('failed'));
  await vi.advanceTimersByTimeAsync(49);
  expect(ended).toEqual(['failed']);
  await vi.advanceTimersByTimeAsync(1);
  expect(ended).toEqual(['failed', 'never']);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
