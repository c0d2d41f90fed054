/** What “now” is for what stays on a screen: an app that was left open is not loaded again. */
import { useSyncExternalStore } from 'react';
import { localDayOf } from '../i18n/dates.ts';

const LOOK_EVERY_MS = 15_000;

/** Tells every few seconds while the app is in view, and at once when it comes back into view. Returns how to end it. */
export function whenTimePasses(tell: () => void): () => void {
  const look = (): void => {
    if (document.visibilityState === 'visible') tell();
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  document.addEventListener('visibilitychange', look);
  window.addEventListener('pageshow', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('pageshow', look);
  };
}

/** What is `said` of now, drawn again when that is something else. */
export function useNow(said: (ms: number) => string): string {
  return useSyncExternalStore(whenTimePasses, () => said(Date.now()));
}

/** The day it is, also when a midnight has passed. */
export function useToday(): string {
  return useNow(localDayOf);
}
