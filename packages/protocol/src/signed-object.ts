/**
 * Signed objects: everything that changes state (docs/protocol.md, "Signed objects").
 *
 * `0x01 ‖ type u8 ‖ acct 16 ‖ signer 16 ‖ len u32 ‖ payload ‖ sig 64`. The signer is a device id, or zeros
 * for the identity key of the account. The bytes are signed as sent and parsed only after the signature has
 * verified. The payload is JSON in its shortest form (what `JSON.stringify` writes), so that duplicate keys
 * and second spellings of one value are refused.
 */
import { type Bytes, concat, ownBytes, readUint, u32, u8, utf8, utf8ToText } from './bytes.ts';
import { sha256 } from './hash.ts';
import {
  type AccountId,
  type DeviceId,
  type Hash32,
  type PublicKey,
  bytesToAccountId,
  bytesToDeviceId,
  bytesToHash32,
  idToBytes,
} from './ids.ts';
import { verifySignature } from './verify.ts';
import { z } from './z.ts';

/** Type numbers, final. Those without a schema yet are reserved. */
export const OBJECT_TYPE = {
  account: 1,
  'device-cert': 2,
  'device-revoke': 3,
  'min-suite': 4,
  rotate: 5,
  'epoch-accept': 6,
  grant: 16,
  extend: 17,
  revoke: 18,
  drop: 19,
  head: 32,
  'grant-head': 33,
  'key-pack': 48,
  register: 64,
  receipt: 65,
  mailbox: 66,
  'ring-plan': 67,
  'server-receipt': 80,
  'clinician-card': 96,
  backup: 97,
} as const;
export type ObjectType = keyof typeof OBJECT_TYPE;

/** The signer of an object: the identity key, or one device. */
export type Signer = 'identity' | DeviceId;

export type SignedObject = {
  readonly type: ObjectType;
  readonly acct: AccountId;
  readonly signer: Signer;
  readonly payload: Bytes;
  readonly signature: Bytes;
  readonly bytes: Bytes;
};

export type ParsedObject =
  | { readonly ok: true; readonly object: SignedObject }
  | { readonly ok: false; readonly reason: 'malformed' | 'newer-app-needed' };

export type VerifiedObject<Payload> =
  | { readonly ok: true; readonly payload: Payload; readonly object: SignedObject; readonly hash: Hash32 }
  | {
      readonly ok: false;
      readonly reason:
        | 'malformed'
        | 'newer-app-needed'
        | 'wrong-type'
        | 'wrong-account'
        | 'wrong-signer'
        | 'forged';
    };

const FORMAT = 1;
const PREFIX_BYTES = 38;
const SIGNATURE_BYTES = 64;
const MOST_PAYLOAD_BYTES = 1_048_576;
const ZERO_SIGNER = new Uint8Array(16);
const TYPE_BY_NUMBER = new Map<number, ObjectType>([
  [1, 'account'],
  [2, 'device-cert'],
  [3, 'device-revoke'],
  [4, 'min-suite'],
  [5, 'rotate'],
  [6, 'epoch-accept'],
  [16, 'grant'],
  [17, 'extend'],
  [18, 'revoke'],
  [19, 'drop'],
  [32, 'head'],
  [33, 'grant-head'],
  [48, 'key-pack'],
  [64, 'register'],
  [65, 'receipt'],
  [66, 'mailbox'],
  [67, 'ring-plan'],
  [80, 'server-receipt'],
  [96, 'clinician-card'],
  [97, 'backup'],
]);

/** Cuts an object into its fields. Nothing of it is to be believed before `verifyObject`. */
export function parseObject(bytes: Uint8Array): ParsedObject {
  if (bytes.length < PREFIX_BYTES + SIGNATURE_BYTES) return { ok: false, reason: 'malformed' };
  if (readUint(bytes, 0, 1) > FORMAT) return { ok: false, reason: 'newer-app-needed' };
  if (readUint(bytes, 0, 1) !== FORMAT) return { ok: false, reason: 'malformed' };
  const type = TYPE_BY_NUMBER.get(readUint(bytes, 1, 1));
  if (type === undefined) return { ok: false, reason: 'newer-app-needed' };
  const length = readUint(bytes, 34, 4);
  // check: object: as long as it says
  if (length > MOST_PAYLOAD_BYTES || bytes.length !== PREFIX_BYTES + length + SIGNATURE_BYTES) {
    return { ok: false, reason: 'malformed' };
  }
  const own = ownBytes(bytes);
  const signer = own.subarray(18, 34);
  return {
    ok: true,
    object: {
      type,
      acct: bytesToAccountId(own.subarray(2, 18)),
      signer: signer.every((byte) => byte === 0) ? 'identity' : bytesToDeviceId(signer),
      payload: own.subarray(PREFIX_BYTES, PREFIX_BYTES + length),
      signature: own.subarray(PREFIX_BYTES + length),
      bytes: own,
    },
  };
}

