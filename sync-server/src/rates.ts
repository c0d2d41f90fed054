/** How often one device, or one address without a session, may ask. */
import { isIPv6 } from 'node:net';
import type { DeviceId, GrantId, Limits } from '@evenkeel/protocol';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemFound } from './problem-handler.ts';

export type Rates = {
  readonly device: (dev: DeviceId) => Promise<void>;
  readonly push: (dev: DeviceId) => Promise<void>;
  readonly receipt: (grant: GrantId, dev: DeviceId) => Promise<void>;
  readonly address: (address: string) => Promise<void>;
  readonly recovery: (address: string) => Promise<void>;
  readonly openRegistration: (address: string) => Promise<void>;
};

const SECOND = 1;
const MINUTE = 60;
const DAY = 86_400;

export function rateLimits(limits: Limits): Rates {
  const perMinute = limiter('minute', limits.requestsPerMinute, MINUTE);
  const burst = limiter('burst', limits.requestBurst, SECOND);
  const pushes = limiter('push', limits.pushesPerMinute, MINUTE);
  const receipts = limiter('receipt', limits.receiptsPerMinute, MINUTE);
  const recovery = limiter('recovery', limits.recoveryReadsPerMinutePerAddress, MINUTE);
  const registration = limiter('registration', limits.openRegistrationsPerDayPerAddress, DAY);
  const both = async (key: string): Promise<void> => {
    await take(burst, key);
    await take(perMinute, key);
  };
  return {
    device: (dev) => both(`d ${dev}`),
    push: (dev) => take(pushes, dev),
    receipt: (grant, dev) => take(receipts, `${grant} ${dev}`),
    address: (address) => both(`a ${networkOf(address)}`),
    recovery: (address) => take(recovery, networkOf(address)),
    openRegistration: (address) => take(registration, networkOf(address)),
  };
}

function limiter(keyPrefix: string, points: number, duration: number): RateLimiterMemory {
  return new RateLimiterMemory({ keyPrefix, points, duration });
}

async function take(limit: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new ProblemFound('rate-limited', '', Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
  }
}

/** An IPv6 household has a /64: its addresses count as one. */
function networkOf(address: string): string {
  return isIPv6(address) && !address.startsWith('::ffff:')
    ? address.split(':').slice(0, 4).join(':')
    : address;
}
