/** Short texts in a person's own words: a feeling, a value, an activity, a tag. */
import { z } from '@evenkeel/protocol';

/** Characters (UTF-16 units) in a short text. */
export const LONGEST_OWN_TEXT = 120;

export const ownTextSchema = z.string().check(z.minLength(1), z.maxLength(LONGEST_OWN_TEXT));

/** Without blanks at the ends or doubled inside, and composed, so that the same word is the same text. */
export function tidyText(text: string): string {
  return text.toWellFormed().normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}
