/**
 * Key packs: the keys of a grant, sealed to its clinician. [Note: every stream has its pack] Whatever lies in
 * the scope of an active grant must have a pack; a device checks this after every pull and write, and appends
 * what is missing. That is also how a share without a last day gets a new month's keys. Packs are opaque to
 * other devices of the same person, so each device remembers which keys it packed; packing one twice is legal,
 * since the keys are derived and always the same. docs/protocol.md, "Grant, Extend, KeyPack".
 */
import { type LocalDay, addDays, dayOfInstant, dayOfPlace } from '@evenkeel/journal';
import {
  type Bytes,
  type DeviceLog,
  type GrantId,
  type GrantLog,
  type GrantState,
  appendToGrantLog,
  grantStatus,
  keyPackSchema,
  parseObject,
  verifyObject,
} from '@evenkeel/protocol';
import type { HeldKey, KeyRequest, Vault } from '@evenkeel/vault';
import { SharingFault, makeExtend } from './grant.ts';
import { type StreamInUse, clearPart, keyName, keysForScope, notAdmitted } from './keys-for-scope.ts';
import type { Pin } from './pin.ts';
import type { Scope } from './scope.ts';

/** A grant of the own account: what it covers (what was sealed in it, or wider since) and the clinician's pinned keys. */
export type OwnGrant = { readonly state: GrantState; readonly scope: Scope; readonly to: Pin };

/** A key this device has packed for a grant. */
export type PackedKey = KeyRequest & { readonly grant: GrantId };

export type Settlement = {
  /** Extends, to be pushed in order after the log's last object. */
  readonly grantLog: readonly Bytes[];
  readonly packs: readonly Bytes[];
  /** To be remembered with those already known. */
  readonly packed: readonly PackedKey[];
  /** The log with the Extends applied. */
  readonly log: GrantLog;
};

export type Circumstances = {
  readonly log: GrantLog;
  readonly grants: readonly OwnGrant[];
  readonly inUse: readonly StreamInUse[];
  readonly packed: readonly PackedKey[];
  readonly today: LocalDay;
  /** Milliseconds UTC. */
  readonly now: number;
};

/** Keys in one pack; 54 bytes each, so that a pack stays well inside one request. */
export const MOST_KEYS_IN_PACK = 4000;
const MOST_DAYS = 31;

/** Keys that an active grant needs and that this device has not packed for it. */
export function keysOwed(
  grant: OwnGrant,
  { inUse, packed, today, now }: Omit<Circumstances, 'log' | 'grants'>,
): readonly KeyRequest[] {
  if (grantStatus(grant.state, now) !== 'active') return [];
  const { grant: id, expires } = grant.state.grant;
  const done = new Set(packed.filter((key) => key.grant === id).map(keyName));
  const until = expires === null ? null : lastDayBefore(expires);
  return keysForScope(grant.scope, { today, inUse, until }).filter((key) => !isPacked(key, done));
}

/** What must be appended so that every stream in the scope of an active grant has a pack; empty when all have. */
export async function settle(vault: Vault, circumstances: Circumstances): Promise<Settlement> {
  let { log } = circumstances;
  const grantLog: Bytes[] = [];
  const packs: Bytes[] = [];
  const packed: PackedKey[] = [];
  for (const { scope, to, ...rest } of circumstances.grants) {
    const id = rest.state.grant.grant;
    const state = log.grants.get(id) ?? rest.state;
    const keys = keysOwed({ state, scope, to }, circumstances);
    if (keys.length === 0) continue;
    const missing = notAdmitted(state.streams, await clearPart(vault, keys));
    if (missing.length > 0) {
      const object = await makeExtend(vault, log, id, missing, circumstances.now);
      log = await applied(log, object);
      grantLog.push(object);
    }
    packs.push(...(await makePacks(vault, id, to, keys)));
    packed.push(...keys.map((key) => ({ ...key, grant: id })));
  }
  return { grantLog, packs, packed, log };
}

/** Signed packs that hold `keys`, sealed to one clinician. */
export async function makePacks(
  vault: Vault,
  grant: GrantId,
  to: Pin,
  keys: readonly KeyRequest[],
): Promise<readonly Bytes[]> {
  const packs: Bytes[] = [];
  for (let at = 0; at < keys.length; at += MOST_KEYS_IN_PACK) {
    const some = keys.slice(at, at + MOST_KEYS_IN_PACK);
    packs.push(await vault.sealKeyPack({ grant, to: to.acct, toBoxPk: to.boxPk, keys: some }));
  }
  return packs;
}

export type ReceivedPack =
  | { readonly ok: true; readonly keys: readonly HeldKey[] }
  | {
      readonly ok: false;
      readonly reason:
        /** Signed by a device that is not in the person's device log: it may be known after the next pull. */
        | 'unknown-device'
        | 'forged'
        | 'malformed'
        | 'newer-app-needed'
        /** Of another grant than the one it was served under. */
        | 'wrong-grant'
        | 'not-for-us'
        | 'tampered'
        /** Holds a key that the grant does not admit; none of it is taken. */
        | 'outside-grant';
    };

/** The clinician's side: checks who signed a pack, opens it, and lets the vault keep its keys. */
export async function receivePack(
  vault: Vault,
  { deviceLog, state }: { readonly deviceLog: DeviceLog; readonly state: GrantState },
  pack: Uint8Array,
): Promise<ReceivedPack> {
  const parsed = parseObject(pack);
  if (!parsed.ok) return parsed;
  const { signer } = parsed.object;
  const device = signer === 'identity' ? undefined : deviceLog.devices.get(signer);
  // check: pack: by a device of its owner
  if (device === undefined) return { ok: false, reason: 'unknown-device' };
  const expected = { type: 'key-pack', acct: deviceLog.acct, signer, publicKey: device.signPk } as const;
  const verified = await verifyObject(pack, expected, keyPackSchema);
  // check: pack: signed by that device
  if (!verified.ok)
    return { ok: false, reason: verified.reason === 'newer-app-needed' ? verified.reason : 'forged' };
  // check: pack: of the grant it came under
  if (verified.payload.grant !== state.grant.grant) return { ok: false, reason: 'wrong-grant' };
  const admitted = [...state.streams].map(([sid, kids]) => ({ sid, kids: kids === null ? null : [...kids] }));
  return vault.openKeyPack({ owner: deviceLog.acct, pack, admitted });
}

/** The grant log with an object of our own applied. It was just made to follow, so a refusal is a defect. */
export async function applied(log: GrantLog, object: Bytes): Promise<GrantLog> {
  const next = await appendToGrantLog(log, object);
  if (!next.ok)
    throw new SharingFault('log-refused', `our own object does not follow the grant log: ${next.reason}`);
  return next.log;
}

/**
 * The latest local day that can be the present one anywhere on Earth when a grant expires. Days after it are
 * never handed over, so that a running month does not reach past the end that was agreed.
 */
export function lastDayBefore(expires: number): LocalDay {
  return addDays(dayOfInstant(expires, 'UTC'), 1);
}

/** A stream key opens each of its days, and all days of a month open what its stream key would. */
function isPacked(key: KeyRequest, done: ReadonlySet<string>): boolean {
  if (done.has(keyName(key)) || done.has(keyName({ ...key, day: null }))) return true;
  if (key.day !== null) return false;
  const days = Array.from({ length: MOST_DAYS }, (_, i) => i + 1).filter(
    (day) => dayOfPlace({ month: key.month, day }) !== undefined,
  );
  return days.length > 0 && days.every((day) => done.has(keyName({ ...key, day })));
}
