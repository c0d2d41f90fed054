/**
 * Ed25519 in this very thread, as strict as `verifySignature`. WebCrypto hands each signature to another thread, which
 * is right for hundreds; for one, the handing over takes longer than the work.
 */
import { type KeyObject, createPublicKey, verify } from 'node:crypto';
import {
  type PublicKey,
  idToBytes,
  isPlainPublicKey,
  isPlainSignature,
  toBase64url,
} from '@evenkeel/protocol';

const keys = new Map<PublicKey, KeyObject>();
const MOST_KEYS = 1000;

export function verifyInThread(publicKey: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const bytes = idToBytes(publicKey);
  // OpenSSL refuses such keys and signatures as well, today.
  if (!isPlainPublicKey(bytes) || !isPlainSignature(signature)) return false;
  try {
    return verify(null, message, keyOf(publicKey, bytes), signature);
  } catch {
    return false;
  }
}

function keyOf(publicKey: PublicKey, bytes: Uint8Array): KeyObject {
  const known = keys.get(publicKey);
  if (known !== undefined) return known;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(bytes) },
    format: 'jwk',
  });
  keys.set(publicKey, key);
  return key;
}
