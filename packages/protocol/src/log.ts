/**
 * The two identity-signed logs of an account. The **device log** says which devices write for it; grantees
 * read it too. The **grant log** says who may read what; only the owner and the server see it. Each object
 * carries `seq` (u32, +1, from 0) and `prev` (hash of the object before), so neither side can drop, swap or
 * fork one without the other noticing. Both sides replay them with the functions below.
 */
import type { Bytes } from './bytes.ts';
import {
  type AccountId,
  type DeviceId,
  type GrantId,
  type Hash32,
  type KeyId,
  type PublicKey,
  type ServerEpoch,
  type StreamId,
  ZERO_HASH,
  accountIdOf,
  accountIdSchema,
  deviceIdOf,
  deviceIdSchema,
  grantIdSchema,
  hash32Schema,
  keyIdSchema,
  publicKeySchema,
  serverEpochSchema,
  streamIdSchema,
} from './ids.ts';
import { parseObject, parsePayload, verifyObject } from './signed-object.ts';
import { isPinnableKey } from './verify.ts';
import { z } from './z.ts';

const u16Schema = z.int().check(z.gte(0), z.lte(0xffff));
const u32Schema = z.int().check(z.gte(0), z.lte(0xffffffff));
/** Milliseconds since 1970 UTC. */
export const timeSchema = z.int().check(z.gte(0));
export const originSchema = z.string().check(z.maxLength(300), z.regex(/^https?:\/\/[^/?#\s]+$/));
/** base64url of sealed bytes that only the addressee can open. */
export const sealedSchema = z.string().check(z.maxLength(16_384), z.regex(/^[A-Za-z0-9_-]*$/));

const linked = { seq: u32Schema, prev: hash32Schema, time: timeSchema };

export const accountSchema = z.strictObject({ ...linked, signPk: publicKeySchema, boxPk: publicKeySchema });
export const deviceCertSchema = z.strictObject({
  ...linked,
  dev: deviceIdSchema,
  signPk: publicKeySchema,
  /** The device's name, sealed to the owner. */
  sealedName: sealedSchema,
});
/** `cut`: hash of the revoker's full head; envelopes of the device count only up to the positions it states. */
export const deviceRevokeSchema = z.strictObject({ ...linked, dev: deviceIdSchema, cut: hash32Schema });
export const minSuiteSchema = z.strictObject({ ...linked, suite: z.int().check(z.gte(1), z.lte(255)) });
/** The owner takes a server's new database as the continuation of the old one. */
export const epochAcceptSchema = z.strictObject({
  ...linked,
  origin: originSchema,
  serverEpoch: serverEpochSchema,
});

/** A stream a grant admits: whole (`kids` null), or only the days whose key ids are listed. */
export const grantedStreamSchema = z.strictObject({
  sid: streamIdSchema,
  kids: z.nullable(z.array(keyIdSchema).check(z.maxLength(4096))),
});
const streamsSchema = z.array(grantedStreamSchema).check(z.maxLength(5000));
export const grantSchema = z.strictObject({
  ...linked,
  grant: grantIdSchema,
  to: accountIdSchema,
  streams: streamsSchema,
  notBefore: timeSchema,
  expires: z.nullable(timeSchema),
  standing: z.boolean(),
  /** Name, categories, days, purpose, consent text hash: sealed to the grantee, and again to the owner. */
  sealedToGrantee: sealedSchema,
  sealedToOwner: sealedSchema,
});
export const extendSchema = z.strictObject({ ...linked, grant: grantIdSchema, streams: streamsSchema });
/** `epoch` is the account's previous epoch + 1: every envelope from then on is sealed under it. */
export const revokeSchema = z.strictObject({ ...linked, grant: grantIdSchema, epoch: u16Schema });

export type GrantedStream = z.infer<typeof grantedStreamSchema>;
export type Grant = z.infer<typeof grantSchema>;
export type Extend = z.infer<typeof extendSchema>;
export type Revoke = z.infer<typeof revokeSchema>;
export type Account = z.infer<typeof accountSchema>;

export type DeviceState = {
  readonly signPk: PublicKey;
  readonly addedAt: number;
  readonly sealedName: string;
  readonly revoked: { readonly time: number; readonly cut: Hash32 } | null;
};

export type DeviceLog = {
  readonly acct: AccountId;
  readonly signPk: PublicKey;
  readonly boxPk: PublicKey;
  /** Of the last object. */
  readonly seq: number;
  readonly hash: Hash32;
  readonly devices: ReadonlyMap<DeviceId, DeviceState>;
  readonly minSuite: number;
  readonly epochAccepts: readonly { readonly origin: string; readonly serverEpoch: ServerEpoch }[];
};

export type GrantState = {
  readonly grant: Grant;
  /** What is admitted by the Grant and its Extends; null means the whole stream. */
  readonly streams: ReadonlyMap<StreamId, ReadonlySet<KeyId> | null>;
  readonly revoked: { readonly time: number; readonly epoch: number } | null;
  /** Hash of the last object of this grant. */
  readonly hash: Hash32;
};

export type GrantLog = {
  readonly acct: AccountId;
  readonly signPk: PublicKey;
  /** −1 and zeros while the log is empty. */
  readonly seq: number;
  readonly hash: Hash32;
  /** The account's current epoch. */
  readonly epoch: number;
  readonly grants: ReadonlyMap<GrantId, GrantState>;
};

export type LogFault =
  | 'malformed'
  | 'newer-app-needed'
  | 'wrong-type'
  | 'wrong-account'
  | 'wrong-signer'
  | 'forged'
  | 'out-of-order'
  | 'weak-key'
  | 'unknown-device'
  | 'unknown-grant'
  | 'known-grant'
  | 'wrong-epoch';
export type Logged<Log> =
  | { readonly ok: true; readonly log: Log }
  | { readonly ok: false; readonly reason: LogFault };

/** Starts a device log from its Account object: the account id must be the hash of the keys it names. */
export async function startDeviceLog(bytes: Uint8Array): Promise<Logged<DeviceLog>> {
  const parsed = parseObject(bytes);
  if (!parsed.ok) return parsed;
  const claimed = parsePayload(parsed.object.payload, accountSchema);
  if (!claimed.ok) return claimed;
  const { signPk, boxPk } = claimed.value;
  const acct = accountIdOf(signPk, boxPk);
  const verified = await verifyObject(
    bytes,
    { type: 'account', acct, signer: 'identity', publicKey: signPk },
    accountSchema,
  );
  if (!verified.ok) return verified;
  // check: log: starts at nothing
  if (verified.payload.seq !== 0 || verified.payload.prev !== ZERO_HASH)
    return { ok: false, reason: 'out-of-order' };
  // check: log: an identity key without torsion
  if (!(await isPinnableKey(signPk))) return { ok: false, reason: 'weak-key' };
  return {
    ok: true,
    log: {
      acct,
      signPk,
      boxPk,
      seq: 0,
      hash: verified.hash,
      devices: new Map(),
      minSuite: 1,
      epochAccepts: [],
    },
  };
}

/** Verifies the next object of a device log and applies it. `out-of-order`: not the next one. */
export async function appendToDeviceLog(log: DeviceLog, bytes: Uint8Array): Promise<Logged<DeviceLog>> {
  const parsed = parseObject(bytes);
  if (!parsed.ok) return parsed;
  const { type } = parsed.object;
  const expected = { type, acct: log.acct, signer: 'identity', publicKey: log.signPk } as const;
  switch (type) {
    case 'device-cert': {
      const verified = await verifyObject(bytes, expected, deviceCertSchema);
      if (!verified.ok) return verified;
      const { payload } = verified;
      // check: log: a device follows the end
      if (!isNext(log, payload)) return { ok: false, reason: 'out-of-order' };
      // check: log: a device named by its key, once
      if (deviceIdOf(payload.signPk) !== payload.dev || log.devices.has(payload.dev))
        return { ok: false, reason: 'malformed' };
      // check: log: a device key without torsion
      if (!(await isPinnableKey(payload.signPk))) return { ok: false, reason: 'weak-key' };
      const { signPk, time, sealedName } = payload;
      const devices = new Map(log.devices).set(payload.dev, {
        signPk,
        addedAt: time,
        sealedName,
        revoked: null,
      });
      return { ok: true, log: { ...log, seq: payload.seq, hash: verified.hash, devices } };
    }
    case 'device-revoke': {
      const verified = await verifyObject(bytes, expected, deviceRevokeSchema);
      if (!verified.ok) return verified;
      const { payload } = verified;
      // check: log: a removal follows the end
      if (!isNext(log, payload)) return { ok: false, reason: 'out-of-order' };
      const device = log.devices.get(payload.dev);
      // check: log: a device that is there is removed, once
      if (device === undefined || device.revoked !== null) return { ok: false, reason: 'unknown-device' };
      const revoked = { time: payload.time, cut: payload.cut };
      const devices = new Map(log.devices).set(payload.dev, { ...device, revoked });
      return { ok: true, log: { ...log, seq: payload.seq, hash: verified.hash, devices } };
    }
    case 'min-suite': {
      const verified = await verifyObject(bytes, expected, minSuiteSchema);
      if (!verified.ok) return verified;
      // check: log: a least suite follows the end and does not fall
      if (!isNext(log, verified.payload) || verified.payload.suite < log.minSuite)
        return { ok: false, reason: 'out-of-order' };
      return {
        ok: true,
        log: { ...log, seq: verified.payload.seq, hash: verified.hash, minSuite: verified.payload.suite },
      };
    }
    case 'epoch-accept': {
      const verified = await verifyObject(bytes, expected, epochAcceptSchema);
      if (!verified.ok) return verified;
      const { payload } = verified;
      // check: log: an accepted epoch follows the end
      if (!isNext(log, payload)) return { ok: false, reason: 'out-of-order' };
      const epochAccepts = [
        ...log.epochAccepts,
        { origin: payload.origin, serverEpoch: payload.serverEpoch },
      ];
      return { ok: true, log: { ...log, seq: payload.seq, hash: verified.hash, epochAccepts } };
    }
    case 'rotate':
      return { ok: false, reason: 'newer-app-needed' };
    default:
      return { ok: false, reason: 'wrong-type' };
  }
}

/** Replays a whole device log from its Account object. */
export async function replayDeviceLog(objects: readonly Bytes[]): Promise<Logged<DeviceLog>> {
  const [first, ...rest] = objects;
  if (first === undefined) return { ok: false, reason: 'malformed' };
  let state = await startDeviceLog(first);
  for (const bytes of rest) {
    if (!state.ok) return state;
    state = await appendToDeviceLog(state.log, bytes);
  }
  return state;
}

export function emptyGrantLog(acct: AccountId, signPk: PublicKey): GrantLog {
  return { acct, signPk, seq: -1, hash: ZERO_HASH, epoch: 0, grants: new Map() };
}

/** Verifies the next object of a grant log and applies it. */
export async function appendToGrantLog(log: GrantLog, bytes: Uint8Array): Promise<Logged<GrantLog>> {
  const parsed = parseObject(bytes);
  if (!parsed.ok) return parsed;
  const { type } = parsed.object;
  const expected = { type, acct: log.acct, signer: 'identity', publicKey: log.signPk } as const;
  switch (type) {
    case 'grant': {
      const verified = await verifyObject(bytes, expected, grantSchema);
      if (!verified.ok) return verified;
      const { payload, hash } = verified;
      // check: log: a grant follows the end
      if (!isNext(log, payload)) return { ok: false, reason: 'out-of-order' };
      // check: log: a grant is made once
      if (log.grants.has(payload.grant)) return { ok: false, reason: 'known-grant' };
      const state = { grant: payload, streams: admit(new Map(), payload.streams), revoked: null, hash };
      return {
        ok: true,
        log: { ...log, seq: payload.seq, hash, grants: new Map(log.grants).set(payload.grant, state) },
      };
    }
    case 'extend': {
      const verified = await verifyObject(bytes, expected, extendSchema);
      if (!verified.ok) return verified;
      const { payload, hash } = verified;
      // check: log: an extension follows the end
      if (!isNext(log, payload)) return { ok: false, reason: 'out-of-order' };
      const known = log.grants.get(payload.grant);
      // check: log: what is extended is a grant in force
      if (known === undefined || known.revoked !== null) return { ok: false, reason: 'unknown-grant' };
      const state = { ...known, streams: admit(known.streams, payload.streams), hash };
      return {
        ok: true,
        log: { ...log, seq: payload.seq, hash, grants: new Map(log.grants).set(payload.grant, state) },
      };
    }
    case 'revoke': {
      const verified = await verifyObject(bytes, expected, revokeSchema);
      if (!verified.ok) return verified;
      const { payload, hash } = verified;
      // check: log: a revocation follows the end
      if (!isNext(log, payload)) return { ok: false, reason: 'out-of-order' };
      // check: log: the epoch rises by one
      if (payload.epoch !== log.epoch + 1) return { ok: false, reason: 'wrong-epoch' };
      const known = log.grants.get(payload.grant);
      // check: log: what is revoked is a grant in force
      if (known === undefined || known.revoked !== null) return { ok: false, reason: 'unknown-grant' };
      const state = { ...known, revoked: { time: payload.time, epoch: payload.epoch }, hash };
      const grants = new Map(log.grants).set(payload.grant, state);
      return { ok: true, log: { ...log, seq: payload.seq, hash, epoch: payload.epoch, grants } };
    }
    case 'drop':
      return { ok: false, reason: 'newer-app-needed' };
    default:
      return { ok: false, reason: 'wrong-type' };
  }
}

export async function replayGrantLog(
  acct: AccountId,
  signPk: PublicKey,
  objects: readonly Bytes[],
): Promise<Logged<GrantLog>> {
  let state: Logged<GrantLog> = { ok: true, log: emptyGrantLog(acct, signPk) };
  for (const bytes of objects) {
    state = await appendToGrantLog(state.log, bytes);
    if (!state.ok) return state;
  }
  return state;
}

/** Adds streams to what a grant admits: a whole stream stays whole, days are united. */
export function admit(
  known: ReadonlyMap<StreamId, ReadonlySet<KeyId> | null>,
  streams: readonly GrantedStream[],
): ReadonlyMap<StreamId, ReadonlySet<KeyId> | null> {
  const out = new Map(known);
  for (const { sid, kids } of streams) {
    const before = out.get(sid);
    if (kids === null || before === null) out.set(sid, null);
    else out.set(sid, new Set([...(before ?? []), ...kids]));
  }
  return out;
}

function isNext(
  log: { readonly seq: number; readonly hash: Hash32 },
  object: { readonly seq: number; readonly prev: Hash32 },
): boolean {
  return object.seq === log.seq + 1 && object.prev === log.hash;
}
