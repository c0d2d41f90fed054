/**
 * Putting the app on the home screen. Chromium offers it by an event, which comes once and early, often before there
 * is a screen to show it on; elsewhere a person has to find it in a menu, and can only be told where.
 */

/**
 * `installed`: this page runs from there. `done`: it has just been put there, and this page is still in the browser.
 * `offered`: one touch does it. The others are where to look: iPhone and iPad, Safari on a Mac, any other browser.
 */
export type Installing = 'installed' | 'done' | 'offered' | 'share-menu' | 'dock' | 'menu';

type Offer = Event & { readonly prompt: () => Promise<unknown> };

const listeners = new Set<() => void>();
let offer: Offer | null = null;
let isDone = false;

/** Listens from the start of the page. The browser's own bar stays away: the app asks in its own time. */
export function followInstalling(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    if (!isOffer(event)) return;
    event.preventDefault();
    offer = event;
    tell();
  });
  window.addEventListener('appinstalled', () => {
    offer = null;
    isDone = true;
    tell();
  });
  fromHomeScreen().addEventListener('change', tell);
}

/** Shows the browser's own question. An offer is good once; what is left after it is the way through the menu. */
export async function install(): Promise<void> {
  const asked = offer;
  offer = null;
  await asked?.prompt().catch(() => undefined);
  tell();
}

/** What the browser offered was the app under another name. */
export function forgetOffer(): void {
  offer = null;
  tell();
}

export const installing = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read(): Installing {
    if (isInstalled()) return 'installed';
    if (isDone) return 'done';
    if (offer !== null) return 'offered';
    if (isApplePhone()) return 'share-menu';
    return isSafariOnMac() ? 'dock' : 'menu';
  },
};

/** Whether what is installed has a storage of its own, and does not see what the browser keeps: WebKit does so. */
export function isKeptApart(): boolean {
  return isApplePhone() || isSafariOnMac();
}

function isInstalled(): boolean {
  return fromHomeScreen().matches || ('standalone' in navigator && navigator.standalone === true);
}

function fromHomeScreen(): MediaQueryList {
  return window.matchMedia('(display-mode: standalone), (display-mode: minimal-ui)');
}

/** An iPad says that it is a Mac, and has fingers. */
function isApplePhone(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
}

function isSafariOnMac(): boolean {
  return /Macintosh.* Version\/\S+ Safari\//.test(navigator.userAgent);
}

function isOffer(event: Event): event is Offer {
  return 'prompt' in event && typeof event.prompt === 'function';
}

function tell(): void {
  for (const listener of listeners) listener();
}
