import type { LocalDay } from '@evenkeel/journal';
import type { I18n } from '@lingui/core';
import { defineMessages } from './define-messages.ts';
import type { Message } from './define-messages.ts';

const messages = defineMessages('dates', {
  today: 'Today',
  yesterday: 'Yesterday',
  todayInside: 'today',
  yesterdayInside: 'yesterday',
});

/** “Today”, “Yesterday”, “Sunday 12 July”, and with its year when that is another one. */
export function dayName(i18n: I18n, day: LocalDay, today: LocalDay = localDayOf(Date.now())): string {
  if (day === today) return say(i18n, messages.today);
  if (day === dayBefore(today)) return say(i18n, messages.yesterday);
  return longDay(i18n, day, day.slice(0, 4) !== today.slice(0, 4));
}

/** The same inside a sentence: “today”, “yesterday”, “Sunday 12 July”. */
export function dayInside(i18n: I18n, day: LocalDay, today: LocalDay = localDayOf(Date.now())): string {
  if (day === today) return say(i18n, messages.todayInside);
  if (day === dayBefore(today)) return say(i18n, messages.yesterdayInside);
  return dayName(i18n, day, today);
}

/** “Sunday 12 July”. */
export function longDay(i18n: I18n, day: LocalDay, withYear = false): string {
  return format(i18n, noon(day), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(withYear ? { year: 'numeric' as const } : {}),
    timeZone: 'UTC',
  }).replace(',', '');
}

/** “12 July 2026”, for what has a date and no nearness. */
export function dateOf(i18n: I18n, ms: number): string {
  return format(i18n, ms, { day: 'numeric', month: 'long', year: 'numeric' });
}

const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** “18:42” on the wall clock of `zone`, or of this device. */
export function clockTime(i18n: I18n, ms: number, zone?: string): string {
  return format(i18n, ms, { ...hour, ...(zone ? { timeZone: zone } : {}) });
}

/** The local day of an instant on this device. */
export function localDayOf(ms: number): LocalDay {
  const date = new Date(ms);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** “18:42”; “18:42 Japan Time” where this device's clock said something else. */
export function clockOf(i18n: I18n, ms: number, timeZone: string): string {
  const time = clockTime(i18n, ms, timeZone);
  if (time === clockTime(i18n, ms)) return time;
  return format(i18n, ms, { ...hour, timeZone, timeZoneName: 'shortGeneric' });
}

/** HH:MM of an instant on this device, as a time field takes it. */
export function localTimeOf(ms: number): string {
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

function say(i18n: I18n, { id, message }: Message): string {
  return i18n._(id, {}, { message });
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function format(i18n: I18n, ms: number, options: Intl.DateTimeFormatOptions): string {
  const key = `${i18n.locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known.format(ms);
  const made = zoned(i18n.locale, options);
  formatters.set(key, made);
  return made.format(ms);
}

/** An entry may come from a zone this browser does not know yet: then the device's own zone is shown. */
function zoned(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch {
    const { timeZone: _, ...others } = options;
    return new Intl.DateTimeFormat(locale, others);
  }
}

function noon(day: LocalDay): number {
  return Date.parse(`${day}T12:00:00Z`);
}

function dayBefore(day: LocalDay): LocalDay {
  return new Date(noon(day) - 86_400_000).toISOString().slice(0, 10);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
