/**
 * Trackers: what a person counts, rates or notes of their own. What a tracker asks lies in settings; an answer
 * carries its words and bounds, so that it reads by itself.
 */
import { z } from '@evenkeel/protocol';
import type { EntryRecord } from '../entry.ts';
import type { Json } from '../json.ts';
import { ownTextSchema, tidyText } from './own-text.ts';

export const TRACKER_SHAPES = ['scale', 'count', 'yes-no', 'duration', 'choice'] as const;
export type TrackerShape = (typeof TRACKER_SHAPES)[number];

export type TrackerValue =
  /** A number from `min` to `max`. */
  | { readonly shape: 'scale'; readonly value: number; readonly min: number; readonly max: number }
  /** How many, in a unit of the person's ("cups"); the unit may be empty. */
  | { readonly shape: 'count'; readonly value: number; readonly unit: string }
  | { readonly shape: 'yes-no'; readonly value: boolean }
  /** Minutes. */
  | { readonly shape: 'duration'; readonly value: number }
  /** The text that was chosen. */
  | { readonly shape: 'choice'; readonly value: string };

export type TrackerAnswer = {
  /** The id of the tracker in settings. */
  readonly tracker: string;
  readonly text: string;
  readonly said: TrackerValue;
};

export const MOST_TRACKERS = 60;
export const MOST_COUNT = 1_000_000;
export const MOST_MINUTES = 10_080;

const FIELD = /^tracker:([A-Za-z0-9_-]{1,32})$/;

const valueSchema = z.discriminatedUnion('shape', [
  z.object({ shape: z.literal('scale'), value: z.number(), min: z.number(), max: z.number() }),
  z.object({
    shape: z.literal('count'),
    value: z.number().check(z.gte(0), z.lte(MOST_COUNT)),
    unit: z.string().check(z.maxLength(40)),
  }),
  z.object({ shape: z.literal('yes-no'), value: z.boolean() }),
  z.object({ shape: z.literal('duration'), value: z.int().check(z.gte(0), z.lte(MOST_MINUTES)) }),
  z.object({ shape: z.literal('choice'), value: ownTextSchema }),
]);
export const trackerFieldSchema = z.nullable(z.object({ text: ownTextSchema, said: valueSchema }));

/** One field for each tracker, so that two devices can each answer one. */
export function trackersFields(answers: readonly TrackerAnswer[]): Record<string, Json> {
  return Object.fromEntries(
    answers.map(({ tracker, text, said }) => [
      `tracker:${tracker}`,
      {
        text: tidyText(text),
        said: said.shape === 'choice' ? { ...said, value: tidyText(said.value) } : { ...said },
      },
    ]),
  );
}

export function areTrackers(answers: readonly TrackerAnswer[]): boolean {
  return (
    answers.length <= MOST_TRACKERS &&
    Object.entries(trackersFields(answers)).every(
      ([name, value]) => FIELD.test(name) && trackerFieldSchema.safeParse(value).success,
    ) &&
    answers.every(({ said }) => said.shape !== 'scale' || (said.value >= said.min && said.value <= said.max))
  );
}

export function trackersOf(record: EntryRecord): readonly TrackerAnswer[] {
  return Object.entries(record.fields).flatMap(([name, field]): TrackerAnswer[] => {
    const tracker = FIELD.exec(name)?.[1];
    const said = trackerFieldSchema.safeParse(field.value);
    return tracker === undefined || !said.success || said.data === null ? [] : [{ tracker, ...said.data }];
  });
}

export function isTrackerField(name: string): boolean {
  return FIELD.test(name);
}
