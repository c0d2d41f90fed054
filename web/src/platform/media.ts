import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds now, followed as it changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Wide enough for a side rail and two columns. The same width is written in the stylesheets. */
export function useIsWide(): boolean {
  return useMedia('(min-width: 56rem)');
}

/** What to call this device in a sentence. */
export function useDeviceWord(): 'phone' | 'computer' {
  return useMedia('(pointer: coarse), (max-width: 55.99rem)') ? 'phone' : 'computer';
}
