/** What the person chose; `system` follows the phone. */
export type Appearance = 'system' | 'light' | 'dark';

const key = 'evenkeel-appearance';
const listeners = new Set<() => void>();
const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

export function readAppearance(): Appearance {
  const kept = localStorage.getItem(key);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Keeps the choice on this device and shows it at once. */
export function chooseAppearance(appearance: Appearance): void {
  if (appearance === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, appearance);
  showAppearance();
  for (const listener of listeners) listener();
}

/** What was chosen, followed as it changes, also in another tab. */
export const appearance = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    window.addEventListener('storage', listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', listener);
    };
  },
  read: readAppearance,
};

/** Sets `data-theme` on the page, now and whenever the system changes. */
export function followAppearance(): void {
  showAppearance();
  dark().addEventListener('change', showAppearance);
  window.addEventListener('storage', (event) => {
    if (event.key === key) showAppearance();
  });
}

function showAppearance(): void {
  const chosen = readAppearance();
  const shown = chosen === 'system' ? (dark().matches ? 'dark' : 'light') : chosen;
  document.documentElement.dataset['theme'] = shown;
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper');
  for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
    meta.setAttribute('content', paper);
}