/** All bytes before the signature. The vault signs `objectSignedBytes` of them and appends the result. */
export function encodeUnsignedObject(
  type: ObjectType,
  acct: AccountId,
  signer: Signer,
  payload: unknown,
): Bytes {
  const json = utf8(JSON.stringify(payload));
  const signerBytes = signer === 'identity' ? ZERO_SIGNER : idToBytes(signer);
  return concat(u8(FORMAT), u8(OBJECT_TYPE[type]), idToBytes(acct), signerBytes, u32(json.length), json);
}

/** What is signed: `"ek1/obj/" ‖ typeName ‖ 0x00 ‖ all bytes before the signature`. */
export function objectSignedBytes(type: ObjectType, beforeSignature: Uint8Array): Bytes {
  return concat(utf8(`ek1/obj/${type}`), u8(0), beforeSignature);
}

export function objectHash(bytes: Uint8Array): Hash32 {
  return bytesToHash32(sha256(bytes));
}

/**
 * Verifies the signature of `bytes` under `publicKey`, then parses the payload with `schema`. Type, account
 * and signer must be the expected ones: an object of one kind or account never stands for another.
 */
export async function verifyObject<Schema extends z.core.$ZodType>(
  bytes: Uint8Array,
  expected: {
    readonly type: ObjectType;
    readonly acct: AccountId;
    readonly signer: Signer;
    readonly publicKey: PublicKey;
  },
  schema: Schema,
): Promise<VerifiedObject<z.core.output<Schema>>> {
  const parsed = parseObject(bytes);
  if (!parsed.ok) return parsed;
  const { object } = parsed;
  // check: object: of the type asked for
  if (object.type !== expected.type) return { ok: false, reason: 'wrong-type' };
  // check: object: of the account asked for
  if (object.acct !== expected.acct) return { ok: false, reason: 'wrong-account' };
  // check: object: by the signer asked for
  if (object.signer !== expected.signer) return { ok: false, reason: 'wrong-signer' };
  const signed = objectSignedBytes(
    object.type,
    object.bytes.subarray(0, object.bytes.length - SIGNATURE_BYTES),
  );
  // check: object: signed
  if (!(await verifySignature(expected.publicKey, signed, object.signature)))
    return { ok: false, reason: 'forged' };
  const payload = parsePayload(object.payload, schema);
  if (!payload.ok) return payload;
  return { ok: true, payload: payload.value, object, hash: objectHash(object.bytes) };
}

/**
 * Parses a payload whose signature is verified elsewhere or cannot be yet: an Account names its own key, so
 * its payload must be read to learn which key to verify with. Everybody else calls `verifyObject`.
 */
export function parsePayload<Schema extends z.core.$ZodType>(
  payload: Uint8Array,
  schema: Schema,
):
  | { readonly ok: true; readonly value: z.core.output<Schema> }
  | { readonly ok: false; readonly reason: 'malformed' } {
  const text = utf8ToText(payload);
  if (text === null) return { ok: false, reason: 'malformed' };
  let value: unknown;
  let shortest: string;
  try {
    value = JSON.parse(text);
    // Throws where the brackets are nested too deep for the stack.
    shortest = JSON.stringify(value);
  } catch {
    return { ok: false, reason: 'malformed' };
  }
  // check: object: one spelling, so no key twice
  if (shortest !== text) return { ok: false, reason: 'malformed' };
  const checked = z.core.safeParse(schema, value);
  return checked.success ? { ok: true, value: checked.data } : { ok: false, reason: 'malformed' };
}
