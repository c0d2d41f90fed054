/** SHA-256 with a label, so that a hash made for one purpose never stands for another. */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { type Bytes, concat, ownBytes, u8, utf8 } from './bytes.ts';

export function sha256(bytes: Uint8Array): Bytes {
  return ownBytes(nobleSha256(bytes));
}

/**
 * `H(label, x) = SHA-256(label ‖ 0x00 ‖ x)`, 32 bytes. A field of variable length inside x must be preceded
 * by its length as u32. docs/protocol.md, "Primitives".
 */
export function labelledHash(label: string, x: Uint8Array): Bytes {
  return sha256(concat(prefixOf(label), x));
}

/** There are a few labels and a hash for every entry: their bytes are made once. */
const prefixByLabel = new Map<string, Bytes>();

function prefixOf(label: string): Bytes {
  const known = prefixByLabel.get(label);
  if (known !== undefined) return known;
  const prefix = concat(utf8(label), u8(0));
  prefixByLabel.set(label, prefix);
  return prefix;
}
