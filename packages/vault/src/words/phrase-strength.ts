/**
 * How hard an own passphrase is to guess, roughly and on the low side: the guesses somebody needs who tries
 * common passwords, words, repetitions and runs first. A person's own phrase is never as strong as it looks;
 * five generated words are what the screen offers first.
 */
import { LEAST_PASSPHRASE_LENGTH, normalPassphrase } from '../unlock/passphrase.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

export type PhraseStrength = {
  /** log₂ of the guesses, rounded down. */
  readonly bits: number;
  readonly verdict: 'too-short' | 'common' | 'weak' | 'fair' | 'strong';
};

/** Nothing in it but what everybody tries first. */
const COMMON_LIMIT_BITS = 20;
/** Below 40 bits a stolen device gives it up in weeks; from 60 on it takes longer than anybody has. */
const FAIR_BITS = 40;
const STRONG_BITS = 60;
/** A word of everyday language: one of about 2,000. */
const WORD_BITS = 11;
/** A common password found anywhere inside counts as one pick from the list and its variants. */
const COMMON_BITS = 7;
/** A character that repeats or continues the one before it. */
const RUN_BITS = 1;
const ROWS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
];

export function phraseStrength(passphrase: string): PhraseStrength {
  const phrase = normalPassphrase(passphrase);
  const bits = Math.floor(bitsOf(phrase));
  if ([...phrase].length < LEAST_PASSPHRASE_LENGTH) return { bits, verdict: 'too-short' };
  if (bits < COMMON_LIMIT_BITS) return { bits, verdict: 'common' };
  if (bits < FAIR_BITS) return { bits, verdict: 'weak' };
  return { bits, verdict: bits < STRONG_BITS ? 'fair' : 'strong' };
}

function bitsOf(phrase: string): number {
  const chunks = new Set(phrase.split(/[\s\-_.,;:!?/]+/u).filter((chunk) => chunk !== ''));
  let bits = 0;
  for (const chunk of chunks) bits += chunkBits(chunk);
  return bits;
}

/** A chunk is a word, or characters: whichever is guessed sooner. */
function chunkBits(chunk: string): number {
  const rest = withoutCommon(plain(chunk));
  const common = rest.length < plain(chunk).length ? COMMON_BITS : 0;
  const letters = rest.replaceAll(/[^\p{L}]/gu, '');
  const asCharacters = characterBits(rest);
  const others = rest.length - letters.length;
  // Letters alone are read as words of about five letters, one after the other.
  const asWords = Math.ceil(letters.length / 5) * WORD_BITS + others * Math.log2(10);
  return common + Math.min(asCharacters, asWords);
}

function characterBits(text: string): number {
  const alphabet =
    (/[a-z]/u.test(text) ? 26 : 0) + (/[0-9]/u.test(text) ? 10 : 0) + (/[^a-z0-9]/u.test(text) ? 33 : 0);
  let bits = 0;
  let before = '';
  for (const character of text) {
    bits += continues(before, character) ? RUN_BITS : Math.log2(Math.max(alphabet, 2));
    before = character;
  }
  return bits;
}

function continues(before: string, character: string): boolean {
  if (before === '') return false;
  if (before === character) return true;
  return ROWS.some((row) => row.includes(before + character) || row.includes(character + before));
}

/** Lower case, with the usual substitutions undone: they add nothing. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll('3', 'e')
    .replaceAll('!', 'i');
}

function withoutCommon(text: string): string {
  let rest = text;
  for (const common of COMMON_PASSWORDS) rest = rest.replaceAll(plain(common), '');
  return rest;
}
