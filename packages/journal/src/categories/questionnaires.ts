/**
 * Questionnaires: what was answered, item by item, as it was put to the person. The total is kept beside the answers,
 * so that it reads without the questions; who has the questions adds up the answers anew. One to a moment.
 */
import { isInstrumentId, scaleOf, score } from '@evenkeel/instruments';
import { z } from '@evenkeel/protocol';
import { type EntryRecord, valueOf } from '../entry.ts';
import type { Json } from '../json.ts';
import { compareStamps } from '../stamp.ts';

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

/**
 * Undefined when the record does not say which questionnaire it is. Answers that two devices changed apart are merged
 * one by one, so the total that is kept may be of neither.
 */
export function questionnaireOf(record: EntryRecord): Questionnaire | undefined {
  const instrument = headSchemas.instrument.safeParse(valueOf(record, 'instrument')).data ?? undefined;
  if (instrument === undefined) return undefined;
  const answers = Object.entries(record.fields).flatMap(([name, field]): [string, Answer][] => {
    const item = ITEM_FIELD.exec(name)?.[1];
    const said = itemSchema.safeParse(field.value);
    if (item === undefined || !said.success || said.data === null) return [];
    return [[item, said.data === false ? null : said.data]];
  });
  const said = {
    instrument,
    version: headSchemas.version.safeParse(valueOf(record, 'version')).data ?? '',
    language: headSchemas.language.safeParse(valueOf(record, 'language')).data ?? '',
    answers: Object.fromEntries(answers),
  };
  return { ...said, total: totalOf(said, record) };
}

function totalOf(
  { instrument, version, answers }: Omit<Questionnaire, 'total'>,
  record: EntryRecord,
): number | null {
  if (isInstrumentId(instrument) && scaleOf(instrument).version === version) {
    const scored = score(scaleOf(instrument), answers);
    return scored.ok ? scored.total : null;
  }
  return isTotalOfAll(record) ? (headSchemas.total.safeParse(valueOf(record, 'total')).data ?? null) : null;
}

/** Whether the total was written with the last answer, and all others before any change. */
function isTotalOfAll({ fields }: EntryRecord): boolean {
  const stamps = Object.entries(fields).flatMap(([name, { stamp }]) =>
    ITEM_FIELD.test(name) ? [stamp] : [],
  );
  const [first] = stamps.toSorted(compareStamps);
  return stamps.every((stamp) => stamp === first || stamp === fields['total']?.stamp);
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
