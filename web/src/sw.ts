import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { faces, inPlain, PLAIN_MARK } from './platform/faces.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Files that are fetched only by those who need them (the clinician's desk), kept after first use. */
const laterCache = 'evenkeel-later';

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// Every screen is the same page; the server's own addresses and files are not screens.
const page = createHandlerBoundToURL('/index.html');
registerRoute(
  new NavigationRoute(async (asked) => named(await page(asked)), {
    denylist: [/^\/v1\//, /^\/away\.html$/, /^\/[\w-]+\.json$/],
  }),
);

// Built files have a hash in their name and never change: what was fetched once is good for ever.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => {
    const cache = await caches.open(laterCache);
    const kept = await cache.match(request);
    if (kept) return kept;
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  },
);

// A new version waits until the person says so (see platform/app-update.ts). It leaves the old desk files behind.
self.addEventListener('message', (event) => {
  if (isSkipWaiting(event.data)) event.waitUntil(self.skipWaiting());
});
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.delete(laterCache).then(() => self.clients.claim()));
});

// A push has nothing in it: the server knows when, and not what. What it is about is found out after unlocking.
self.addEventListener('push', (event) => {
  event.waitUntil(
    isPlain().then((plain) => {
      const { name, picture } = faces[plain ? 'plain' : 'own'];
      return self.registration.showNotification(`${name} reminder`, { tag: 'reminder', icon: picture });
    }),
  );
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openReminder());
});

/** Before its script runs the page would show the app's own name, in the tab and in the browser's history. */
async function named(response: Response): Promise<Response> {
  if (!(await isPlain())) return response;
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(inPlain(await response.text()), { headers });
}

function isPlain(): Promise<boolean> {
  return caches.has(PLAIN_MARK);
}

async function openReminder(): Promise<void> {
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (open === undefined) return void (await self.clients.openWindow('/?reminder'));
  // A browser that does not bring it to the front still lets it go there.
  await open.focus().catch(() => undefined);
  await open.navigate('/?reminder');
}

function isSkipWaiting(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING';
}
