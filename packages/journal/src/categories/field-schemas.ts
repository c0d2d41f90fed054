/** What a field may hold, by the category a record is about. A field without a schema is carried, not read. */
import { CATEGORY_NUMBERS, type CategoryNumber } from '../categories.ts';
import { conditionFieldSchemas } from './conditions.ts';
import { doseFieldSchema, isDoseField } from './medication.ts';
import { moodFieldSchemas } from './mood.ts';
import { planFieldSchemas } from './plan.ts';
import { questionnaireSchemaOf } from './questionnaires.ts';
import { sleepFieldSchemas } from './sleep.ts';
import { substancesSchemaOf } from './substances.ts';
import { isSurroundingField, surroundingFieldSchema } from './surroundings.ts';
import { symptomsSchemaOf } from './symptoms.ts';
import { isTrackerField, trackerFieldSchema } from './trackers.ts';
import { closenessFieldSchema, isClosenessField } from './values.ts';
import { wordsFieldSchemas } from './words.ts';

type FieldSchema = { readonly safeParse: (value: unknown) => { readonly success: boolean } };

const MOOD: ReadonlyMap<string, FieldSchema> = new Map(Object.entries(moodFieldSchemas));
const WORDS: ReadonlyMap<string, FieldSchema> = new Map(Object.entries(wordsFieldSchemas));
const SLEEP: ReadonlyMap<string, FieldSchema> = new Map(Object.entries(sleepFieldSchemas));
const CONDITIONS: ReadonlyMap<string, FieldSchema> = new Map(Object.entries(conditionFieldSchemas));
const PLAN: ReadonlyMap<string, FieldSchema> = new Map(Object.entries(planFieldSchemas));

export function fieldSchemaOf(subject: CategoryNumber, field: string): FieldSchema | undefined {
  switch (subject) {
    case CATEGORY_NUMBERS.mood:
      return MOOD.get(field);
    case CATEGORY_NUMBERS.values:
      return isClosenessField(field) ? closenessFieldSchema : undefined;
    case CATEGORY_NUMBERS.surroundings:
      return isSurroundingField(field) ? surroundingFieldSchema : undefined;
    case CATEGORY_NUMBERS.words:
      return WORDS.get(field);
    case CATEGORY_NUMBERS.sleep:
      return SLEEP.get(field);
    case CATEGORY_NUMBERS.symptoms:
      return symptomsSchemaOf(field);
    case CATEGORY_NUMBERS.substances:
      return substancesSchemaOf(field);
    case CATEGORY_NUMBERS.questionnaires:
      return questionnaireSchemaOf(field);
    case CATEGORY_NUMBERS.medication:
      return isDoseField(field) ? doseFieldSchema : undefined;
    case CATEGORY_NUMBERS.conditions:
      return CONDITIONS.get(field);
    case CATEGORY_NUMBERS.trackers:
      return isTrackerField(field) ? trackerFieldSchema : undefined;
    case CATEGORY_NUMBERS.plan:
      return PLAN.get(field);
    default:
      return undefined;
  }
}
