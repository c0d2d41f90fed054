/** The parts of a moment, one for each category: from what was filled in to the fields of a record, and back. */
import { CATEGORY_NUMBERS, type CheckInCategory } from './categories.ts';
import { type Dose, areDoses, medicationFields, medicationOf } from './categories/medication.ts';
import { type Mood, isMood, moodFields, moodOf, saysSomething } from './categories/mood.ts';
import {
  type Questionnaire,
  isQuestionnaire,
  questionnaireFields,
  questionnaireOf,
} from './categories/questionnaires.ts';
import { type Sleep, isSleep, sleepFields, sleepOf } from './categories/sleep.ts';
import { type Substances, areSubstances, substancesFields, substancesOf } from './categories/substances.ts';
import {
  type Surroundings,
  areSurroundings,
  surroundingsFields,
  surroundingsOf,
} from './categories/surroundings.ts';
import { type Symptoms, areSymptoms, symptomsFields, symptomsOf } from './categories/symptoms.ts';
import { type TrackerAnswer, areTrackers, trackersFields, trackersOf } from './categories/trackers.ts';
import { type Closeness, areValues, valuesFields, valuesOf } from './categories/values.ts';
import { isWords, wordsFields, wordsOf } from './categories/words.ts';
import { type EntryRecord, subjectOf } from './entry.ts';
import type { Json } from './json.ts';

/** What can be said of one moment. A part that is absent or blank becomes no record. */
export type MomentParts = {
  readonly mood?: Mood;
  readonly values?: readonly Closeness[];
  readonly surroundings?: Surroundings;
  readonly words?: string;
  readonly sleep?: Sleep;
  readonly symptoms?: Symptoms;
  readonly substances?: Substances;
  readonly questionnaire?: Questionnaire;
  readonly medication?: readonly Dose[];
  readonly trackers?: readonly TrackerAnswer[];
};

type Fields = Readonly<Record<string, Json>>;

/** The fields of each part that says something, in the order of the categories. */
export function fieldsOfParts(parts: MomentParts): ReadonlyMap<CheckInCategory, Fields> {
  const { mood, questionnaire } = parts;
  const all: readonly (readonly [CheckInCategory, Fields])[] = [
    ['mood', mood !== undefined && saysSomething(mood) ? moodFields(mood) : {}],
    ['values', valuesFields(parts.values ?? [])],
    ['surroundings', surroundingsFields(parts.surroundings ?? {})],
    ['words', wordsFields(parts.words ?? '')],
    ['sleep', sleepFields(parts.sleep ?? {})],
    ['symptoms', symptomsFields(parts.symptoms ?? {})],
    ['substances', substancesFields(parts.substances ?? {})],
    [
      'questionnaires',
      questionnaire !== undefined && Object.keys(questionnaire.answers).length > 0
        ? questionnaireFields(questionnaire)
        : {},
    ],
    ['medication', medicationFields(parts.medication ?? [])],
    ['trackers', trackersFields(parts.trackers ?? [])],
  ];
  return new Map(
    all.flatMap(([category, fields]) => {
      const kept = withoutBlanks(fields);
      return Object.keys(kept).length > 0 ? [[category, kept] as const] : [];
    }),
  );
}

/** The first part that is longer, or holds more, than can be kept; null when all can be. */
export function unkeepablePart(parts: MomentParts): CheckInCategory | null {
  if (parts.mood !== undefined && !isMood(parts.mood)) return 'mood';
  if (!areValues(parts.values ?? [])) return 'values';
  if (!areSurroundings(parts.surroundings ?? {})) return 'surroundings';
  if (!isWords(parts.words ?? '')) return 'words';
  if (!isSleep(parts.sleep ?? {})) return 'sleep';
  if (!areSymptoms(parts.symptoms ?? {})) return 'symptoms';
  if (!areSubstances(parts.substances ?? {})) return 'substances';
  if (parts.questionnaire !== undefined && !isQuestionnaire(parts.questionnaire)) return 'questionnaires';
  if (!areDoses(parts.medication ?? [])) return 'medication';
  return areTrackers(parts.trackers ?? []) ? null : 'trackers';
}

/** What the records of one moment say. A part that says nothing any more is absent. */
export function partsOfRecords(records: Iterable<EntryRecord>): MomentParts {
  const parts: { -readonly [Part in keyof MomentParts]: MomentParts[Part] } = {};
  for (const record of records) {
    const words = wordsOf(record);
    const questionnaire = questionnaireOf(record);
    switch (subjectOf(record)) {
      case CATEGORY_NUMBERS.mood:
        parts.mood = moodOf(record);
        break;
      case CATEGORY_NUMBERS.values:
        parts.values = valuesOf(record);
        break;
      case CATEGORY_NUMBERS.surroundings:
        parts.surroundings = surroundingsOf(record);
        break;
      case CATEGORY_NUMBERS.words:
        if (words !== undefined) parts.words = words;
        break;
      case CATEGORY_NUMBERS.sleep:
        parts.sleep = sleepOf(record);
        break;
      case CATEGORY_NUMBERS.symptoms:
        parts.symptoms = symptomsOf(record);
        break;
      case CATEGORY_NUMBERS.substances:
        parts.substances = substancesOf(record);
        break;
      case CATEGORY_NUMBERS.questionnaires:
        if (questionnaire !== undefined) parts.questionnaire = questionnaire;
        break;
      case CATEGORY_NUMBERS.medication:
        parts.medication = medicationOf(record);
        break;
      case CATEGORY_NUMBERS.trackers:
        parts.trackers = trackersOf(record);
        break;
      default:
        break;
    }
  }
  return parts;
}

function withoutBlanks(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
