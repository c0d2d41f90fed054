/**
 * The person's own lists: what they value, tag with, rate, take and count. Every item has a text, a place in its
 * list, and can be put away; what was answered about it stays.
 */
import { z } from '@evenkeel/protocol';
import { ownTextSchema } from './own-text.ts';
import { LONGEST_UNIT } from './substances.ts';
import { SURROUNDING_KINDS, type SurroundingKind } from './surroundings.ts';

export const LIFE_AREAS = [
  'family',
  'partner',
  'friends',
  'work',
  'learning',
  'health',
  'fun',
  'home',
  'community',
  'nature',
  'spirit',
  'other',
] as const;
export type LifeArea = (typeof LIFE_AREAS)[number];

type Listed = {
  readonly text: string;
  /** Sorts the list, ascending; any number. */
  readonly order: number;
  /** Put away: no longer asked about, kept for what was answered. */
  readonly archived: boolean;
};

/** Something that matters to the person. */
export type ValueSetting = Listed & {
  readonly kind: 'value';
  readonly area: LifeArea;
  /** How much it matters: whole number 0–10. */
  readonly importance: number;
};

/** An activity, person, place or tag that the person can touch instead of typing. */
export type SurroundingSetting = Listed & { readonly kind: 'surrounding'; readonly group: SurroundingKind };

/** Something in body or mind to rate: "headache". */
export type SymptomSetting = Listed & { readonly kind: 'symptom' };

/** An urge to rate: "to drink". */
export type CravingSetting = Listed & { readonly kind: 'craving' };

/** Something used. Alcohol is counted in drinks and UK units, anything else in the person's unit. */
export type SubstanceSetting = Listed & {
  readonly kind: 'substance';
  /** "g", "tablets"; may be empty. */
  readonly unit: string;
  readonly alcohol: boolean;
};

export type MedicationSetting = Listed & {
  readonly kind: 'medication';
  /** "50 mg in the morning"; may be empty. */
  readonly dose: string;
};

/** Something of the person's own to rate or count, in one of five shapes. A shape does not change. */
export type TrackerSetting = Listed & { readonly kind: 'tracker'; readonly form: TrackerForm };
export type TrackerForm =
  /** Whole numbers from `min` to `max`. */
  | { readonly shape: 'scale'; readonly min: number; readonly max: number }
  | { readonly shape: 'count'; readonly unit: string }
  | { readonly shape: 'yes-no' }
  | { readonly shape: 'duration' }
  | { readonly shape: 'choice'; readonly choices: readonly string[] };

export type ListedSetting =
  | ValueSetting
  | SurroundingSetting
  | SymptomSetting
  | CravingSetting
  | SubstanceSetting
  | MedicationSetting
  | TrackerSetting;
export type ListKind = ListedSetting['kind'];

export const MOST_CHOICES = 12;
/** The widest scale: more steps than can be told apart are a number, not a scale. */
export const WIDEST_SCALE = 100;

const listed = { text: ownTextSchema, order: z.number(), archived: z.boolean() };
const boundSchema = z.int().check(z.gte(-1000), z.lte(1000));
const formSchema = z.discriminatedUnion('shape', [
  z
    .object({ shape: z.literal('scale'), min: boundSchema, max: boundSchema })
    .check(z.refine(({ min, max }) => max > min && max - min <= WIDEST_SCALE)),
  z.object({ shape: z.literal('count'), unit: z.string().check(z.maxLength(LONGEST_UNIT)) }),
  z.object({ shape: z.literal('yes-no') }),
  z.object({ shape: z.literal('duration') }),
  z.object({
    shape: z.literal('choice'),
    choices: z.array(ownTextSchema).check(z.minLength(2), z.maxLength(MOST_CHOICES)),
  }),
]);

export const listedSettingSchemas = [
  z.object({
    kind: z.literal('value'),
    ...listed,
    area: z.enum(LIFE_AREAS),
    importance: z.int().check(z.gte(0), z.lte(10)),
  }),
  z.object({ kind: z.literal('surrounding'), ...listed, group: z.enum(SURROUNDING_KINDS) }),
  z.object({ kind: z.literal('symptom'), ...listed }),
  z.object({ kind: z.literal('craving'), ...listed }),
  z.object({
    kind: z.literal('substance'),
    ...listed,
    unit: z.string().check(z.maxLength(LONGEST_UNIT)),
    alcohol: z.boolean(),
  }),
  z.object({ kind: z.literal('medication'), ...listed, dose: z.string().check(z.maxLength(120)) }),
  z.object({ kind: z.literal('tracker'), ...listed, form: formSchema }),
] as const;
