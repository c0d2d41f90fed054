/**
 * Words two people (or two screens) compare. The first ⌊n · log₂ 7776⌋ bits of a hash (51 for four words, 77
 * for six), read as one number, are written in base 7776, the most significant digit first.
 */
import { VaultFault } from '../fault.ts';
import { EFF_WORD_COUNT, effWords } from './eff-words.ts';

export async function fingerprintWords(hash: Uint8Array, count: number): Promise<readonly string[]> {
  const words = await effWords();
  return wordPositions(hash, count).map((at) => {
    const word = words[at];
    if (word === undefined) throw new VaultFault('broken');
    return word;
  });
}

/** Positions in the list, 0 to 7775. */
export function wordPositions(hash: Uint8Array, count: number): readonly number[] {
  const bits = Math.floor(count * Math.log2(EFF_WORD_COUNT));
  if (hash.length * 8 < bits) throw new VaultFault('broken');
  let value = 0n;
  for (const byte of hash) value = (value << 8n) | BigInt(byte);
  value >>= BigInt(hash.length * 8 - bits);
  const positions: number[] = [];
  for (let i = 0; i < count; i += 1) {
    positions.unshift(Number(value % BigInt(EFF_WORD_COUNT)));
    value /= BigInt(EFF_WORD_COUNT);
  }
  return positions;
}
