/**
 * Conditions: what a person lives with, or did, and since when. Each is a record of its own, tied to no day: two
 * devices that each add one end with both.
 */
import { z } from '@evenkeel/protocol';
import { type EntryRecord, subjectOf, valueOf } from '../entry.ts';
import { CATEGORY_NUMBERS } from '../categories.ts';
import { type Json, compareText } from '../json.ts';
import { isLocalDay } from '../local-day.ts';
import { ownTextSchema, tidyText } from './own-text.ts';

/** A year, a month or a day: `2019`, `2019-04`, `2019-04-12`. As much as is known. */
export type PartialDate = string;

export type Condition = {
  readonly text: string;
  readonly since?: PartialDate;
  readonly status: 'current' | 'past';
  /** May be empty. */
  readonly note: string;
};
export type HeldCondition = Condition & { readonly id: string };

export const LONGEST_CONDITION_NOTE = 1000;

export const conditionFieldSchemas = {
  text: z.nullable(ownTextSchema),
  since: z.nullable(z.string().check(z.refine(isPartialDate))),
  status: z.nullable(z.enum(['current', 'past'])),
  note: z.nullable(z.string().check(z.maxLength(LONGEST_CONDITION_NOTE))),
} as const;

/** Whether text is a year from 1900 on, a month of one, or a day that exists. */
export function isPartialDate(text: string): boolean {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? '01'), match[3]];
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return false;
  // The key tree begins in 2000; before that a day is looked up in a year of the same length.
  const alike = year % 400 === 0 ? 2000 : 2000 + (year % 4 === 0 && year % 100 !== 0 ? 4 : 1);
  return day === undefined || isLocalDay(`${alike}-${match[2]}-${day}`);
}

export function conditionFields(condition: Condition): Record<string, Json> {
  return {
    text: tidyText(condition.text),
    since: condition.since ?? null,
    status: condition.status,
    note: condition.note.toWellFormed().trim(),
  };
}

export function isCondition(condition: Condition): boolean {
  const fields = conditionFields(condition);
  return (
    conditionFieldSchemas.text.safeParse(fields['text']).success &&
    conditionFieldSchemas.since.safeParse(fields['since']).success &&
    conditionFieldSchemas.note.safeParse(fields['note']).success
  );
}

/** Undefined when the record is not about a condition. */
export function conditionOf(record: EntryRecord): HeldCondition | undefined {
  if (subjectOf(record) !== CATEGORY_NUMBERS.conditions) return undefined;
  const text = conditionFieldSchemas.text.safeParse(valueOf(record, 'text')).data ?? undefined;
  if (text === undefined) return undefined;
  const since = conditionFieldSchemas.since.safeParse(valueOf(record, 'since')).data ?? undefined;
  return {
    id: record.rec,
    text,
    ...(since !== undefined && { since }),
    status: conditionFieldSchemas.status.safeParse(valueOf(record, 'status')).data ?? 'current',
    note: conditionFieldSchemas.note.safeParse(valueOf(record, 'note')).data ?? '',
  };
}

/** Current ones first, then by the date they began, those without one last. */
export function conditionsOf(records: Iterable<EntryRecord>): readonly HeldCondition[] {
  return [...records]
    .flatMap((record) => conditionOf(record) ?? [])
    .toSorted(
      (a, b) =>
        compareText(a.status, b.status) ||
        compareText(a.since ?? '~', b.since ?? '~') ||
        compareText(a.text, b.text) ||
        compareText(a.id, b.id),
    );
}
