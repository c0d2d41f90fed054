/** How often one device, or one address without a session, may ask, and how much of it at once. */
import type { ServerResponse } from 'node:http';
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
  /**
   * Counts an answer that is under way until its last byte is gone. What is sent slowly, or not read, is held in
   * memory, so nobody has many of them.
   */
  readonly deviceUnderWay: (dev: DeviceId, res: ServerResponse) => void;
  readonly addressUnderWay: (address: string, res: ServerResponse) => void;
  readonly recoveryUnderWay: (address: string, res: ServerResponse) => void;
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
  const underWay = new Map<string, number>();
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
    deviceUnderWay: (dev, res) => begin(underWay, `d ${dev}`, limits.requestsAtOnce, res),
    addressUnderWay: (address, res) =>
      begin(underWay, `a ${networkOf(address)}`, limits.requestsAtOncePerAddress, res),
    recoveryUnderWay: (address, res) =>
      begin(underWay, `r ${networkOf(address)}`, limits.recoveryReadsAtOncePerAddress, res),
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

function begin(underWay: Map<string, number>, key: string, most: number, res: ServerResponse): void {
  if (res.destroyed) return;
  const count = underWay.get(key) ?? 0;
  if (count >= most) throw new ProblemFound('rate-limited', '', SECOND);
  underWay.set(key, count + 1);
  res.once('close', () => {
    const left = (underWay.get(key) ?? 1) - 1;
    if (left === 0) underWay.delete(key);
    else underWay.set(key, left);
  });
}

/** An IPv6 household has a /64: its addresses count as one, however they are written. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [before = '', after] = address.split('::');
  const groups = groupsOf(before);
  const rest = groupsOf(after ?? '');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  return [...groups, ...(after === undefined ? [] : zeros), ...rest].slice(0, 4).join(':');
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}
