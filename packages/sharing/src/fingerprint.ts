/**
 * Six words that two people read to each other, to know that no keys were swapped on the way between them. Each
 * side computes them from the two account ids it holds; an account id is the hash of its keys.
 */
import { type AccountId, concat, idToBytes, labelledHash, readUint } from '@evenkeel/protocol';
import { effWords } from '@evenkeel/vault';
import type { Via } from './pin.ts';

const WORDS = 6;
/** 77 bits are what six of 7776 words can say: 7776⁶ lies between 2⁷⁷ and 2⁷⁸. */
const BITS = 77;
const BYTES_READ = 10;

/**
 * `H("ek1/words", min(acct) ‖ max(acct) ‖ id)`, first 77 bits, as six digits in base 7776 on the EFF long list,
 * the most significant first. The same whichever side computes it.
 */
export async function fingerprintWords(a: AccountId, b: AccountId, via: Via): Promise<readonly string[]> {
  const [first, second] = isBefore(idToBytes(b), idToBytes(a)) ? [b, a] : [a, b];
  const id = via.kind === 'invitation' ? via.id : via.nonce;
  const hash = labelledHash('ek1/words', concat(idToBytes(first), idToBytes(second), idToBytes(id)));
  const list = await effWords();
  let rest = 0n;
  for (let i = 0; i < BYTES_READ; i += 1) rest = rest * 256n + BigInt(readUint(hash, i, 1));
  rest >>= BigInt(8 * BYTES_READ - BITS);
  const words: string[] = [];
  for (let i = 0; i < WORDS; i += 1) {
    words.unshift(list[Number(rest % BigInt(list.length))] ?? '');
    rest /= BigInt(list.length);
  }
  return words;
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i += 1) {
    const [left, right] = [a[i] ?? 0, b[i] ?? 0];
    if (left !== right) return left < right;
  }
  return false;
}
