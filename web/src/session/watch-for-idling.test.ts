import { expect, onTestFinished, test, vi } from 'vitest';
import { AT_FIRST, type Settings } from './device-settings.ts';
import { watchForIdling } from './watch-for-idling.ts';

/** Window and document in one, whose timers go by a clock wound by hand. */
class Page extends EventTarget {
  visibilityState = 'visible';
  readonly setInterval = setInterval;
  readonly clearInterval = clearInterval;
}

function watched(autoLockMinutes: Settings['autoLockMinutes'], lockOnHide = false) {
  vi.useFakeTimers();
  const page = new Page();
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', page);
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
  let locks = 0;
  const settings: Settings = { ...AT_FIRST, autoLockMinutes, lockOnHide };
  const stop = watchForIdling(
    () => settings,
    () => {
      locks += 1;
    },
  );
  const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);
  return { page, pass, stop, locks: () => locks };
}

test.each([1, 5, 15] as const)(
  'untouched for %i minutes it locks, within five seconds, and not before',
  (minutes) => {
    const { pass, locks } = watched(minutes);
    pass(minutes * 60 - 1);
    expect(locks()).toBe(0);
    pass(6);
    expect(locks()).toBeGreaterThan(0);
  },
);

test('what the page does to itself is no sign that somebody is there', () => {
  const { page, pass, locks } = watched(1);
  pass(55);
  page.dispatchEvent(new Event('pointerdown'));
  pass(10);
  expect(locks()).toBeGreaterThan(0);
});

test('a phone that slept while the time passed locks at its first look, by coming back into sight', () => {
  const { page, locks } = watched(5);
  vi.setSystemTime(Date.now() + 6 * 60_000);
  expect(locks()).toBe(0);
  page.dispatchEvent(new Event('visibilitychange'));
  expect(locks()).toBe(1);
});

test('out of sight it locks at once, where that was chosen', () => {
  for (const chosen of [true, false]) {
    const { page, locks } = watched(5, chosen);
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(locks()).toBe(chosen ? 1 : 0);
  }
});

test('once it was stopped it locks no more', () => {
  const { page, pass, stop, locks } = watched(1, true);
  stop();
  pass(600);
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(locks()).toBe(0);
});
