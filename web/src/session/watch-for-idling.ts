/** Locks after a while without a touch, or when the app goes out of sight. Only what a person did counts. */
import type { Settings } from './device-settings.ts';

const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
const LOOK_EVERY_MS = 5000;

/** Time is compared rather than counted down, since a sleeping phone runs no timers. Returns how to stop watching. */
export function watchForIdling(settings: () => Settings, lock: () => void): () => void {
  let lastSign = Date.now();
  const notice = (event: Event): void => {
    if (event.isTrusted) lastSign = Date.now();
  };
  const look = (): void => {
    if (Date.now() - lastSign >= settings().autoLockMinutes * 60_000) lock();
  };
  const hide = (): void => {
    if (document.visibilityState === 'hidden' && settings().lockOnHide) lock();
    else look();
  };
  for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, notice, { passive: true, capture: true });
  document.addEventListener('visibilitychange', hide);
  const timer = window.setInterval(look, LOOK_EVERY_MS);
  return () => {
    for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, notice, { capture: true });
    document.removeEventListener('visibilitychange', hide);
    window.clearInterval(timer);
  };
}
