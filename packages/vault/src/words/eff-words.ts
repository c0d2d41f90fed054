/** The 7,776 words that passphrases and fingerprints are made of. Fetched when they are first needed. */
let words: Promise<readonly string[]> | null = null;

export function effWords(): Promise<readonly string[]> {
  words ??= import('./eff-large-word-list.ts').then((list) => list.EFF_LARGE_WORD_LIST.trim().split(/\s+/));
  return words;
}

/** Of the list: 6⁵, five dice. */
export const EFF_WORD_COUNT = 7776;
