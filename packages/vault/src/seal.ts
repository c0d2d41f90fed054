/**
 * The door to tweetnacl: XSalsa20-Poly1305 (NaCl secretbox) and X25519. Nothing else calls it for these, so
 * that its two traps are handled once: secretbox has no associated data (whoever needs some derives the key
 * from it), and X25519 returns zeros for a key of small order, which is refused here.
 */
import {
  type Bytes,
  type PublicKey,
  bytesToPublicKey,
  idToBytes,
  ownBytes,
  randomBytes,
} from '@evenkeel/protocol';
import nacl from 'tweetnacl';
import { Secret } from './secret.ts';

export const NONCE_BYTES = 24;
export const TAG_BYTES = 16;
/** For a key that seals one message in its life: nothing is left to vary. */
export const SINGLE_USE_NONCE: Uint8Array = new Uint8Array(NONCE_BYTES);

/** 24 random bytes: with 192 bits, a random nonce never repeats under one key. */
export function randomNonce(): Bytes {
  return randomBytes(NONCE_BYTES);
}

/** 16 bytes longer than the plaintext. `key` 32 bytes, `nonce` 24, never used twice with one key. */
export function secretboxSeal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Bytes {
  return ownBytes(nacl.secretbox(plaintext, nonce, key));
}

/** The plaintext, or null when the box was not made with this key and nonce, or has changed. */
export function secretboxOpen(key: Uint8Array, nonce: Uint8Array, box: Uint8Array): Bytes | null {
  if (box.length < TAG_BYTES) return null;
  const opened = nacl.secretbox.open(box, nonce, key);
  return opened === null ? null : ownBytes(opened);
}

/** Public half of an X25519 secret (32 bytes). RFC 7748. */
export function boxPublicKey(secret: Secret): PublicKey {
  return bytesToPublicKey(nacl.scalarMult.base(secret.reveal()));
}

/** What both ends of an X25519 exchange compute, or null for a key of small order (all zeros, RFC 7748 §6.1). */
export function sharedSecret(ours: Secret, theirs: PublicKey): Secret | null {
  const shared = nacl.scalarMult(ours.reveal(), idToBytes(theirs));
  let union = 0;
  for (const byte of shared) union |= byte;
  // check: x25519: no shared secret of zeros
  if (union === 0) return null;
  const secret = new Secret(shared);
  shared.fill(0);
  return secret;
}

/** A key pair for one message, or null when the other side's key is of small order. */
export function ephemeralExchange(
  theirs: PublicKey,
): { readonly publicKey: PublicKey; readonly shared: Secret } | null {
  using ephemeral = Secret.random(32);
  const shared = sharedSecret(ephemeral, theirs);
  return shared === null ? null : { publicKey: boxPublicKey(ephemeral), shared };
}
