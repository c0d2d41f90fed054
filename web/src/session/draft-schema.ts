/** A kept draft, as it is read again: anything else is forgotten rather than shown. */
import { z } from '@evenkeel/protocol';

const wordSchema = z.union([z.strictObject({ id: z.string() }), z.strictObject({ own: z.string() })]);
const axisSchema = z.number().check(z.gte(-1), z.lte(1));

const moodSchema = z.strictObject({
  valence: z.exactOptional(axisSchema),
  arousal: z.exactOptional(axisSchema),
  words: z.exactOptional(z.array(wordSchema)),
  answer: z.exactOptional(z.enum(['dont-know', 'rather-not-say'])),
});

export const draftSchema = z.strictObject({
  about: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('now') }),
    z.strictObject({ kind: z.literal('minute'), day: z.string(), time: z.string() }),
    z.strictObject({ kind: z.literal('day'), day: z.string() }),
  ]),
  mood: moodSchema,
  placedBy: z.exactOptional(z.enum(['hand', 'words'])),
  values: z.array(z.strictObject({ value: z.string(), text: z.string(), closeness: z.number() })),
  surroundings: z.strictObject({
    activities: z.exactOptional(z.array(z.string())),
    people: z.exactOptional(z.array(z.string())),
    places: z.exactOptional(z.array(z.string())),
    tags: z.exactOptional(z.array(z.string())),
  }),
  text: z.string(),
});
