/**
 * One web push with nothing in it (RFC 8030), signed as this server's (VAPID, RFC 8292). There is no body, so there
 * is nothing to encrypt and the keys of a subscription are not needed.
 *
 * The address comes from a device, so it could be one that only this machine reaches. A push goes to a public name
 * over https alone, and the address behind the name is looked at when the connection is made, since a name may point
 * elsewhere by then. Redirects are not followed.
 */
import { type LookupFunction, BlockList, isIP } from 'node:net';
import { lookup } from 'node:dns';
import { request } from 'node:https';
import webPush from 'web-push';
import type { PushKeys } from '../store/store.ts';

/** Where a push may go. `ca`: a certificate to trust besides the public ones. */
export type PushReach = { readonly to: 'everywhere'; readonly ca: string };

export type PushOptions = {
  readonly keys: PushKeys;
  /** Of this server: whom a push service may write to about what it sends. */
  readonly origin: string;
  readonly reach?: PushReach;
  /** After this it is over, whatever came by then. */
  readonly longestMs?: number;
};

/** `gone`: the push service does not know the subscription any more. */
export type PushOutcome = 'sent' | 'gone' | 'failed';

/** Seconds a push service keeps a push for a device that is off. A reminder that comes late is worse than none. */
const TTL_SECONDS = 1800;
const LONGEST_MS = 10_000;
const GONE = new Set([404, 410]);

const PRIVATE = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6');

export function makePushKeys(): PushKeys {
  return webPush.generateVAPIDKeys();
}

/** Whether a host is a name that the public internet could know: no address, and not a name of this network. */
export function isPublicName(host: string): boolean {
  if (isIP(host.replaceAll(/[[\]]/g, '')) !== 0) return false;
  const name = host.toLowerCase().replace(/\.$/, '');
  return name.includes('.') && !/\.(local|localhost|internal|lan|home|arpa|test)$/.test(name);
}

export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const bare = mapped ?? address;
  const family = isIP(bare);
  return family !== 0 && !PRIVATE.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

export function sendPush(
  endpoint: string,
  { keys, origin, reach, longestMs = LONGEST_MS }: PushOptions,
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
        ...(reach === undefined ? { lookup: publicLookup } : { ca: reach.ca }),
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

/** Names the addresses that a push may go to; none, when one of them is not public. */
const publicLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (fault, found) => {
    if (fault !== null) return done(fault, '');
    const [first] = found;
    if (first === undefined || !found.every(({ address }) => isPublicAddress(address)))
      return done(new Error('not a public address'), '');
    if (options.all === true) done(null, found);
    else done(null, first.address, first.family);
  });
};

/** RFC 8292, 2.1: a mailto or https address. A server without https has no other than its name. */
function subjectOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' ? origin : `mailto:operator@${hostname}`;
}
