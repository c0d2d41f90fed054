/**
 * Web push: this device leaves with its server the moments at which it wants to be woken, and nothing else
 * (docs/protocol.md, "The HTTP interface"). The plan is left anew whenever the moments are others.
 */
import { fromBase64url } from '@evenkeel/protocol';
import { type ServerClient, createClient } from '@evenkeel/replica';
import type { Opened } from './opened.ts';
import type { WakeOutcome, Waking } from './reminders-contract.ts';

type WakingOfDevice = {
  readonly read: () => Promise<Waking>;
  readonly wake: () => Promise<WakeOutcome>;
  readonly stop: () => Promise<WakeOutcome>;
  /** Leaves the plan anew after a moment of quiet, if this device is woken and something changed. */
  readonly renewSoon: () => void;
};

type Server = { readonly origin: string; readonly client: ServerClient };

/** After an entry was saved, long enough for everything of it to be there. */
const QUIET_MS = 3000;

export function openWaking(opened: Opened, moments: () => readonly number[]): WakingOfDevice {
  const { store, vault, holder, settings, now } = opened;
  let renewing: ReturnType<typeof setTimeout> | undefined;
  let left: string | null = null;

  const serverOf = async (): Promise<Server | null> => {
    const server = await store.server();
    if (server === null) return null;
    const signSession = (origin: string, challenge: string) => vault.signSession(origin, challenge);
    const { acct, dev } = holder;
    const client = createClient({ origin: server.origin }, { acct, dev, signSession }, now);
    return { origin: server.origin, client };
  };
  const leave = async ({ origin, client }: Server, endpoint: string | null): Promise<WakeOutcome> => {
    const at = moments();
    const push = endpoint === null ? null : { endpoint, at };
    const payload = { origin, time: now(), push };
    const [object] = await vault.sign([{ type: 'ring-plan', signer: 'device', payload }]);
    if (object === undefined) return { ok: false, reason: 'refused' };
    const answer = await client.putRings(object);
    if (!answer.ok) return { ok: false, reason: answer.reason === 'unreachable' ? 'offline' : 'refused' };
    left = at.join();
    return { ok: true };
  };
  const renew = async (): Promise<void> => {
    const { pushEndpoint } = settings.read();
    if (pushEndpoint === null || moments().join() === left) return;
    const server = await serverOf();
    if (server !== null) await leave(server, pushEndpoint);
  };

  return {
    async read() {
      if ((await store.server()) === null) return 'no-server';
      if (!('serviceWorker' in navigator)) return 'impossible';
      if (!('PushManager' in window)) return isApple() ? 'install-first' : 'impossible';
      if (Notification.permission === 'denied') return 'forbidden';
      return settings.read().pushEndpoint === null ? 'off' : 'on';
    },
    async wake() {
      if ((await Notification.requestPermission()) !== 'granted') return { ok: false, reason: 'forbidden' };
      const server = await serverOf();
      if (server === null) return { ok: false, reason: 'offline' };
      const known = await server.client.rings();
      if (!known.ok) return { ok: false, reason: known.reason === 'unreachable' ? 'offline' : 'refused' };
      const endpoint = await subscribe(known.value.pushKey);
      if (endpoint === null) return { ok: false, reason: 'refused' };
      const outcome = await leave(server, endpoint);
      if (outcome.ok) await settings.change({ pushEndpoint: endpoint });
      return outcome;
    },
    async stop() {
      const server = await serverOf();
      const outcome: WakeOutcome = server === null ? { ok: true } : await leave(server, null);
      if (!outcome.ok) return outcome;
      await settings.change({ pushEndpoint: null });
      const registration = await navigator.serviceWorker.getRegistration();
      const subscription = await registration?.pushManager.getSubscription();
      await subscription?.unsubscribe();
      return outcome;
    },
    renewSoon() {
      clearTimeout(renewing);
      renewing = setTimeout(() => void renew().catch(() => undefined), QUIET_MS);
    },
  };
}

/** Where this browser is pushed to; null when its push service will not. */
async function subscribe(pushKey: string): Promise<string | null> {
  try {
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: fromBase64url(pushKey),
    });
    return subscription.endpoint;
  } catch {
    return null;
  }
}

/** An iPhone or iPad; the latter calls itself a Mac that can be touched. */
function isApple(): boolean {
  return /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
}
