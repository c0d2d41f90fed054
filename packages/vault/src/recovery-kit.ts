/**
 * The recovery kit: 24 words that are 32 random bytes (BIP 39), a wrap of the root under them, and the id
 * under which a server keeps that wrap (docs/protocol.md, "Recovery kit").
 */
import { type Bytes, type MailboxId, bytesToMailboxId, ownBytes, randomBytes } from '@evenkeel/protocol';
import { deriveKey } from './derive.ts';
import { Secret } from './secret.ts';

const SECRET_BYTES = 32;
const ID_BYTES = 16;

/** 24 words of 32 bytes: 8 bits of them are a checksum. */
export async function wordsOfSecret(secret: Secret): Promise<readonly string[]> {
  const [{ entropyToMnemonic }, { wordlist }] = await bip39();
  return entropyToMnemonic(secret.reveal(), wordlist).split(' ');
}

/** The secret of 24 words in any case and spacing, or null: a word that is none, or a checksum that fails. */
export async function secretOfWords(words: string): Promise<Secret | null> {
  const [{ mnemonicToEntropy }, { wordlist }] = await bip39();
  let entropy: Bytes;
  try {
    entropy = ownBytes(mnemonicToEntropy(normalWords(words).join(' '), wordlist));
  } catch {
    return null;
  }
  const secret = entropy.length === SECRET_BYTES ? new Secret(entropy) : null;
  entropy.fill(0);
  return secret;
}

/**
 * `K(S, "recovery-id", "", 16)`: where a server keeps the wrap, or null when the words are none. The words alone
 * lead there, since somebody with an empty browser has nothing else. Decision 0013.
 */
export async function recoveryIdOf(words: string): Promise<MailboxId | null> {
  using secret = await secretOfWords(words);
  return secret === null ? null : recoveryId(secret);
}

export function recoveryId(secret: Secret): MailboxId {
  return bytesToMailboxId(deriveKey(secret.reveal(), 'recovery-id', undefined, ID_BYTES));
}

/** Which of the words typed so far are none of the list: positions from 0, to be shown beside the field. */
export async function unknownKitWords(words: string): Promise<readonly number[]> {
  const [, { wordlist }] = await bip39();
  const known = new Set(wordlist);
  return normalWords(words).flatMap((word, at) => (known.has(word) ? [] : [at]));
}

export function newKitSecret(): Secret {
  const bytes = randomBytes(SECRET_BYTES);
  const secret = new Secret(bytes);
  bytes.fill(0);
  return secret;
}

function normalWords(words: string): string[] {
  const text = words.normalize('NFKD').toLowerCase().trim();
  return text === '' ? [] : text.split(/[\s,]+/u);
}

/** Fetched when it is needed: the list weighs more than the rest of the vault. */
function bip39() {
  return Promise.all([import('@scure/bip39'), import('@scure/bip39/wordlists/english.js')]);
}
