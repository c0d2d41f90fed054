/**
 * Sealed so that only one person can open it: an ephemeral X25519 key, an HKDF of what both ends then share,
 * a box under a key used once. Anybody can seal to anybody: who sealed is said by a signature, elsewhere.
 */
import {
  type Bytes,
  type PublicKey,
  bytesToPublicKey,
  concat,
  idToBytes,
  pad,
  readUint,
  u8,
  unpad,
} from '@evenkeel/protocol';
import { deriveKey } from './derive.ts';
import { VaultFault } from './fault.ts';
import {
  SINGLE_USE_NONCE,
  TAG_BYTES,
  ephemeralExchange,
  secretboxOpen,
  secretboxSeal,
  sharedSecret,
} from './seal.ts';
import type { Secret } from './secret.ts';

const FORMAT = 1;
const HEAD_BYTES = 33;
/** Apart from a key pack's "seal", so that neither ever opens as the other. */
const LABEL = 'seal/letter';

export type Sealed = { readonly ephPk: PublicKey; readonly box: Uint8Array };

/** `1 ‖ ephPk 32 ‖ secretbox(padded)`. `context` must be given again to open. */
export function sealTo(toBoxPk: PublicKey, context: Uint8Array, plaintext: Uint8Array): Bytes {
  return sealPadded(LABEL, toBoxPk, context, plaintext);
}

/** The plaintext, or null: sealed to somebody else, for another purpose, or changed. */
export function openSealed(
  boxSecret: Secret,
  boxPk: PublicKey,
  context: Uint8Array,
  sealed: Uint8Array,
): Bytes | null {
  return openPadded(LABEL, boxSecret, boxPk, context, sealed);
}

/** The layout of a letter under another label: what one label sealed, another does not open. */
export function sealPadded(
  label: string,
  toBoxPk: PublicKey,
  context: Uint8Array,
  plaintext: Uint8Array,
): Bytes {
  const { ephPk, box } = sealUnder(label, toBoxPk, context, pad(plaintext));
  return concat(u8(FORMAT), idToBytes(ephPk), box);
}

export function openPadded(
  label: string,
  boxSecret: Secret,
  boxPk: PublicKey,
  context: Uint8Array,
  bytes: Uint8Array,
): Bytes | null {
  const sealed = parseSealed(bytes);
  const padded = sealed === null ? null : openUnder(label, boxSecret, boxPk, context, sealed);
  return padded === null ? null : unpad(padded);
}

/** Cuts a letter into its fields, or null. Says nothing yet about whom it is for. */
export function parseSealed(bytes: Uint8Array): Sealed | null {
  // check: letter: of this format
  if (bytes.length < HEAD_BYTES + TAG_BYTES || readUint(bytes, 0, 1) !== FORMAT) return null;
  return { ephPk: bytesToPublicKey(bytes.subarray(1, HEAD_BYTES)), box: bytes.subarray(HEAD_BYTES) };
}

/** `K(shared, label, context, 32, salt = ephPk ‖ pk)`, zero nonce: the key is used once. Throws `weak-key`. */
export function sealUnder(
  label: string,
  toBoxPk: PublicKey,
  context: Uint8Array,
  plaintext: Uint8Array,
): Sealed {
  const exchange = ephemeralExchange(toBoxPk);
  if (exchange === null) throw new VaultFault('weak-key');
  const { publicKey } = exchange;
  using shared = exchange.shared;
  const key = boxKey(label, shared, publicKey, toBoxPk, context);
  const box = secretboxSeal(key, SINGLE_USE_NONCE, plaintext);
  key.fill(0);
  return { ephPk: publicKey, box };
}

export function openUnder(
  label: string,
  boxSecret: Secret,
  boxPk: PublicKey,
  context: Uint8Array,
  sealed: Sealed,
): Bytes | null {
  using shared = sharedSecret(boxSecret, sealed.ephPk);
  if (shared === null) return null;
  const key = boxKey(label, shared, sealed.ephPk, boxPk, context);
  const opened = secretboxOpen(key, SINGLE_USE_NONCE, sealed.box);
  key.fill(0);
  return opened;
}

function boxKey(
  label: string,
  shared: Secret,
  ephPk: PublicKey,
  boxPk: PublicKey,
  context: Uint8Array,
): Bytes {
  return deriveKey(shared.reveal(), label, context, 32, concat(idToBytes(ephPk), idToBytes(boxPk)));
}
