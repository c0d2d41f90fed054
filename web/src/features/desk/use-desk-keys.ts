import { useEffect, useRef } from 'react';

type DeskKeys = {
  readonly next: () => void;
  readonly before: () => void;
  readonly search: () => void;
  readonly print: () => void;
};

const kept = 'evenkeel-desk-keys';

/** Single keys can be switched off, since they get in the way of speech input (WCAG 2.1.4). */
export function readKeysOn(): boolean {
  return localStorage.getItem(kept) !== 'off';
}

export function keepKeysOn(on: boolean): void {
  if (on) localStorage.removeItem(kept);
  else localStorage.setItem(kept, 'off');
}

/** j, k, / and p, while nothing is being typed and no dialog is open. */
export function useDeskKeys(keys: DeskKeys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!readKeysOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      const act = {
        j: current.current.next,
        k: current.current.before,
        '/': current.current.search,
        p: current.current.print,
      }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}
