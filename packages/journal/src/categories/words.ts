/** Words: free text, a category of its own so that moods can be shared without it. */
import { z } from '@evenkeel/protocol';
import { type EntryRecord, valueOf } from '../entry.ts';
import type { Json } from '../json.ts';

/** Characters (UTF-16 units). With its history and padding it stays inside one envelope of 64 KiB. */
export const LONGEST_WORDS = 10_000;

export const wordsFieldSchemas = {
  text: z.nullable(z.string().check(z.maxLength(LONGEST_WORDS))),
} as const;

/** Free text as fields: line ends are \n, other control characters are left out, blank text is null. */
export function wordsFields(text: string) {
  const kept = tidyLines(text);
  return { text: kept === '' ? null : kept } satisfies Record<string, Json>;
}

export function isWords(text: string): boolean {
  return wordsFieldSchemas.text.safeParse(wordsFields(text).text).success;
}

/** The text a record holds now; undefined when it was taken out again. */
export function wordsOf(record: EntryRecord): string | undefined {
  return wordsFieldSchemas.text.safeParse(valueOf(record, 'text')).data ?? undefined;
}

function tidyLines(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .trim()
  );
}
