/** What a field may hold, by the category a record is about. A field without a schema is carried, not read. */
import { CATEGORY_NUMBERS, type CategoryNumber } from '../categories.ts';
import { moodFieldSchemas } from './mood.ts';
import { isSurroundingField, surroundingFieldSchema } from './surroundings.ts';
import { closenessFieldSchema, isClosenessField } from './values.ts';
import { wordsFieldSchemas } from './words.ts';

type FieldSchema = { readonly safeParse: (value: unknown) => { readonly success: boolean } };

const MOOD: ReadonlyMap<string, FieldSchema> = new Map(Object.entries(moodFieldSchemas));
const WORDS: ReadonlyMap<string, FieldSchema> = new Map(Object.entries(wordsFieldSchemas));

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
    default:
      return undefined;
  }
}
