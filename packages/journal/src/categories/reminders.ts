/**
 * Reminders: when the person wants to be asked, about what, and in which words. One record each, among the
 * settings, so that every device of theirs knows it and a server can read none of it. When a reminder rings is
 * worked out in reminder-times.ts.
 */
import { z } from '@evenkeel/protocol';
import { type LocalDay, isLocalDay, isZoneName } from '../local-day.ts';
import { ownTextSchema } from './own-text.ts';
import { instrumentSchema } from './questionnaires.ts';

/** `HH:MM` on the wall clock, 00:00–23:59. */
export type WallClock = string;

/** Parts of a check-in that a reminder can open. */
export const REMINDABLE_PARTS = [
  'values',
  'surroundings',
  'sleep',
  'energy',
  'symptoms',
  'cravings',
  'substances',
  'medication',
  'trackers',
] as const;
export type RemindablePart = (typeof REMINDABLE_PARTS)[number];

/** What a touch on the reminder opens. */
export type ReminderTarget =
  | { readonly what: 'check-in' }
  /** `item`: one tracker or one medication of that part, by its id in the person's lists. */
  | { readonly what: 'part'; readonly part: RemindablePart; readonly item?: string }
  /** The look back on the week, value by value. */
  | { readonly what: 'review' }
  | { readonly what: 'questionnaire'; readonly instrument: string };

export type ReminderDays =
  /** 1 Monday – 7 Sunday (ISO 8601), each once, ascending. */
  | { readonly rhythm: 'weekdays'; readonly on: readonly number[] }
  /** Every so many days, counted from the reminder's first day: 1–366. */
  | { readonly rhythm: 'every'; readonly count: number };

export type ReminderSetting = {
  readonly kind: 'reminder';
  /** The person's own words; shown inside the app alone. */
  readonly text: string;
  /** Ascending, each once. */
  readonly times: readonly WallClock[];
  readonly days: ReminderDays;
  readonly opens: ReminderTarget;
  /** IANA name of the zone whose clocks count. */
  readonly zone: string;
  /** What would ring inside waits until `to`. May go over midnight. */
  readonly quiet: { readonly from: WallClock; readonly to: WallClock } | null;
  /** The first day. It is set anew when the person changes the reminder, so that easing off begins again. */
  readonly from: LocalDay;
  /** Whether it asks less and less often while nobody answers. */
  readonly easesOff: boolean;
  /** The first day it asks again; null when it is not paused. */
  readonly pausedUntil: LocalDay | null;
  readonly on: boolean;
};
export type HeldReminder = ReminderSetting & { readonly id: string };

export const MOST_TIMES = 6;

const WALL_CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const timeSchema = z.string().check(z.regex(WALL_CLOCK));
const daySchema = z.string().check(z.refine(isLocalDay));

export const reminderSchema = z.object({
  kind: z.literal('reminder'),
  text: ownTextSchema,
  times: z.array(timeSchema).check(z.minLength(1), z.maxLength(MOST_TIMES), z.refine(isAscending)),
  days: z.discriminatedUnion('rhythm', [
    z.object({
      rhythm: z.literal('weekdays'),
      on: z
        .array(z.int().check(z.gte(1), z.lte(7)))
        .check(z.minLength(1), z.maxLength(7), z.refine(isAscending)),
    }),
    z.object({ rhythm: z.literal('every'), count: z.int().check(z.gte(1), z.lte(366)) }),
  ]),
  opens: z.discriminatedUnion('what', [
    z.object({ what: z.literal('check-in') }),
    z.object({
      what: z.literal('part'),
      part: z.enum(REMINDABLE_PARTS),
      item: z.exactOptional(z.string().check(z.regex(/^[\w-]{1,32}$/))),
    }),
    z.object({ what: z.literal('review') }),
    z.object({ what: z.literal('questionnaire'), instrument: instrumentSchema }),
  ]),
  zone: z.string().check(z.refine(isZoneName)),
  quiet: z.nullable(z.object({ from: timeSchema, to: timeSchema })),
  from: daySchema,
  easesOff: z.boolean(),
  pausedUntil: z.nullable(daySchema),
  on: z.boolean(),
});

function isAscending(list: readonly (number | string)[]): boolean {
  return list.every((one, place) => {
    const before = list[place - 1];
    return before === undefined || before < one;
  });
}
