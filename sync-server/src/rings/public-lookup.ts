/**
 * Names and addresses of the public internet. Names are asked for by c-ares and not by the system's `getaddrinfo`,
 * which waits on one of the four threads that also read files: a slow name server could fill them all.
 */
import { Resolver } from 'node:dns/promises';
import { type LookupFunction, BlockList, isIP } from 'node:net';
import { callbackify } from 'node:util';

/** Of one try; a push as a whole has its own end. */
const ANSWER_MS = 3000;
const TRIES = 2;

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

/** Names the addresses that a connection may go to; none, when one of them is not public. */
export function publicLookup(nameServers?: readonly string[]): LookupFunction {
  const resolver = new Resolver({ timeout: ANSWER_MS, tries: TRIES });
  if (nameServers !== undefined) resolver.setServers(nameServers);
  const find = callbackify((host: string) => addressesOf(resolver, host));
  return (host, options, done) => {
    find(host, (fault, found) => {
      const [first] = found ?? [];
      if (fault !== null || first === undefined || !found.every(({ address }) => isPublicAddress(address)))
        return done(fault ?? new Error('no public address'), '');
      if (options.all === true) done(null, [...found]);
      else done(null, first.address, first.family);
    });
  };
}

type Address = { readonly address: string; readonly family: 4 | 6 };

/** A name may have addresses of one kind only; that the other kind has none is no fault. */
async function addressesOf(resolver: Resolver, host: string): Promise<readonly Address[]> {
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return [
    ...(four.status === 'fulfilled' ? four.value : []).map((address) => ({ address, family: 4 }) as const),
    ...(six.status === 'fulfilled' ? six.value : []).map((address) => ({ address, family: 6 }) as const),
  ];
}
