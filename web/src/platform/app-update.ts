import type { Workbox } from 'workbox-window';
import { trustedWorkerUrl } from './trusted-url.ts';

/**
 * How the running page stands to the newest build. `waiting`: it is fetched and stays aside until the person
 * says “use it”; `elsewhere`: another tab said so, and this page goes on with the old one until it is reloaded.
 */
export type UpdateState = 'current' | 'waiting' | 'elsewhere';

type Listener = () => void;

const hourly = 60 * 60 * 1000;
const listeners = new Set<Listener>();
let state: UpdateState = 'current';
let workbox: Workbox | undefined;
let asked = false;

/** Registers the service worker, so that the app opens without a network. Does nothing while developing. */
export async function startAppUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  // After the first screen: nothing on it waits for this.
  const { Workbox } = await import('workbox-window');
  const worker = new Workbox(trustedWorkerUrl('/sw.js'));
  workbox = worker;
  worker.addEventListener('waiting', () => become('waiting'));
  // Workbox's own `isUpdate` stays false for as long as the page that first installed the app is open.
  let isControlled = navigator.serviceWorker.controller !== null;
  worker.addEventListener('controlling', () => {
    const isFirst = !isControlled;
    isControlled = true;
    if (isFirst) return;
    if (asked) window.location.reload();
    else become('elsewhere');
  });
  await worker.register();
  setInterval(() => void worker.update().catch(() => undefined), hourly);
}

/** Switches to the waiting version and reloads this page. Only ever called by a button, with no draft open. */
export function switchToNewVersion(): void {
  asked = true;
  if (state === 'elsewhere') window.location.reload();
  else workbox?.messageSkipWaiting();
}

export const appUpdate = {
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: (): UpdateState => state,
};

function become(next: UpdateState): void {
  state = next;
  for (const listener of listeners) listener();
}
