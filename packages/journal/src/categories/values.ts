/**
 * Values: what matters to the person, in their words, and how close to it they lived (0 not at all – 10 fully).
 * What a value *is* lies in settings; a check-in carries the text it had then, so that it reads by itself.
 */
import { z } from '@evenkeel/protocol';
import { type EntryRecord } from '../entry.ts';
import type { Json } from '../json.ts';
import { ownTextSchema, tidyText } from './own-text.ts';

export type Closeness = {
  /** The id of the value's definition in settings. */
  readonly value: string;
  /** The person's text for it at that time. */
  readonly text: string;
  /** Whole number 0–10. */
  readonly closeness: number;
};

export const MOST_VALUES = 40;

const FIELD = /^closeness:([A-Za-z0-9_-]{1,32})$/;
export const closenessFieldSchema = z.nullable(
  z.object({ text: ownTextSchema, closeness: z.int().check(z.gte(0), z.lte(10)) }),
);

/** Closeness as fields, one for each value, so that two devices can each add one. */
export function valuesFields(values: readonly Closeness[]): Record<string, Json> {
  return Object.fromEntries(
    values.map(({ value, text, closeness }) => [fieldOf(value), { text: tidyText(text), closeness }]),
  );
}

export function areValues(values: readonly Closeness[]): boolean {
  return (
    values.length <= MOST_VALUES &&
    Object.entries(valuesFields(values)).every(
      ([name, field]) => FIELD.test(name) && closenessFieldSchema.safeParse(field).success,
    )
  );
}

/** What a record says of each value now, in the order the values were first answered. */
export function valuesOf(record: EntryRecord): readonly Closeness[] {
  const found: Closeness[] = [];
  for (const [name, field] of Object.entries(record.fields)) {
    const value = FIELD.exec(name)?.[1];
    const parsed = closenessFieldSchema.safeParse(field.value);
    if (value !== undefined && parsed.success && parsed.data !== null) found.push({ value, ...parsed.data });
  }
  return found;
}

/** Whether a field name of a values record is one this version reads. */
export function isClosenessField(name: string): boolean {
  return FIELD.test(name);
}

function fieldOf(value: string): string {
  return `closeness:${value}`;
}
