/**
 * A stamp says when, in which order and on which device a field was written. 24 bytes: milliseconds UTC (u48),
 * counter (u16), device id (16). In memory and in JSON: their base64url, 32 characters. Greater bytes win a
 * merge. A stamp is never altered once made.
 */
import {
  type DeviceId,
  bytesToDeviceId,
  concat,
  fromBase64url,
  idToBytes,
  readUint,
  toBase64url,
  u16,
  u48,
  z,
} from '@evenkeel/protocol';

/**
 * The last 2³² ms that 48 bits can say are refused. No clock of ours reads past 2⁴⁷ ms (the year 6429), so a value
 * written by this app can always be overwritten. Only a device of the person's own that was made to lie could use
 * up the very last stamp; a value so stamped can be deleted, not edited.
 */
const STAMP = /^(?!__[89_-])[A-Za-z0-9_-]{32}$/;

export const stampSchema = z.string().check(z.regex(STAMP)).brand<'Stamp'>();
export type Stamp = z.infer<typeof stampSchema>;

export type StampParts = { readonly ms: number; readonly counter: number; readonly dev: DeviceId };

/** Less than or equal to every stamp; marks a value that any real one replaces. */
export const ZERO_STAMP: Stamp = stampSchema.parse('A'.repeat(32));

const RANK = new Uint8Array(128);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
for (let i = 0; i < ALPHABET.length; i += 1) RANK[ALPHABET.charCodeAt(i)] = i;

export function makeStamp(parts: StampParts): Stamp {
  return stampSchema.parse(toBase64url(concat(u48(parts.ms), u16(parts.counter), idToBytes(parts.dev))));
}

export function stampParts(stamp: Stamp): StampParts {
  const bytes = fromBase64url(stamp) ?? new Uint8Array(24);
  return {
    ms: readUint(bytes, 0, 6),
    counter: readUint(bytes, 6, 2),
    dev: bytesToDeviceId(bytes.subarray(8)),
  };
}

/** The milliseconds of a stamp alone. */
export function stampMs(stamp: Stamp): number {
  return readUint(fromBase64url(stamp.slice(0, 8)) ?? new Uint8Array(6), 0, 6);
}

/** Order of the bytes behind two stamps: negative, zero or positive. (base64url text does not sort as bytes.) */
export function compareStamps(a: Stamp, b: Stamp): number {
  if (a === b) return 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = (RANK[a.charCodeAt(i)] ?? 0) - (RANK[b.charCodeAt(i)] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function greaterStamp(a: Stamp, b: Stamp): Stamp {
  return compareStamps(a, b) >= 0 ? a : b;
}
