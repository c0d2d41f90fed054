import type { LocalDay, PartialDate } from '@evenkeel/journal';
import type { I18n } from '@lingui/core';
import { defineMessages } from './define-messages.ts';

const messages = defineMessages('shortDates', {
  todayAt: 'today, {time}',
  yesterdayAt: 'yesterday, {time}',
  weekdayAt: '{weekday} {time}',
  dateAt: '{date}, {time}',
});

/** “15 Apr”; with its year when that is not `year`. */
export function shortDay(i18n: I18n, day: LocalDay, year = String(new Date().getFullYear())): string {
  return formatter(i18n, {
    day: 'numeric',
    month: 'short',
    ...(day.startsWith(year) ? {} : { year: 'numeric' as const }),
    timeZone: 'UTC',
  }).format(noon(day));
}

/** “April” or “Apr 2025”: a mark on a long time axis. */
export function monthMark(i18n: I18n, day: LocalDay, withYear: boolean): string {
  const options = withYear ? ({ month: 'short', year: 'numeric' } as const) : ({ month: 'short' } as const);
  return formatter(i18n, { ...options, timeZone: 'UTC' }).format(noon(day));
}

/** “July 2026”. */
export function monthName(i18n: I18n, day: LocalDay): string {
  return formatter(i18n, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(noon(day));
}

/** “Mon” or “Monday”, by the days of a week that began on Monday 5 January 1970. */
export function weekdayName(i18n: I18n, weekday: number, width: 'short' | 'long' = 'short'): string {
  return formatter(i18n, { weekday: width, timeZone: 'UTC' }).format((4 + weekday) * 86_400_000);
}

/** “Tue”: the head of a column of days. */
export function weekdayOf(i18n: I18n, day: LocalDay): string {
  return formatter(i18n, { weekday: 'short', timeZone: 'UTC' }).format(noon(day));
}

/** “Tue 14 Jul”: a day in a narrow column; with its year where the column holds more than one. */
export function weekdayAndDay(i18n: I18n, day: LocalDay, withYear = false): string {
  return formatter(i18n, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(withYear && { year: 'numeric' as const }),
    timeZone: 'UTC',
  })
    .format(noon(day))
    .replace(',', '');
}

/** “today, 09:12”, “yesterday, 18:40”, “Tuesday 14:02” within a week, else “14 July, 14:02”. On this device's clock. */
export function nearMoment(i18n: I18n, ms: number, now = Date.now()): string {
  const time = formatter(i18n, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);
  const days = startOfDay(now) - startOfDay(ms);
  const say = (key: keyof typeof messages, values: Readonly<Record<string, string>>) =>
    i18n._(messages[key].id, values, { message: messages[key].message });
  if (days === 0) return say('todayAt', { time });
  if (days === 1) return say('yesterdayAt', { time });
  if (days > 1 && days < 7)
    return say('weekdayAt', { weekday: formatter(i18n, { weekday: 'long' }).format(ms), time });
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  const date = formatter(i18n, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  }).format(ms);
  return say('dateAt', { date, time });
}

/** “12 August”, with its year when that is not this one. On this device's clock. */
export function dayAndMonth(i18n: I18n, ms: number, now = Date.now()): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return formatter(i18n, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  }).format(ms);
}

/** “12 August” of a local day, with its year when that is not this one. */
export function longDate(i18n: I18n, day: LocalDay, now = Date.now()): string {
  const sameYear = day.startsWith(String(new Date(now).getFullYear()));
  return formatter(i18n, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' as const }),
    timeZone: 'UTC',
  }).format(noon(day));
}

/** “2019”, “April 2019”, “12 April 2019”: as much of a date as is known. */
export function partialDate(i18n: I18n, date: PartialDate): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return year;
  return formatter(i18n, {
    ...(day !== undefined && { day: 'numeric' as const }),
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(noon(`${year}-${month}-${day ?? '01'}`));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(i18n: I18n, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${i18n.locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(i18n.locale, options);
  formatters.set(key, made);
  return made;
}

function noon(day: LocalDay): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** A count of local days, so that two instants of one day are equal. */
function startOfDay(ms: number): number {
  const date = new Date(ms);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
