/** Every key comes from another key through one function, with a label that names what it is for. */
import { type Bytes, concat, ownBytes, utf8 } from '@evenkeel/protocol';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Secret } from './secret.ts';

const NOTHING = new Uint8Array(0);
const prefixByLabel = new Map<string, Bytes>();

/**
 * `K(ikm, label, ctx, L, salt) = HKDF-SHA-256(ikm, salt, info = "ek1/" ‖ label ‖ 0x00 ‖ ctx, L)`.
 * `length` in bytes, at most 8160. RFC 5869; docs/protocol.md, "Primitives".
 */
export function deriveKey(
  ikm: Uint8Array,
  label: string,
  ctx: Uint8Array = NOTHING,
  length = 32,
  salt: Uint8Array = NOTHING,
): Bytes {
  return ownBytes(hkdf(sha256, ikm, salt, concat(prefixOf(label), ctx), length));
}

/** The same, from a secret to a secret. */
export function deriveSecret(from: Secret, label: string, ctx: Uint8Array = NOTHING): Secret {
  const bytes = deriveKey(from.reveal(), label, ctx);
  const secret = new Secret(bytes);
  bytes.fill(0);
  return secret;
}

function prefixOf(label: string): Bytes {
  const known = prefixByLabel.get(label);
  if (known !== undefined) return known;
  const prefix = utf8(`ek1/${label}\0`);
  prefixByLabel.set(label, prefix);
  return prefix;
}
