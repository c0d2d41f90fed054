/**
 * Questionnaires: what was answered, item by item, as it was put to the person. Scores and what they mean are made
 * elsewhere; the total is kept beside the answers, so that it reads without the questions. One to a moment.
 */
import { z } from '@evenkeel/protocol';
import { type EntryRecord, valueOf } from '../entry.ts';
import type { Json } from '../json.ts';

/** `null`: shown, and left out. */
export type Answer = number | string | null;

export type Questionnaire = {
  /** Which one: "phq-9". */
  readonly instrument: string;
  /** Which wording of it. */
  readonly version: string;
  /** The language it was put in, BCP 47. */
  readonly language: string;
  /** By item, in the order they were asked. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** The sum as its source scores it; null where the source has none, or too much was left out. */
  readonly total: number | null;
};

export const MOST_ANSWERS = 120;
export const LONGEST_ANSWER = 500;

const ITEM_FIELD = /^item:([A-Za-z0-9][A-Za-z0-9._-]{0,39})$/;

export const instrumentSchema = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/));

/** False is what was left out; null, as everywhere, is what was taken out again. */
const itemSchema = z.nullable(
  z.union([z.number(), z.string().check(z.maxLength(LONGEST_ANSWER)), z.literal(false)]),
);
const headSchemas = {
  instrument: z.nullable(instrumentSchema),
  version: z.nullable(z.string().check(z.minLength(1), z.maxLength(40))),
  language: z.nullable(z.string().check(z.regex(/^[A-Za-z0-9-]{2,35}$/))),
  total: z.nullable(z.number()),
} as const;

/** One field for each item, so that two devices can each answer one. */
export function questionnaireFields(said: Questionnaire): Record<string, Json> {
  return {
    instrument: said.instrument,
    version: said.version,
    language: said.language,
    total: said.total,
    ...Object.fromEntries(
      Object.entries(said.answers).map(([item, answer]) => [
        `item:${item}`,
        typeof answer === 'string' ? answer.toWellFormed() : (answer ?? false),
      ]),
    ),
  };
}

export function isQuestionnaire(said: Questionnaire): boolean {
  return (
    Object.keys(said.answers).length <= MOST_ANSWERS &&
    Object.entries(questionnaireFields(said)).every(
      ([name, value]) => questionnaireSchemaOf(name)?.safeParse(value).success === true,
    )
  );
}

/** Undefined when the record does not say which questionnaire it is. */
export function questionnaireOf(record: EntryRecord): Questionnaire | undefined {
  const instrument = headSchemas.instrument.safeParse(valueOf(record, 'instrument')).data ?? undefined;
  if (instrument === undefined) return undefined;
  const answers = Object.entries(record.fields).flatMap(([name, field]): [string, Answer][] => {
    const item = ITEM_FIELD.exec(name)?.[1];
    const said = itemSchema.safeParse(field.value);
    if (item === undefined || !said.success || said.data === null) return [];
    return [[item, said.data === false ? null : said.data]];
  });
  return {
    instrument,
    version: headSchemas.version.safeParse(valueOf(record, 'version')).data ?? '',
    language: headSchemas.language.safeParse(valueOf(record, 'language')).data ?? '',
    answers: Object.fromEntries(answers),
    total: headSchemas.total.safeParse(valueOf(record, 'total')).data ?? null,
  };
}

/** What a field of a questionnaires record may hold. */
export function questionnaireSchemaOf(name: string) {
  switch (name) {
    case 'instrument':
    case 'version':
    case 'language':
    case 'total':
      return headSchemas[name];
    default:
      return ITEM_FIELD.test(name) ? itemSchema : undefined;
  }
}
