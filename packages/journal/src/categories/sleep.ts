/**
 * Sleep: the night that ended on the day of the record. Times are what the clock on the wall showed; minutes are
 * the person's own figure, which need not be the time between them. Any part may be absent.
 */
import { z } from '@evenkeel/protocol';
import { type EntryRecord, type When, valueOf } from '../entry.ts';
import type { Json } from '../json.ts';
import { type LocalDay, addDays, instantOfWallTime } from '../local-day.ts';

export type Sleep = {
  /** HH:MM, 24 hours, when the person fell asleep: on the day of the record or the evening before. */
  readonly asleep?: string;
  /** HH:MM, 24 hours, when the person woke up, on the day of the record. */
  readonly awake?: string;
  /** Minutes slept, as the person put it: 0–1440. */
  readonly minutes?: number;
  /** How well: 1 very badly – 5 very well. */
  readonly quality?: number;
};

export const MOST_SLEEP_MINUTES = 1440;

const wallTimeSchema = z.nullable(z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)));

export const sleepFieldSchemas = {
  asleep: wallTimeSchema,
  awake: wallTimeSchema,
  minutes: z.nullable(z.int().check(z.gte(0), z.lte(MOST_SLEEP_MINUTES))),
  quality: z.nullable(z.int().check(z.gte(1), z.lte(5))),
} as const;

export function sleepFields(sleep: Sleep) {
  return {
    asleep: sleep.asleep ?? null,
    awake: sleep.awake ?? null,
    minutes: sleep.minutes ?? null,
    quality: sleep.quality ?? null,
  } satisfies Record<string, Json>;
}

export function isSleep(sleep: Sleep): boolean {
  const fields = sleepFields(sleep);
  return (
    sleepFieldSchemas.asleep.safeParse(fields.asleep).success &&
    sleepFieldSchemas.awake.safeParse(fields.awake).success &&
    sleepFieldSchemas.minutes.safeParse(fields.minutes).success &&
    sleepFieldSchemas.quality.safeParse(fields.quality).success
  );
}

export function sleepOf(record: EntryRecord): Sleep {
  const asleep = sleepFieldSchemas.asleep.safeParse(valueOf(record, 'asleep')).data ?? undefined;
  const awake = sleepFieldSchemas.awake.safeParse(valueOf(record, 'awake')).data ?? undefined;
  const minutes = sleepFieldSchemas.minutes.safeParse(valueOf(record, 'minutes')).data ?? undefined;
  const quality = sleepFieldSchemas.quality.safeParse(valueOf(record, 'quality')).data ?? undefined;
  return {
    ...(asleep !== undefined && { asleep }),
    ...(awake !== undefined && { awake }),
    ...(minutes !== undefined && { minutes }),
    ...(quality !== undefined && { quality }),
  };
}

/**
 * Minutes slept: the person's own figure, else what lies between falling asleep and waking, across midnight and
 * a change of the clocks. Undefined when neither is known. The same time twice says nothing.
 */
export function minutesSlept(sleep: Sleep, when: When): number | undefined {
  if (sleep.minutes !== undefined) return sleep.minutes;
  if (sleep.asleep === undefined || sleep.awake === undefined || sleep.asleep === sleep.awake)
    return undefined;
  if (when.precision === 'undated') return undefined;
  const fell = sleep.asleep > sleep.awake ? addDays(when.day, -1) : when.day;
  const from = instant(fell, sleep.asleep, when.zone);
  const until = instant(when.day, sleep.awake, when.zone);
  if (from === undefined || until === undefined) return undefined;
  return Math.min(MOST_SLEEP_MINUTES, Math.max(0, Math.round((until - from) / 60_000)));
}

/** Milliseconds UTC; a zone that this machine does not know is read as UTC. */
function instant(day: LocalDay, time: string, zone: string): number | undefined {
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(3))];
  return (instantOfWallTime(day, hour, minute, zone) ?? instantOfWallTime(day, hour, minute, 'UTC'))?.ms;
}
