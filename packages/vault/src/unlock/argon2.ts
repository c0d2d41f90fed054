/** Argon2id v1.3 (RFC 9106) by hash-wasm. Apart, so that the WebAssembly is no part of the first bundle. */
import { argon2id } from 'hash-wasm';
import type { KdfProfile } from './kdf.ts';

export function argon2(
  password: Uint8Array,
  salt: Uint8Array,
  { memoryKiB, passes, lanes }: KdfProfile,
  length: number,
): Promise<Uint8Array> {
  return argon2id({
    password,
    salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: lanes,
    hashLength: length,
    outputType: 'binary',
  });
}
