/** For tests: what a device signs to give a share, to stop one, and to remove another device. */
import { CATEGORY_NUMBERS, dayOfInstant } from '@evenkeel/journal';
import { type Bytes, type Hash32, ZERO_HASH, toBase64url } from '@evenkeel/protocol';
import { type OwnGrant, type PackedKey, type Pin, giveGrant, makeReceipt, revoke } from '@evenkeel/sharing';
import type { RunningServer } from '@evenkeel/sync-server';
import { openShared } from './open-shared.ts';
import type { Replica } from './replica.ts';
import { NOON, type TestDevice, newPerson } from './test-device.ts';

export type Opened = { readonly device: TestDevice; readonly replica: Replica };

export const quick = { live: false, retryMs: 30 } as const;

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

/** Somebody's device on a server, open and known to it. */
export async function joined(
  server: RunningServer,
  name: string,
): Promise<{ device: TestDevice; replica: Replica; account: string; cert: Uint8Array }> {
  const device = await newPerson(name);
  const replica = await device.open();
  await replica.opened;
  const outcome = await replica.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  if (!outcome.ok) throw new Error(outcome.reason);
  const [account, cert] = await replica.logs.deviceObjects();
  if (account === undefined || cert === undefined) throw new Error('no log');
  return { device, replica, account: toBase64url(account), cert };
}
type Joined = Awaited<ReturnType<typeof joined>>;

/** Shares moods of the last ten days. */
export async function share(
  person: Joined,
  clinician: Joined,
  expires: number | null = null,
): Promise<{ grant: OwnGrant; packed: readonly PackedKey[] }> {
  const given = await granting(person, clinician, expires);
  const appended = await person.replica.logs.appendGrantLog(given.grantLog);
  if (!appended.ok || !appended.sent) throw new Error('the share was not sent');
  await person.replica.addPacks(given.packs);
  await person.replica.syncNow();
  const state = person.replica.logs.grant().grants.get(given.id);
  if (state === undefined) throw new Error('no grant');
  return { grant: { state, scope: SCOPE, to: await pinOf(clinician) }, packed: given.packed };
}

/** A clinician's desk; it takes in every share, or none. */
export function deskOf(clinician: Joined, options: { readonly admits: boolean } = { admits: true }) {
  const { vault, store, holder, clock } = clinician.device;
  return openShared({
    vault,
    store,
    holder,
    now: () => clock.now,
    multiInstance: false,
    makeReceipt: (order) => makeReceipt(vault, { ...order, purpose: '', cert: clinician.cert }),
    admit: async () => (options.admits ? null : 'not-invited'),
  });
}
