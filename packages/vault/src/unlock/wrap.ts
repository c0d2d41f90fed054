/**
 * A wrap: the root, sealed under what unlocks it (docs/protocol.md, "Unlock").
 *
 * `1 ‖ type u8 ‖ profile u8 ‖ paramsLen u16 ‖ params ‖ nonce 24 ‖ check 16 ‖ secretbox(root)`, with
 * `key = K(secret, "wrap/" ‖ type, acct ‖ all bytes before nonce)` and `check = K(key, "check", "", 16)`.
 * The check commits to the key; a changed parameter is a changed key.
 */
import {
  type AccountId,
  type Bytes,
  concat,
  idToBytes,
  ownBytes,
  readUint,
  u16,
  u8,
} from '@evenkeel/protocol';
import { deriveKey } from '../derive.ts';
import { NONCE_BYTES, TAG_BYTES, randomNonce, secretboxOpen, secretboxSeal } from '../seal.ts';
import { Secret } from '../secret.ts';
import type { WrapType } from '../vault.ts';

/** Final numbers. 6 is reserved for a password sign-in. */
const WRAP_TYPE = { passphrase: 1, passkey: 2, pin: 3, recovery: 4, none: 5 } as const satisfies Record<
  WrapType,
  number
>;
const WRAP_TYPES = [
  'passphrase',
  'passkey',
  'pin',
  'recovery',
  'none',
] as const satisfies readonly WrapType[];

const FORMAT = 1;
const PREFIX_BYTES = 5;
const CHECK_BYTES = 16;
const ROOT_BYTES = 32;
const BOX_BYTES = ROOT_BYTES + TAG_BYTES;
const REST_BYTES = NONCE_BYTES + CHECK_BYTES + BOX_BYTES;

/** `profile`: number of the KDF profile, 0 where the secret is a key already. `params`: the salt, or nothing. */
export type WrapHead = { readonly type: WrapType; readonly profile: number; readonly params: Uint8Array };

export type Wrap = {
  readonly head: WrapHead;
  readonly headBytes: Bytes;
  readonly nonce: Bytes;
  readonly check: Bytes;
  readonly box: Bytes;
};

export type ParsedWrap =
  | { readonly ok: true; readonly wrap: Wrap }
  | { readonly ok: false; readonly reason: 'tampered' | 'newer-app-needed' };

export type OpenedWrap =
  | { readonly ok: true; readonly root: Secret }
  /** A changed head gives another key, so it reads as a wrong secret too. */
  | { readonly ok: false; readonly reason: 'wrong-secret' | 'tampered' };

export function sealWrap(root: Secret, acct: AccountId, head: WrapHead, secret: Secret): Bytes {
  const { type, profile, params } = head;
  const headBytes = concat(u8(FORMAT), u8(WRAP_TYPE[type]), u8(profile), u16(params.length), params);
  using key = wrapKey(secret, acct, type, headBytes);
  const nonce = randomNonce();
  return concat(headBytes, nonce, checkOf(key), secretboxSeal(key.reveal(), nonce, root.reveal()));
}

export function parseWrap(bytes: Uint8Array): ParsedWrap {
  if (bytes.length < PREFIX_BYTES) return { ok: false, reason: 'tampered' };
  // check: wrap: no later format
  if (readUint(bytes, 0, 1) > FORMAT) return { ok: false, reason: 'newer-app-needed' };
  const number = readUint(bytes, 1, 1);
  const type = WRAP_TYPES.find((known) => WRAP_TYPE[known] === number);
  if (type === undefined) return { ok: false, reason: 'newer-app-needed' };
  const end = PREFIX_BYTES + readUint(bytes, 3, 2);
  // check: wrap: its format, in whole
  if (readUint(bytes, 0, 1) !== FORMAT || bytes.length !== end + REST_BYTES)
    return { ok: false, reason: 'tampered' };
  const own = ownBytes(bytes);
  return {
    ok: true,
    wrap: {
      head: { type, profile: readUint(own, 2, 1), params: own.subarray(PREFIX_BYTES, end) },
      headBytes: own.subarray(0, end),
      nonce: own.subarray(end, end + NONCE_BYTES),
      check: own.subarray(end + NONCE_BYTES, end + NONCE_BYTES + CHECK_BYTES),
      box: own.subarray(end + NONCE_BYTES + CHECK_BYTES),
    },
  };
}

/** What unlocks a wrap that lies in a file; null when it is no wrap this app knows. */
export function wrapTypeOf(bytes: Uint8Array): WrapType | null {
  const parsed = parseWrap(bytes);
  return parsed.ok ? parsed.wrap.head.type : null;
}

export function openWrap(wrap: Wrap, acct: AccountId, secret: Secret): OpenedWrap {
  using key = wrapKey(secret, acct, wrap.head.type, wrap.headBytes);
  // check: wrap: the check commits to the key
  if (!isSame(checkOf(key), wrap.check)) return { ok: false, reason: 'wrong-secret' };
  const root = secretboxOpen(key.reveal(), wrap.nonce, wrap.box);
  if (root === null) return { ok: false, reason: 'tampered' };
  const opened = new Secret(root);
  root.fill(0);
  return { ok: true, root: opened };
}

function wrapKey(secret: Secret, acct: AccountId, type: WrapType, headBytes: Uint8Array): Secret {
  const bytes = deriveKey(secret.reveal(), `wrap/${type}`, concat(idToBytes(acct), headBytes));
  const key = new Secret(bytes);
  bytes.fill(0);
  return key;
}

function checkOf(key: Secret): Bytes {
  return deriveKey(key.reveal(), 'check', new Uint8Array(0), CHECK_BYTES);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
