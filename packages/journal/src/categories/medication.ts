/** Medication: what was taken, missed or changed, in the person's words. Which there is lies in settings. */
import { z } from '@evenkeel/protocol';
import type { EntryRecord } from '../entry.ts';
import type { Json } from '../json.ts';
import { ownTextSchema, tidyText } from './own-text.ts';

export const DOSE_ANSWERS = ['taken', 'missed', 'changed'] as const;
export type DoseAnswer = (typeof DOSE_ANSWERS)[number];

export type Dose = {
  /** The id of the medication in settings. */
  readonly medication: string;
  /** Its name and dose at that time. */
  readonly text: string;
  readonly what: DoseAnswer;
  readonly note?: string;
};

export const MOST_DOSES = 60;

const FIELD = /^dose:([A-Za-z0-9_-]{1,32})$/;
export const doseFieldSchema = z.nullable(
  z.object({ text: ownTextSchema, what: z.enum(DOSE_ANSWERS), note: z.exactOptional(ownTextSchema) }),
);

/** One field for each medication, so that two devices can each add one. */
export function medicationFields(doses: readonly Dose[]): Record<string, Json> {
  return Object.fromEntries(
    doses.map(({ medication, text, what, note }) => {
      const kept = tidyText(note ?? '');
      return [`dose:${medication}`, { text: tidyText(text), what, ...(kept !== '' && { note: kept }) }];
    }),
  );
}

export function areDoses(doses: readonly Dose[]): boolean {
  return (
    doses.length <= MOST_DOSES &&
    Object.entries(medicationFields(doses)).every(
      ([name, value]) => FIELD.test(name) && doseFieldSchema.safeParse(value).success,
    )
  );
}

export function medicationOf(record: EntryRecord): readonly Dose[] {
  return Object.entries(record.fields).flatMap(([name, field]): Dose[] => {
    const medication = FIELD.exec(name)?.[1];
    const said = doseFieldSchema.safeParse(field.value);
    return medication === undefined || !said.success || said.data === null
      ? []
      : [{ medication, ...said.data }];
  });
}

export function isDoseField(name: string): boolean {
  return FIELD.test(name);
}
