/**
 * Six words that two people read to each other, to know that no keys were swapped on the way between them. Each
 * side computes them from the two account ids it holds; an account id is the hash of its keys.
 */
import { type AccountId, concat, idToBytes, labelledHash } from '@evenkeel/protocol';
import { fingerprintWords } from '@evenkeel/vault';
import type { Via } from './pin.ts';

const WORDS = 6;

/**
 * `H("ek1/words", min(acct) ‖ max(acct) ‖ id)`, its first 77 bits as six words of the EFF list. The same
 * whichever side computes it.
 */
export function sixWords(a: AccountId, b: AccountId, via: Via): Promise<readonly string[]> {
  const [first, second] = isBefore(idToBytes(b), idToBytes(a)) ? [b, a] : [a, b];
  const id = via.kind === 'invitation' ? via.id : via.nonce;
  return fingerprintWords(
    labelledHash('ek1/words', concat(idToBytes(first), idToBytes(second), idToBytes(id))),
    WORDS,
  );
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i += 1) {
    const [left, right] = [a[i] ?? 0, b[i] ?? 0];
    if (left !== right) return left < right;
  }
  return false;
}
