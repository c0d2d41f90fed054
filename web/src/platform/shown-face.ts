/** Which name and picture the app goes by on this device. Lies open beside the diary, so that the locked door has it. */
import { useSyncExternalStore } from 'react';
import { faces, PLAIN_MARK } from './faces.ts';
import type { Face } from './faces.ts';
import { forgetOffer } from './installing.ts';

const key = 'evenkeel-face';
/** In the address that the plain app starts at: where it has a storage of its own, nothing was chosen there yet. */
const PLAIN_START = 'plain';

const listeners = new Set<() => void>();

export function readFace(): Face {
  return localStorage.getItem(key) === 'plain' ? 'plain' : 'own';
}

/** Keeps the choice on this device and shows it at once. “Own” is kept as well: the plain app's start asks for it. */
export function chooseFace(chosen: Face): void {
  localStorage.setItem(key, chosen);
  forgetOffer();
  show();
  void (chosen === 'plain' ? caches.open(PLAIN_MARK) : caches.delete(PLAIN_MARK));
  tell();
}

/** Gives the page its name and picture, before anything of it is drawn, and whenever another tab changes them. */
export function followFace(): void {
  const address = new URL(window.location.href);
  if (address.searchParams.has(PLAIN_START)) {
    if (localStorage.getItem(key) === null) chooseFace('plain');
    address.searchParams.delete(PLAIN_START);
    window.history.replaceState(null, '', address);
  }
  show();
  window.addEventListener('storage', (event) => {
    if (event.key !== key) return;
    show();
    tell();
  });
}

/** What the names of saved files begin with. */
export function fileWord(): string {
  return faces[readFace()].name.toLowerCase();
}

export function useFace(): Face {
  return useSyncExternalStore(subscribe, readFace);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

function show(): void {
  const { name, about, icon, picture, manifest } = faces[readFace()];
  document.title = name;
  put('meta[name="description"]', 'content', about);
  put('link[rel="icon"]', 'href', icon);
  put('link[rel="apple-touch-icon"]', 'href', picture);
  put('link[rel="manifest"]', 'href', manifest);
}

/** Only where it differs: a browser fetches anew what is set anew. */
function put(selector: string, attribute: string, value: string): void {
  const element = document.querySelector(selector);
  if (element !== null && element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}
