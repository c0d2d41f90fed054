/**
 * XSalsa20-Poly1305 as D. J. Bernstein wrote it down: "Salsa20 specification" (2005), "Extending the Salsa20
 * nonce" (2011), "The Poly1305-AES message-authentication code" (2005), and the NaCl secretbox that joins them:
 * the first 32 bytes of the key stream are the Poly1305 key, the tag (16 bytes) stands before the ciphertext.
 */

const SIGMA = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;

export function secretbox(key: Buffer, nonce: Buffer, message: Buffer): Buffer {
  const stream = xsalsa20(key, nonce, 32 + message.length);
  const cipher = Buffer.from(message.map((byte, i) => byte ^ stream.readUInt8(32 + i)));
  return Buffer.concat([poly1305(stream.subarray(0, 32), cipher), cipher]);
}

export function secretboxOpen(key: Buffer, nonce: Buffer, box: Buffer): Buffer | null {
  const cipher = box.subarray(16);
  const stream = xsalsa20(key, nonce, 32 + cipher.length);
  if (!poly1305(stream.subarray(0, 32), cipher).equals(box.subarray(0, 16))) return null;
  return Buffer.from(cipher.map((byte, i) => byte ^ stream.readUInt8(32 + i)));
}

/** Words 0, 5, 10, 15, 6, 7, 8, 9 of the doubled rounds, without the final addition. */
export function hsalsa20(key: Buffer, input: Buffer): Buffer {
  const x = rounds(state(key, input));
  return wordsToBytes([0, 5, 10, 15, 6, 7, 8, 9].map((i) => word(x, i)));
}

export function xsalsa20(key: Buffer, nonce: Buffer, length: number): Buffer {
  const subkey = hsalsa20(key, nonce.subarray(0, 16));
  const blocks: Buffer[] = [];
  for (let counter = 0; counter * 64 < length; counter += 1) {
    const input = Buffer.alloc(16);
    nonce.copy(input, 0, 16, 24);
    input.writeUInt32LE(counter, 8);
    const before = state(subkey, input);
    const after = rounds(before);
    blocks.push(wordsToBytes(after.map((value, i) => (value + word(before, i)) >>> 0)));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function state(key: Buffer, input: Buffer): number[] {
  const k = (i: number): number => key.readUInt32LE(4 * i);
  const n = (i: number): number => input.readUInt32LE(4 * i);
  return [
    SIGMA[0],
    k(0),
    k(1),
    k(2),
    k(3),
    SIGMA[1],
    n(0),
    n(1),
    n(2),
    n(3),
    SIGMA[2],
    k(4),
    k(5),
    k(6),
    k(7),
    SIGMA[3],
  ];
}

/** Ten times a column round and a row round. */
function rounds(from: readonly number[]): number[] {
  const x = [...from];
  const quarter = (a: number, b: number, c: number, d: number): void => {
    x[b] = word(x, b) ^ rotate(word(x, a) + word(x, d), 7);
    x[c] = word(x, c) ^ rotate(word(x, b) + word(x, a), 9);
    x[d] = word(x, d) ^ rotate(word(x, c) + word(x, b), 13);
    x[a] = word(x, a) ^ rotate(word(x, d) + word(x, c), 18);
  };
  for (let i = 0; i < 10; i += 1) {
    quarter(0, 4, 8, 12);
    quarter(5, 9, 13, 1);
    quarter(10, 14, 2, 6);
    quarter(15, 3, 7, 11);
    quarter(0, 1, 2, 3);
    quarter(5, 6, 7, 4);
    quarter(10, 11, 8, 9);
    quarter(15, 12, 13, 14);
  }
  return x.map((value) => value >>> 0);
}

/** r clamped, the message in blocks of 16 with a one bit above each, all modulo 2^130 − 5, plus s. */
export function poly1305(key: Buffer, message: Buffer): Buffer {
  const prime = (1n << 130n) - 5n;
  const r = littleEndian(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  const s = littleEndian(key.subarray(16, 32));
  let sum = 0n;
  for (let at = 0; at < message.length; at += 16) {
    const block = message.subarray(at, at + 16);
    sum = ((sum + littleEndian(block) + (1n << BigInt(8 * block.length))) * r) % prime;
  }
  const tag = Buffer.alloc(16);
  let rest = sum + s;
  for (let i = 0; i < 16; i += 1) {
    tag.writeUInt8(Number(rest & 0xffn), i);
    rest >>= 8n;
  }
  return tag;
}

function littleEndian(bytes: Buffer): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes.readUInt8(i));
  return value;
}

function rotate(value: number, by: number): number {
  return (value << by) | ((value >>> 0) >>> (32 - by));
}

function word(x: readonly number[], i: number): number {
  return x[i] ?? 0;
}

function wordsToBytes(words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * words.length);
  words.forEach((value, i) => bytes.writeUInt32LE(value >>> 0, 4 * i));
  return bytes;
}
