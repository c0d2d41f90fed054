/** Pushes, and the notices that the service worker shows for them. */
import type { Page } from '@playwright/test';

/** Hands the service worker an empty push, as the browser would. */
export async function push(page: Page, origin: string): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) resolve(first.registrationId);
    });
  });
  await browser.send('ServiceWorker.enable');
  const registrationId = await registered;
  await browser.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: '' });
  await browser.detach();
}

/** `icon` as a path. */
export type Notice = { readonly title: string; readonly body: string; readonly icon: string };

export async function noticesOf(page: Page): Promise<readonly Notice[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, icon }) => ({
      title,
      body,
      icon: new URL(icon).pathname,
    }));
  });
}

/**
 * Touches the notice. No driver of a browser can: the service worker is handed the touch, which such an event keeps
 * no worker alive for and which lets no window come to the front. All that follows is the app's own.
 */
export async function touchNotice(page: Page): Promise<void> {
  const [worker] = page.context().serviceWorkers();
  if (worker === undefined) throw new Error('no service worker');
  await worker.evaluate(`(async () => {
    const [notification] = await registration.getNotifications();
    const touch = new NotificationEvent('notificationclick', { notification });
    Object.defineProperty(touch, 'waitUntil', { value: () => undefined });
    dispatchEvent(touch);
  })()`);
}
