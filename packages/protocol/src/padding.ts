/**
 * Padding of a plaintext before it is sealed, so that its size says little: 256, 512, 1024, 2048, 4096 bytes,
 * then Padmé (at most 12 % more; Nikitin et al., PURBs, 2019). The first four bytes are the true length as
 * u32, the rest is zero and checked.
 */
import { type Bytes, readUint, u32 } from './bytes.ts';

const BUCKETS = [256, 512, 1024, 2048, 4096] as const;
const LENGTH_BYTES = 4;

/** Size after padding for `length` bytes of plaintext. */
export function paddedSize(length: number): number {
  const needed = length + LENGTH_BYTES;
  return BUCKETS.find((size) => size >= needed) ?? padme(needed);
}

export function pad(plaintext: Uint8Array): Bytes {
  const out = new Uint8Array(paddedSize(plaintext.length));
  out.set(u32(plaintext.length));
  out.set(plaintext, LENGTH_BYTES);
  return out;
}

/** The plaintext, or null when the size is not one of ours, the length lies, or the padding is not zero. */
export function unpad(padded: Uint8Array): Bytes | null {
  const length = readUint(padded, 0, LENGTH_BYTES);
  const end = LENGTH_BYTES + length;
  // check: padding: the size that belongs to its length
  if (paddedSize(length) !== padded.length) return null;
  // check: padding: zero to its end
  for (let i = end; i < padded.length; i += 1) if (padded[i] !== 0) return null;
  return new Uint8Array(padded.subarray(LENGTH_BYTES, end));
}

function padme(length: number): number {
  const exponent = Math.floor(Math.log2(length));
  const significant = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - significant);
  return Math.ceil(length / step) * step;
}
