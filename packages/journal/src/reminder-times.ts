/**
 * When a reminder rings: pure, from the reminder and the days on which the person already said what it asks for.
 *
 * A day that was answered is not asked about. Nor is one too soon after the last unanswered asking, where the
 * reminder eases off: after five askings without an answer it leaves a day between, after five more it comes once
 * in seven days. An answer, a pause or a change begins anew. Nobody is told of it; it is no score.
 */
import { CATEGORY_NUMBERS } from './categories.ts';
import { medicationOf } from './categories/medication.ts';
import { questionnaireOf } from './categories/questionnaires.ts';
import type { ReminderSetting, ReminderTarget, WallClock } from './categories/reminders.ts';
import { symptomsOf } from './categories/symptoms.ts';
import { trackersOf } from './categories/trackers.ts';
import { type EntryRecord, subjectOf } from './entry.ts';
import { type LocalDay, addDays, dayOfInstant, instantOfWallTime, noonOfDay } from './local-day.ts';

/** `at` is milliseconds UTC; `day` is the day it asks about, which quiet hours may push over midnight. */
export type Ring = { readonly at: number; readonly day: LocalDay };

/** A time after `after` and not after `until`, in milliseconds UTC. */
export type RingSpan = { readonly after: number; readonly until: number };

/** Unanswered askings before the reminder leaves more days between: at least so many from one to the next. */
const EASING = [
  { asked: 10, gap: 7 },
  { asked: 5, gap: 2 },
] as const;
const DAY_MS = 86_400_000;

/** The rings in a span, in order. `answered`: the days on which what it asks for was said. */
export function ringsIn(
  reminder: ReminderSetting,
  answered: ReadonlySet<LocalDay>,
  { after, until }: RingSpan,
): readonly Ring[] {
  if (!reminder.on || until <= after) return [];
  const rings: Ring[] = [];
  // Quiet hours push a ring into the next day at most.
  const first = addDays(dayOfInstant(after, reminder.zone), -1);
  const last = dayOfInstant(until, reminder.zone);
  for (const day of daysAsked(reminder, answered, last)) {
    if (day < first) continue;
    for (const at of instantsOf(reminder, answered, day)) {
      const latest = rings.at(-1)?.at ?? after;
      if (at > latest && at <= until) rings.push({ at, day });
    }
  }
  return rings;
}

/** When a time of day rings, given the quiet hours; `later`: on the day after. */
export function timeOutOfQuiet(
  time: WallClock,
  quiet: ReminderSetting['quiet'],
): { readonly time: WallClock; readonly later: boolean } {
  if (quiet === null || quiet.from === quiet.to) return { time, later: false };
  const { from, to } = quiet;
  if (from < to) return { time: time >= from && time < to ? to : time, later: false };
  if (time >= from) return { time: to, later: true };
  return { time: time < to ? to : time, later: false };
}

/** Whether these records, all of one day, say what the reminder asks for. */
export function answersReminder(opens: ReminderTarget, records: readonly EntryRecord[]): boolean {
  switch (opens.what) {
    case 'check-in':
      return records.length > 0;
    case 'questionnaire':
      return records.some((record) => {
        if (subjectOf(record) !== CATEGORY_NUMBERS.questionnaires) return false;
        return questionnaireOf(record)?.instrument === opens.instrument;
      });
    case 'part':
      return records.some(
        (record) =>
          saysPart(opens.part, record) && (opens.item === undefined || saysItem(opens.item, record)),
      );
    case 'review':
      return records.some((record) => saysPart('values', record) && isLookBack(record, records));
  }
}

/** A look back holds closeness, and words if any: an ordinary check-in says more of its moment. */
function isLookBack({ moment }: EntryRecord, records: readonly EntryRecord[]): boolean {
  const { values, words } = CATEGORY_NUMBERS;
  return records.every((one) => one.moment !== moment || [values, words].some((n) => n === subjectOf(one)));
}

function saysItem(item: string, record: EntryRecord): boolean {
  return (
    trackersOf(record).some(({ tracker }) => tracker === item) ||
    medicationOf(record).some(({ medication }) => medication === item)
  );
}

function saysPart(
  part: Extract<ReminderTarget, { readonly what: 'part' }>['part'],
  record: EntryRecord,
): boolean {
  switch (part) {
    case 'energy':
    case 'symptoms':
    case 'cravings': {
      if (subjectOf(record) !== CATEGORY_NUMBERS.symptoms) return false;
      const said = symptomsOf(record);
      return part === 'energy' ? said.energy !== undefined : (said[part]?.length ?? 0) > 0;
    }
    case 'values':
    case 'surroundings':
    case 'sleep':
    case 'substances':
    case 'medication':
    case 'trackers':
      return subjectOf(record) === CATEGORY_NUMBERS[part];
  }
}

/** The days up to `last` on which it asks, in order. Nothing is asked before a pause is over. */
function daysAsked(
  reminder: ReminderSetting,
  answered: ReadonlySet<LocalDay>,
  last: LocalDay,
): readonly LocalDay[] {
  const { from, pausedUntil, easesOff } = reminder;
  const days: LocalDay[] = [];
  let unanswered: LocalDay[] = [];
  const start = pausedUntil !== null && pausedUntil > from ? pausedUntil : from;
  for (let day = start; day <= last; day = addDays(day, 1)) {
    if (answered.has(day)) {
      unanswered = [];
    } else if (isDueOn(reminder, day)) {
      const before = unanswered.at(-1);
      const isTooSoon =
        easesOff && before !== undefined && daysBetween(before, day) < gapAfter(unanswered.length);
      if (isTooSoon) continue;
      days.push(day);
      unanswered.push(day);
    }
  }
  return days;
}

function isDueOn({ days, from }: ReminderSetting, day: LocalDay): boolean {
  switch (days.rhythm) {
    case 'weekdays':
      return days.on.includes(weekdayOf(day));
    case 'every':
      return daysBetween(from, day) % days.count === 0;
  }
}

function gapAfter(unanswered: number): number {
  return EASING.find(({ asked }) => unanswered >= asked)?.gap ?? 1;
}

/** In order; a time in the quiet hours waits until they end, and goes where that day was answered meanwhile. */
function instantsOf(
  { times, quiet, zone }: ReminderSetting,
  answered: ReadonlySet<LocalDay>,
  day: LocalDay,
): readonly number[] {
  return times
    .flatMap((time) => {
      const rung = timeOutOfQuiet(time, quiet);
      const rungOn = rung.later ? addDays(day, 1) : day;
      if (answered.has(rungOn)) return [];
      const [hour, minute] = rung.time.split(':').map(Number);
      return instantOfWallTime(rungOn, hour ?? 0, minute ?? 0, zone)?.ms ?? [];
    })
    .toSorted((a, b) => a - b);
}

function daysBetween(a: LocalDay, b: LocalDay): number {
  return Math.round((noonOfDay(b) - noonOfDay(a)) / DAY_MS);
}

/** 1 Monday – 7 Sunday. */
function weekdayOf(day: LocalDay): number {
  return new Date(noonOfDay(day)).getUTCDay() || 7;
}
