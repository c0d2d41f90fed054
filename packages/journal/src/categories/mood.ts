/**
 * Mood: a point on the affect grid (Russell, A circumplex model of affect, 1980), words for it, or the honest
 * answer that there is none. Any part may be absent; nothing is ever filled in for the person.
 */
import { z } from '@evenkeel/protocol';
import { type EntryRecord, valueOf } from '../entry.ts';
import type { Json } from '../json.ts';
import { ownTextSchema, tidyText } from './own-text.ts';

/** A word from the list, by its id, or the person's own. */
export type MoodWord = { readonly id: string } | { readonly own: string };
export type MoodAnswer = 'dont-know' | 'rather-not-say';

export type Mood = {
  /** Unpleasant −1 … pleasant +1. */
  readonly valence?: number;
  /** Low energy −1 … high energy +1. */
  readonly arousal?: number;
  readonly words?: readonly MoodWord[];
  readonly answer?: MoodAnswer;
};

export const MOST_MOOD_WORDS = 20;

/** The id of a listed word, or a list with one own text: as short as can be told apart. */
const wordSchema = z.union([z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/)), z.tuple([ownTextSchema])]);
const axisSchema = z.nullable(z.number().check(z.gte(-1), z.lte(1)));

/** What each field of a mood record may hold; null is a part that was taken out again. */
export const moodFieldSchemas = {
  valence: axisSchema,
  arousal: axisSchema,
  words: z.nullable(z.array(wordSchema).check(z.maxLength(MOST_MOOD_WORDS))),
  answer: z.nullable(z.enum(['dont-know', 'rather-not-say'])),
} as const;

/** Whether anything at all was said. A mood needs a valence, an arousal, a word, or one of the two answers. */
export function saysSomething(mood: Mood): boolean {
  return (
    mood.valence !== undefined ||
    mood.arousal !== undefined ||
    mood.answer !== undefined ||
    (mood.words !== undefined && mood.words.length > 0)
  );
}

/** Whether every part is one that can be kept: axes within −1 … +1, at most 20 words, each of 1–120 characters. */
export function isMood(mood: Mood): boolean {
  const fields = moodFields(mood);
  return (
    moodFieldSchemas.valence.safeParse(fields.valence).success &&
    moodFieldSchemas.arousal.safeParse(fields.arousal).success &&
    moodFieldSchemas.words.safeParse(fields.words).success &&
    moodFieldSchemas.answer.safeParse(fields.answer).success
  );
}

/** A mood as fields; axes are kept to a hundredth, which is finer than a finger. */
export function moodFields(mood: Mood) {
  const words = (mood.words ?? []).map((word) => ('id' in word ? word.id : [tidyText(word.own)]));
  return {
    valence: mood.valence === undefined ? null : hundredth(mood.valence),
    arousal: mood.arousal === undefined ? null : hundredth(mood.arousal),
    words: words.length === 0 ? null : words,
    answer: mood.answer ?? null,
  } satisfies Record<string, Json>;
}

/** The mood a record holds now. It can be empty when two devices each took out what the other had left. */
export function moodOf(record: EntryRecord): Mood {
  const valence = moodFieldSchemas.valence.safeParse(valueOf(record, 'valence')).data ?? undefined;
  const arousal = moodFieldSchemas.arousal.safeParse(valueOf(record, 'arousal')).data ?? undefined;
  const words = moodFieldSchemas.words.safeParse(valueOf(record, 'words')).data ?? undefined;
  const answer = moodFieldSchemas.answer.safeParse(valueOf(record, 'answer')).data ?? undefined;
  return {
    ...(valence !== undefined && { valence }),
    ...(arousal !== undefined && { arousal }),
    ...(words !== undefined && {
      words: words.map((word) => (typeof word === 'string' ? { id: word } : { own: word[0] })),
    }),
    ...(answer !== undefined && { answer }),
  };
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
