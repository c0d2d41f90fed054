/**
 * Strict Ed25519 verification (docs/protocol.md, "Signatures"): WebCrypto first, noble where it is missing.
 *
 * Before either is asked, keys that would make authorship meaningless are refused: non-canonical encodings,
 * points of small order (with which one constant signature fits every message), and S not below the group
 * order. Bare tweetnacl accepts all three, so it is never asked.
 */
import { type Bytes, ownBytes, toHex } from './bytes.ts';
import { type PublicKey, idToBytes } from './ids.ts';

/** 2^255 − 19, little-endian. */
const FIELD_PRIME = littleEndian('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed');
/** The order of the base point, little-endian. */
const GROUP_ORDER = littleEndian('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed');
/** y coordinates, sign bit cleared, of the eight points whose order divides 8, little-endian hex. */
const SMALL_ORDER_Y = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

const importedKeys = new Map<PublicKey, Promise<CryptoKey>>();
const MOST_IMPORTED_KEYS = 256;
let webCryptoWorks: Promise<boolean> | null = null;

/** Whether `signature` (64 bytes) over `message` was made by the holder of `publicKey`. Never throws. */
export async function verifySignature(
  publicKey: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const keyBytes = idToBytes(publicKey);
  // check: signature: strict before WebCrypto is asked
  if (!isPlainPublicKey(keyBytes) || !isPlainSignature(signature)) return false;
  webCryptoWorks ??= probeWebCrypto();
  if (await webCryptoWorks) {
    try {
      const key = await importedKey(publicKey, keyBytes);
      return await crypto.subtle.verify('Ed25519', key, ownBytes(signature), ownBytes(message));
    } catch {
      return false;
    }
  }
  return verifyWithNoble(keyBytes, message, signature);
}

/** The second verifier, in JavaScript, exported so that tests can hold it against the first. */
export async function verifyWithNoble(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (!isPlainPublicKey(publicKey) || !isPlainSignature(signature)) return false;
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/**
 * Whether a key may be accepted as somebody's for the first time: canonical, not of small order, and free of
 * torsion. The last check costs about a millisecond and is made once, at registration and at pinning.
 */
export async function isPinnableKey(publicKey: PublicKey): Promise<boolean> {
  const bytes = idToBytes(publicKey);
  // check: signature: a pinned key is canonical and not of small order
  if (!isPlainPublicKey(bytes)) return false;
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  try {
    return ed25519.Point.fromBytes(bytes).isTorsionFree();
  } catch {
    return false;
  }
}

/** Canonical encoding, and not of small order. */
export function isPlainPublicKey(bytes: Uint8Array): boolean {
  // check: signature: a key of 32 bytes
  if (bytes.length !== 32) return false;
  const y = ownBytes(bytes);
  y[31] = (y[31] ?? 0) & 0x7f;
  // check: signature: a key written in its one way
  if (!isBelow(y, FIELD_PRIME)) return false;
  // check: signature: no key of small order
  if (SMALL_ORDER_Y.has(toHex(y))) return false;
  return true;
}

/** S below the group order; R canonical. */
export function isPlainSignature(signature: Uint8Array): boolean {
  // check: signature: 64 bytes
  if (signature.length !== 64) return false;
  const r = ownBytes(signature.subarray(0, 32));
  r[31] = (r[31] ?? 0) & 0x7f;
  // check: signature: R written in its one way
  if (!isBelow(r, FIELD_PRIME)) return false;
  // check: signature: S below the group order
  if (!isBelow(signature.subarray(32), GROUP_ORDER)) return false;
  return true;
}

function importedKey(publicKey: PublicKey, bytes: Bytes): Promise<CryptoKey> {
  const known = importedKeys.get(publicKey);
  if (known !== undefined) return known;
  if (importedKeys.size >= MOST_IMPORTED_KEYS) importedKeys.clear();
  const key = crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']);
  importedKeys.set(publicKey, key);
  return key;
}

async function probeWebCrypto(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

function isBelow(a: Uint8Array, bound: Uint8Array): boolean {
  for (let i = 31; i >= 0; i -= 1) {
    const left = a[i] ?? 0;
    const right = bound[i] ?? 0;
    if (left !== right) return left < right;
  }
  return false;
}

function littleEndian(hexBigEndian: string): Bytes {
  const out = new Uint8Array(32);
  for (let i = 0; i < 32; i += 1) out[31 - i] = Number.parseInt(hexBigEndian.slice(2 * i, 2 * i + 2), 16);
  return out;
}
