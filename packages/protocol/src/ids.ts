/**
 * Identifiers. In memory and in JSON they are canonical base64url strings with a brand; in binary layouts
 * they are the bytes themselves (16, or 32 for hashes).
 */
import { type Bytes, concat, fromBase64url, toBase64url } from './bytes.ts';
import { labelledHash } from './hash.ts';
import { z } from './z.ts';

/** 16 bytes: 22 characters, the last one with four zero bits. */
const ID = /^[A-Za-z0-9_-]{21}[AQgw]$/;
/** 32 bytes: 43 characters, the last one with two zero bits. */
const HASH = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

export const accountIdSchema = z.string().check(z.regex(ID)).brand<'AccountId'>();
export const deviceIdSchema = z.string().check(z.regex(ID)).brand<'DeviceId'>();
export const recordIdSchema = z.string().check(z.regex(ID)).brand<'RecordId'>();
export const momentIdSchema = z.string().check(z.regex(ID)).brand<'MomentId'>();
export const streamIdSchema = z.string().check(z.regex(ID)).brand<'StreamId'>();
export const keyIdSchema = z.string().check(z.regex(ID)).brand<'KeyId'>();
export const grantIdSchema = z.string().check(z.regex(ID)).brand<'GrantId'>();
export const mailboxIdSchema = z.string().check(z.regex(ID)).brand<'MailboxId'>();
export const serverEpochSchema = z.string().check(z.regex(ID)).brand<'ServerEpoch'>();
export const hash32Schema = z.string().check(z.regex(HASH)).brand<'Hash32'>();
export const publicKeySchema = z.string().check(z.regex(HASH)).brand<'PublicKey'>();

/** Who: the hash of both identity keys of an account. */
export type AccountId = z.infer<typeof accountIdSchema>;
/** Which device of an account: the hash of its signing key. */
export type DeviceId = z.infer<typeof deviceIdSchema>;
/** One record of the diary, random. */
export type RecordId = z.infer<typeof recordIdSchema>;
/** One moment: the records that were written together. Only ever inside ciphertext. */
export type MomentId = z.infer<typeof momentIdSchema>;
/** One stream: a category in a month, opaque to the server. */
export type StreamId = z.infer<typeof streamIdSchema>;
/** Names and commits to one day key. */
export type KeyId = z.infer<typeof keyIdSchema>;
export type GrantId = z.infer<typeof grantIdSchema>;
/** A letter box on the server: linking a device, or an invitation. */
export type MailboxId = z.infer<typeof mailboxIdSchema>;
/** 16 random bytes made with a server's database. */
export type ServerEpoch = z.infer<typeof serverEpochSchema>;
/** 32 bytes: a leaf, a chain value, the hash of a signed object. */
export type Hash32 = z.infer<typeof hash32Schema>;
/** 32 bytes: an Ed25519 or X25519 public key. */
export type PublicKey = z.infer<typeof publicKeySchema>;

const ID_BYTES = 16;
const HASH_BYTES = 32;

/** Bytes of an id or hash. It was checked where it was made, so this throws only on a defect. */
export function idToBytes(id: string): Bytes {
  const bytes = fromBase64url(id);
  if (bytes === null) throw new TypeError('an identifier is not canonical base64url');
  return bytes;
}

export const bytesToAccountId = (bytes: Uint8Array): AccountId => accountIdSchema.parse(toBase64url(bytes));
export const bytesToDeviceId = (bytes: Uint8Array): DeviceId => deviceIdSchema.parse(toBase64url(bytes));
export const bytesToRecordId = (bytes: Uint8Array): RecordId => recordIdSchema.parse(toBase64url(bytes));
export const bytesToMomentId = (bytes: Uint8Array): MomentId => momentIdSchema.parse(toBase64url(bytes));
export const bytesToStreamId = (bytes: Uint8Array): StreamId => streamIdSchema.parse(toBase64url(bytes));
export const bytesToKeyId = (bytes: Uint8Array): KeyId => keyIdSchema.parse(toBase64url(bytes));
export const bytesToGrantId = (bytes: Uint8Array): GrantId => grantIdSchema.parse(toBase64url(bytes));
export const bytesToMailboxId = (bytes: Uint8Array): MailboxId => mailboxIdSchema.parse(toBase64url(bytes));
export const bytesToServerEpoch = (bytes: Uint8Array): ServerEpoch =>
  serverEpochSchema.parse(toBase64url(bytes));
export const bytesToHash32 = (bytes: Uint8Array): Hash32 => hash32Schema.parse(toBase64url(bytes));
export const bytesToPublicKey = (bytes: Uint8Array): PublicKey => publicKeySchema.parse(toBase64url(bytes));

export const randomRecordId = (): RecordId => bytesToRecordId(randomBytes(ID_BYTES));
export const randomMomentId = (): MomentId => bytesToMomentId(randomBytes(ID_BYTES));
export const randomGrantId = (): GrantId => bytesToGrantId(randomBytes(ID_BYTES));
export const randomServerEpoch = (): ServerEpoch => bytesToServerEpoch(randomBytes(ID_BYTES));

export const ZERO_HASH: Hash32 = bytesToHash32(new Uint8Array(HASH_BYTES));

/** `H("ek1/acct", signPk ‖ boxPk)[0..16]`: recomputed wherever a person's keys are first accepted. */
export function accountIdOf(signPk: PublicKey, boxPk: PublicKey): AccountId {
  const hash = labelledHash('ek1/acct', concat(idToBytes(signPk), idToBytes(boxPk)));
  return bytesToAccountId(hash.subarray(0, ID_BYTES));
}

/** `H("ek1/dev", deviceSignPk)[0..16]`. */
export function deviceIdOf(deviceSignPk: PublicKey): DeviceId {
  return bytesToDeviceId(labelledHash('ek1/dev', idToBytes(deviceSignPk)).subarray(0, ID_BYTES));
}

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
