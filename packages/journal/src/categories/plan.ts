/**
 * The safety plan: one for each person, in their own words. Each line is a record of its own, tied to no day: two
 * devices that each begin a plan offline end with one plan that holds both. The parts follow Stanley and Brown,
 * Safety Planning Intervention (Cogn Behav Pract 2012;19:256–264, doi:10.1016/j.cbpra.2011.01.001).
 */
import { z } from '@evenkeel/protocol';
import { CATEGORY_NUMBERS } from '../categories.ts';
import { type EntryRecord, subjectOf, valueOf } from '../entry.ts';
import { type Json, compareText } from '../json.ts';
import { tidyText } from './own-text.ts';

/** In the order of the plan. */
export const PLAN_SECTIONS = [
  'warning-signs',
  'alone',
  'people-and-places',
  'people-to-ask',
  'professionals',
  'safer-place',
  'reasons',
] as const;
export type PlanSection = (typeof PLAN_SECTIONS)[number];

export type PlanLine = {
  readonly section: PlanSection;
  readonly text: string;
  /** As the person wrote it: digits, blanks, + and so on. */
  readonly phone?: string;
  /** Sorts the lines of a section, ascending; any number. */
  readonly order: number;
};
export type HeldPlanLine = PlanLine & { readonly id: string };

export const LONGEST_PLAN_LINE = 500;

export const planFieldSchemas = {
  section: z.nullable(z.enum(PLAN_SECTIONS)),
  text: z.nullable(z.string().check(z.minLength(1), z.maxLength(LONGEST_PLAN_LINE))),
  phone: z.nullable(z.string().check(z.regex(/^[0-9+*#()\s./-]{1,40}$/))),
  order: z.nullable(z.number()),
} as const;

export function planLineFields(line: PlanLine): Record<string, Json> {
  const phone = tidyText(line.phone ?? '');
  return {
    section: line.section,
    text: tidyText(line.text),
    phone: phone === '' ? null : phone,
    order: line.order,
  };
}

export function isPlanLine(line: PlanLine): boolean {
  const fields = planLineFields(line);
  return (
    planFieldSchemas.text.safeParse(fields['text']).success &&
    planFieldSchemas.phone.safeParse(fields['phone']).success &&
    planFieldSchemas.order.safeParse(fields['order']).success
  );
}

/** Undefined when the record is not a line of a plan. */
export function planLineOf(record: EntryRecord): HeldPlanLine | undefined {
  if (subjectOf(record) !== CATEGORY_NUMBERS.plan) return undefined;
  const section = planFieldSchemas.section.safeParse(valueOf(record, 'section')).data ?? undefined;
  const text = planFieldSchemas.text.safeParse(valueOf(record, 'text')).data ?? undefined;
  if (section === undefined || text === undefined) return undefined;
  const phone = planFieldSchemas.phone.safeParse(valueOf(record, 'phone')).data ?? undefined;
  return {
    id: record.rec,
    section,
    text,
    ...(phone !== undefined && { phone }),
    order: planFieldSchemas.order.safeParse(valueOf(record, 'order')).data ?? 0,
  };
}

/** All lines, by section and in the person's order. */
export function planOf(records: Iterable<EntryRecord>): readonly HeldPlanLine[] {
  return [...records]
    .flatMap((record) => planLineOf(record) ?? [])
    .toSorted(
      (a, b) =>
        PLAN_SECTIONS.indexOf(a.section) - PLAN_SECTIONS.indexOf(b.section) ||
        a.order - b.order ||
        compareText(a.text, b.text) ||
        compareText(a.id, b.id),
    );
}
