/** SHA-256, HKDF, Ed25519, X25519 and Argon2id of Node's `crypto` (OpenSSL). */
import {
  argon2Sync,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  sign,
} from 'node:crypto';
import { Buffer } from 'node:buffer';

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const X25519_PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const X25519_SPKI = Buffer.from('302a300506032b656e032100', 'hex');

export function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

export function hkdf(ikm: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', ikm, salt, info, length));
}

export function ed25519Public(seed: Buffer): Buffer {
  return lastBytes(createPublicKey(edKey(seed)).export({ format: 'der', type: 'spki' }), 32);
}

export function ed25519Sign(seed: Buffer, message: Buffer): Buffer {
  return sign(null, message, edKey(seed));
}

export function x25519Public(secret: Buffer): Buffer {
  return lastBytes(createPublicKey(xKey(secret)).export({ format: 'der', type: 'spki' }), 32);
}

export function x25519(secret: Buffer, publicKey: Buffer): Buffer {
  const theirs = createPublicKey({
    key: Buffer.concat([X25519_SPKI, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return diffieHellman({ privateKey: xKey(secret), publicKey: theirs });
}

/** Profile 1: 64 MiB, three passes, one lane, 32 bytes. */
export function argon2idProfile1(password: string, salt: Buffer): Buffer {
  return argon2Sync('argon2id', {
    message: Buffer.from(password, 'utf8'),
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: 65_536,
    passes: 3,
  });
}

function edKey(seed: Buffer) {
  return createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

function xKey(secret: Buffer) {
  return createPrivateKey({ key: Buffer.concat([X25519_PKCS8, secret]), format: 'der', type: 'pkcs8' });
}

function lastBytes(bytes: Buffer, length: number): Buffer {
  return bytes.subarray(bytes.length - length);
}
