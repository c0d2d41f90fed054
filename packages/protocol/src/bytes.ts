/** Bytes on paper: concatenation, big-endian integers, strict base64url and UTF-8. */

export type Bytes = Uint8Array<ArrayBuffer>;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUE_BY_CODE = new Int16Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i += 1) VALUE_BY_CODE[ALPHABET.charCodeAt(i)] = i;

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function concat(...parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The same bytes with an `ArrayBuffer` of their own, which is what WebCrypto asks for. */
export function ownBytes(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}

export function utf8(text: string): Bytes {
  return ownBytes(encoder.encode(text));
}

/** Text of strictly valid UTF-8 without a byte order mark, or null. */
export function utf8ToText(bytes: Uint8Array): string | null {
  try {
    const text = strictDecoder.decode(bytes);
    // check: text: no byte order mark
    if (text.startsWith('\ufeff')) return null;
    return text;
  } catch {
    return null;
  }
}

export function u8(value: number): Bytes {
  return integer(value, 1);
}
export function u16(value: number): Bytes {
  return integer(value, 2);
}
export function u32(value: number): Bytes {
  return integer(value, 4);
}
/** 48 bits: milliseconds since 1970 fit until the year 10889. */
export function u48(value: number): Bytes {
  return integer(value, 6);
}
/** 64 bits on the wire; the value itself must be a safe integer. */
export function u64(value: number): Bytes {
  return integer(value, 8);
}

/** Big-endian unsigned integer of `length` bytes at `at`. The caller has checked that it lies inside. */
export function readUint(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i += 1) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

/** Whether two public byte strings are the same. Not for secrets: it stops at the first difference. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** RFC 4648 base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  const codes: string[] = [];
  let chunk = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] ?? 0;
    const b = bytes[i + 1] ?? 0;
    const c = bytes[i + 2] ?? 0;
    const left = bytes.length - i;
    chunk += ALPHABET.charAt(a >> 2) + ALPHABET.charAt(((a & 3) << 4) | (b >> 4));
    if (left > 1) chunk += ALPHABET.charAt(((b & 15) << 2) | (c >> 6));
    if (left > 2) chunk += ALPHABET.charAt(c & 63);
    if (chunk.length > 4096) {
      codes.push(chunk);
      chunk = '';
    }
  }
  codes.push(chunk);
  return codes.join('');
}

/** Bytes of canonical base64url, or null: padding, other characters and left-over bits are refused. */
export function fromBase64url(text: string): Bytes | null {
  const rest = text.length % 4;
  // The alphabet below refuses it too.
  if (rest === 1) return null;
  const out = new Uint8Array((text.length >> 2) * 3 + (rest === 0 ? 0 : rest - 1));
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    const a = sextet(text, i);
    const b = sextet(text, i + 1);
    const left = text.length - i;
    const c = left > 2 ? sextet(text, i + 2) : 0;
    const d = left > 3 ? sextet(text, i + 3) : 0;
    // check: base64url: its own alphabet
    if (a < 0 || b < 0 || c < 0 || d < 0) return null;
    // check: base64url: no bits left over after one byte
    if (left === 2 && (b & 15) !== 0) return null;
    // check: base64url: no bits left over after two bytes
    if (left === 3 && (c & 3) !== 0) return null;
    out[at] = (a << 2) | (b >> 4);
    if (left > 2) out[at + 1] = ((b & 15) << 4) | (c >> 2);
    if (left > 3) out[at + 2] = ((c & 3) << 6) | d;
    at += 3;
  }
  return out;
}

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

function sextet(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (VALUE_BY_CODE[code] ?? -1) : -1;
}

function integer(value: number, length: number): Bytes {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** (8 * length)) {
    throw new RangeError(`expected an unsigned integer of ${length} bytes, found ${value}`);
  }
  const out = new Uint8Array(length);
  let rest = value;
  for (let i = length - 1; i >= 0; i -= 1) {
    out[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return out;
}
