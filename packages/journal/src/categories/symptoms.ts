/**
 * Symptoms: how much energy there was, what was felt in the body or the mind and how strongly, and cravings. What
 * the person asks themselves about lies in settings; a record carries the words, so that it reads by itself.
 */
import { z } from '@evenkeel/protocol';
import { type EntryRecord, valueOf } from '../entry.ts';
import type { Json } from '../json.ts';
import { ownTextSchema, tidyText } from './own-text.ts';

export const PARTS_OF_DAY = ['night', 'morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof PARTS_OF_DAY)[number];

/** 0 none, 1 mild, 2 strong, 3 severe. */
export const MOST_SEVERITY = 3;

export type Symptom = {
  /** The id of its definition in settings. */
  readonly id: string;
  readonly text: string;
  /** Whole number 0–3. */
  readonly severity: number;
  /** When in the day, where that was said. One symptom can have an answer for each part. */
  readonly part?: PartOfDay;
};

export type Craving = {
  readonly id: string;
  readonly text: string;
  /** Whole number 0 none – 10 as strong as can be. */
  readonly strength: number;
};

export type Symptoms = {
  /** Whole number 0 none at all – 10 full of it. */
  readonly energy?: number;
  readonly symptoms?: readonly Symptom[];
  readonly cravings?: readonly Craving[];
};

export const MOST_SYMPTOMS = 60;

const SYMPTOM_FIELD = /^symptom:([A-Za-z0-9_-]{1,32})(?::(night|morning|afternoon|evening))?$/;
const CRAVING_FIELD = /^craving:([A-Za-z0-9_-]{1,32})$/;

const tenSchema = z.int().check(z.gte(0), z.lte(10));
export const energySchema = z.nullable(tenSchema);
export const symptomFieldSchema = z.nullable(
  z.object({ text: ownTextSchema, severity: z.int().check(z.gte(0), z.lte(MOST_SEVERITY)) }),
);
export const cravingFieldSchema = z.nullable(z.object({ text: ownTextSchema, strength: tenSchema }));

/** One field for each answer, so that two devices can each add one. */
export function symptomsFields(said: Symptoms): Record<string, Json> {
  const symptoms = (said.symptoms ?? []).map(({ id, text, severity, part }): [string, Json] => [
    part === undefined ? `symptom:${id}` : `symptom:${id}:${part}`,
    { text: tidyText(text), severity },
  ]);
  const cravings = (said.cravings ?? []).map(({ id, text, strength }): [string, Json] => [
    `craving:${id}`,
    { text: tidyText(text), strength },
  ]);
  return { energy: said.energy ?? null, ...Object.fromEntries([...symptoms, ...cravings]) };
}

export function areSymptoms(said: Symptoms): boolean {
  const fields = Object.entries(symptomsFields(said));
  return (
    fields.length <= MOST_SYMPTOMS &&
    fields.every(([name, value]) => symptomsSchemaOf(name)?.safeParse(value).success === true)
  );
}

export function symptomsOf(record: EntryRecord): Symptoms {
  const energy = energySchema.safeParse(valueOf(record, 'energy')).data ?? undefined;
  const symptoms: Symptom[] = [];
  const cravings: Craving[] = [];
  for (const [name, field] of Object.entries(record.fields)) {
    const [, symptom, partName] = SYMPTOM_FIELD.exec(name) ?? [];
    const said = symptomFieldSchema.safeParse(field.value);
    if (symptom !== undefined && said.success && said.data !== null) {
      const part = PARTS_OF_DAY.find((known) => known === partName);
      symptoms.push({ id: symptom, ...said.data, ...(part !== undefined && { part }) });
    }
    const craving = CRAVING_FIELD.exec(name)?.[1];
    const strength = cravingFieldSchema.safeParse(field.value);
    if (craving !== undefined && strength.success && strength.data !== null)
      cravings.push({ id: craving, ...strength.data });
  }
  return {
    ...(energy !== undefined && { energy }),
    ...(symptoms.length > 0 && { symptoms }),
    ...(cravings.length > 0 && { cravings }),
  };
}

/** What a field of a symptoms record may hold. */
export function symptomsSchemaOf(name: string) {
  if (name === 'energy') return energySchema;
  if (SYMPTOM_FIELD.test(name)) return symptomFieldSchema;
  return CRAVING_FIELD.test(name) ? cravingFieldSchema : undefined;
}
