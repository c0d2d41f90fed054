/** The two word lists, as data. */
import { readFileSync } from 'node:fs';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const source = readFileSync(new URL('../src/words/eff-large-word-list.ts', import.meta.url), 'utf8');

export const EFF: readonly string[] = (source.split('`')[1] ?? '').split(/\s+/).filter((word) => word !== '');
export const BIP39: readonly string[] = wordlist;
