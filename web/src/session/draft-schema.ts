/** A kept draft, as it is read again: anything else is forgotten rather than shown. */
import { DOSE_ANSWERS, PARTS_OF_DAY } from '@evenkeel/journal';
import { z } from '@evenkeel/protocol';

const wordSchema = z.union([z.strictObject({ id: z.string() }), z.strictObject({ own: z.string() })]);
const axisSchema = z.number().check(z.gte(-1), z.lte(1));

const moodSchema = z.strictObject({
  valence: z.exactOptional(axisSchema),
  arousal: z.exactOptional(axisSchema),
  words: z.exactOptional(z.array(wordSchema)),
  answer: z.exactOptional(z.enum(['dont-know', 'rather-not-say'])),
});

const drinkSchema = z.strictObject({ ml: z.number(), abv: z.number() });

/** What a draft can hold beside mood, values, surroundings and words. Whether it can be kept is looked at on saving. */
const extras = {
  sleep: z.exactOptional(
    z.strictObject({
      asleep: z.exactOptional(z.string()),
      awake: z.exactOptional(z.string()),
      minutes: z.exactOptional(z.number()),
      quality: z.exactOptional(z.number()),
    }),
  ),
  symptoms: z.exactOptional(
    z.strictObject({
      energy: z.exactOptional(z.number()),
      symptoms: z.exactOptional(
        z.array(
          z.strictObject({
            id: z.string(),
            text: z.string(),
            severity: z.number(),
            part: z.exactOptional(z.enum(PARTS_OF_DAY)),
          }),
        ),
      ),
      cravings: z.exactOptional(
        z.array(z.strictObject({ id: z.string(), text: z.string(), strength: z.number() })),
      ),
    }),
  ),
  substances: z.exactOptional(
    z.strictObject({
      uses: z.exactOptional(
        z.array(
          z.strictObject({
            id: z.string(),
            substance: z.string(),
            text: z.string(),
            amount: z.number(),
            unit: z.string(),
            drink: z.exactOptional(drinkSchema),
            spent: z.exactOptional(z.number()),
          }),
        ),
      ),
      none: z.exactOptional(
        z.array(z.strictObject({ substance: z.string(), text: z.string(), alcohol: z.boolean() })),
      ),
      nothing: z.exactOptional(z.boolean()),
    }),
  ),
  questionnaire: z.exactOptional(
    z.strictObject({
      instrument: z.string(),
      version: z.string(),
      language: z.string(),
      answers: z.record(z.string(), z.nullable(z.union([z.number(), z.string()]))),
      total: z.nullable(z.number()),
    }),
  ),
  medication: z.exactOptional(
    z.array(
      z.strictObject({
        medication: z.string(),
        text: z.string(),
        what: z.enum(DOSE_ANSWERS),
        note: z.exactOptional(z.string()),
      }),
    ),
  ),
  trackers: z.exactOptional(
    z.array(
      z.strictObject({
        tracker: z.string(),
        text: z.string(),
        said: z.discriminatedUnion('shape', [
          z.strictObject({
            shape: z.literal('scale'),
            value: z.number(),
            min: z.number(),
            max: z.number(),
          }),
          z.strictObject({ shape: z.literal('count'), value: z.number(), unit: z.string() }),
          z.strictObject({ shape: z.literal('yes-no'), value: z.boolean() }),
          z.strictObject({ shape: z.literal('duration'), value: z.number() }),
          z.strictObject({ shape: z.literal('choice'), value: z.string() }),
        ]),
      }),
    ),
  ),
};

const said = {
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
  ...extras,
};

export const draftSchema = z.strictObject({ ...said, was: z.exactOptional(z.strictObject(said)) });
