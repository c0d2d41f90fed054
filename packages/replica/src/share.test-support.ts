/** For tests: what a device signs to give a share, to stop one, and to remove another device. */
import { CATEGORY_NUMBERS, dayOfInstant } from '@evenkeel/journal';
import { type Bytes, type Hash32, ZERO_HASH, toBase64url } from '@evenkeel/protocol';
import { type Pin, giveGrant, revoke } from '@evenkeel/sharing';
import type { Replica } from './replica.ts';
import { NOON, type TestDevice } from './test-device.ts';

export type Opened = { readonly device: TestDevice; readonly replica: Replica };

const today = dayOfInstant(NOON, 'Europe/London');
/** The first day that is shared: ten days before `NOON`. */
const FIRST_SHARED = '2026-10-05';
export const SCOPE = {
  categories: [CATEGORY_NUMBERS.mood],
  period: { kind: 'from', first: FIRST_SHARED },
} as const;

export async function pinOf({ device, replica }: Opened): Promise<Pin> {
  const { acct, signPk, boxPk } = device.holder;
  const [account] = await replica.logs.deviceObjects();
  if (account === undefined) throw new Error('no log');
  return {
    acct,
    account: toBase64url(account),
    signPk,
    boxPk,
    name: 'Dr Ali',
    how: 'in-person',
    via: { kind: 'card', nonce: 'AAAAAAAAAAAAAAAAAAAAAA' },
    at: NOON,
    checkedAt: NOON,
  };
}

/** Moods of the last ten days, for as long as the person wants. Nothing is appended or sent yet. */
export async function granting({ device, replica }: Opened, to: Opened, expires: number | null = null) {
  const given = await giveGrant(device.vault, device.holder, {
    log: replica.logs.grant(),
    inUse: replica.streamsInUse(),
    today,
    to: await pinOf(to),
    personName: 'Ada',
    scope: SCOPE,
    purpose: 'review',
    consent: { version: '1', textHash: ZERO_HASH, language: 'en-GB', shownAt: NOON, acceptedAt: NOON },
    expires,
    now: NOON,
  });
  if (!given.ok) throw new Error(given.reason);
  return given;
}

/** `about`: what other shares need; none do unless it is said. */
export async function stopping(
  { device, replica }: Opened,
  grant: Parameters<typeof revoke>[1],
  about: Partial<Pick<Parameters<typeof revoke>[2], 'grants' | 'inUse' | 'packed'>> = {},
) {
  const stopped = await revoke(device.vault, grant, {
    log: replica.logs.grant(),
    grants: [],
    inUse: [],
    packed: [],
    ...about,
    today,
    now: NOON,
  });
  if (!stopped.ok) throw new Error(stopped.reason);
  return stopped;
}

/** `cut`: the full head up to which what it wrote counts. */
export async function removing(
  { device, replica }: Opened,
  gone: TestDevice,
): Promise<{ readonly cut: Hash32; readonly deviceLog: readonly Bytes[] }> {
  const cut = await replica.logs.signFullHead();
  const { seq, hash } = replica.logs.device();
  const payload = { seq: seq + 1, prev: hash, time: NOON, dev: gone.holder.dev, cut };
  return {
    cut,
    deviceLog: await device.vault.sign([{ type: 'device-revoke', signer: 'identity', payload }]),
  };
}
