/**
 * Choices there is one of: whether something is tracked, when a questionnaire is due. Their record ids are random,
 * because an id made from a name would tell a server what is tracked. Two devices that each choose therefore make
 * two records; the one written last counts.
 */
import { z } from '@evenkeel/protocol';
import { isLocalDay, type LocalDay } from '../local-day.ts';
import { instrumentSchema } from './questionnaires.ts';

/** What can be switched on and off. A mood and words can always be written. */
export const TRACKABLES = [
  'values',
  'surroundings',
  'sleep',
  'energy',
  'symptoms',
  'cravings',
  'substances',
  'medication',
  'trackers',
  'conditions',
  'questionnaires',
  'plan',
] as const;
export type Trackable = (typeof TRACKABLES)[number];

export type TrackedSetting = { readonly kind: 'tracked'; readonly what: Trackable; readonly on: boolean };

/** A questionnaire to be offered again and again. */
export type QuestionnaireSchedule = {
  readonly kind: 'questionnaire-schedule';
  readonly instrument: string;
  /** Days from one to the next: 1–366. */
  readonly everyDays: number;
  /** The first day it is due. */
  readonly from: LocalDay;
  readonly on: boolean;
};

export type ChoiceSetting = TrackedSetting | QuestionnaireSchedule;

export const choiceSettingSchemas = [
  z.object({ kind: z.literal('tracked'), what: z.enum(TRACKABLES), on: z.boolean() }),
  z.object({
    kind: z.literal('questionnaire-schedule'),
    instrument: instrumentSchema,
    everyDays: z.int().check(z.gte(1), z.lte(366)),
    from: z.string().check(z.refine(isLocalDay)),
    on: z.boolean(),
  }),
] as const;
