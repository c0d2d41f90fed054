/**
 * Surroundings: what a moment was surrounded by, in the person's own words. Groups, order and archiving lie in
 * settings; a check-in carries the words, so that it reads by itself.
 */
import type { EntryRecord } from '../entry.ts';
import type { Json } from '../json.ts';
import { LONGEST_OWN_TEXT, tidyText } from './own-text.ts';
import { z } from '@evenkeel/protocol';

export const SURROUNDING_KINDS = ['activities', 'people', 'places', 'tags'] as const;
export type SurroundingKind = (typeof SURROUNDING_KINDS)[number];

export type Surroundings = { readonly [Kind in SurroundingKind]?: readonly string[] };

export const MOST_SURROUNDINGS = 100;

const FIELD = /^(activities|people|places|tags):(.+)$/su;

/** True for what was there; null for what was taken out again. */
export const surroundingFieldSchema = z.nullable(z.literal(true));

/** Surroundings as fields, one for each word, so that two devices can each add one. */
export function surroundingsFields(surroundings: Surroundings): Record<string, Json> {
  const names = SURROUNDING_KINDS.flatMap((kind) =>
    (surroundings[kind] ?? [])
      .map((word) => tidyText(word))
      .filter((word) => word !== '')
      .map((word) => `${kind}:${word}`),
  );
  return Object.fromEntries(names.map((name) => [name, true]));
}

export function areSurroundings(surroundings: Surroundings): boolean {
  const names = Object.keys(surroundingsFields(surroundings));
  return (
    names.length <= MOST_SURROUNDINGS &&
    names.every((name) => name.length - name.indexOf(':') - 1 <= LONGEST_OWN_TEXT)
  );
}

/** What a record says was there, in the order it was written. */
export function surroundingsOf(record: EntryRecord): {
  readonly [Kind in SurroundingKind]: readonly string[];
} {
  const found: { [Kind in SurroundingKind]: string[] } = { activities: [], people: [], places: [], tags: [] };
  for (const [name, field] of Object.entries(record.fields)) {
    const match = FIELD.exec(name);
    const kind = SURROUNDING_KINDS.find((known) => known === match?.[1]);
    const word = match?.[2];
    if (kind !== undefined && word !== undefined && field.value === true) found[kind].push(word);
  }
  return found;
}

/** Whether a field name of a surroundings record is one this version reads. */
export function isSurroundingField(name: string): boolean {
  return FIELD.test(name);
}
