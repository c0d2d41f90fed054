/**
 * One web push with nothing in it (RFC 8030), signed as this server's (VAPID, RFC 8292). There is no body, so there
 * is nothing to encrypt and the keys of a subscription are not needed.
 *
 * The address comes from a device, so it could be one that only this machine reaches. A push goes to a public name
 * over https alone, and the address behind the name is looked at when the connection is made, since a name may point
 * elsewhere by then. Redirects are not followed.
 */
import { request } from 'node:https';
import webPush from 'web-push';
import type { PushKeys } from '../store/store.ts';
import { isPublicName, publicLookup } from './public-lookup.ts';

/** Where a push may go. `ca`: a certificate to trust besides the public ones. */
export type PushReach = { readonly to: 'everywhere'; readonly ca: string };

export type PushOptions = {
  readonly keys: PushKeys;
  /** Of this server: whom a push service may write to about what it sends. */
  readonly origin: string;
  readonly reach?: PushReach;
  /** Who is asked for addresses, as `address:port`; those of this machine, if nothing is said. */
  readonly nameServers?: readonly string[];
  /** After this it is over, whatever came by then. */
  readonly longestMs?: number;
};

/** `gone`: the push service does not know the subscription any more. */
export type PushOutcome = 'sent' | 'gone' | 'failed';

/** Seconds a push service keeps a push for a device that is off. A reminder that comes late is worse than none. */
const TTL_SECONDS = 1800;
const LONGEST_MS = 10_000;
const GONE = new Set([404, 410]);

export function makePushKeys(): PushKeys {
  return webPush.generateVAPIDKeys();
}

export function sendPush(
  endpoint: string,
  { keys, origin, reach, nameServers, longestMs = LONGEST_MS }: PushOptions,
): Promise<PushOutcome> {
  const url = new URL(endpoint);
  if (reach === undefined && !isPublicName(url.hostname)) return Promise.resolve('failed');
  const { method, headers } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh: '', auth: '' } },
    null,
    {
      vapidDetails: { subject: subjectOf(origin), ...keys },
      TTL: TTL_SECONDS,
      urgency: 'high',
      topic: 'reminder',
    },
  );
  return new Promise((resolve) => {
    const sending = request(
      url,
      {
        method,
        headers,
        // Of the whole: a service that sends a byte now and then must not keep the others waiting.
        signal: AbortSignal.timeout(longestMs),
        agent: false,
        ...(reach === undefined ? { lookup: publicLookup(nameServers) } : { ca: reach.ca }),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        if (GONE.has(status)) resolve('gone');
        else resolve(status >= 200 && status < 300 ? 'sent' : 'failed');
        // What more it says is of no interest, and may have no end.
        sending.destroy();
      },
    );
    sending.on('error', () => resolve('failed'));
    sending.on('close', () => resolve('failed'));
    sending.end();
  });
}

/** RFC 8292, 2.1: a mailto or https address. A server without https has no other than its name. */
function subjectOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' ? origin : `mailto:operator@${hostname}`;
}
