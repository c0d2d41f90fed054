import { isPartialDate } from '@evenkeel/journal';
import type { PartialDate } from '@evenkeel/journal';

/**
 * A date as it is typed, as much as is known: `2019`, `04/2019`, `12/04/2019` (day first), or with hyphens and the
 * year first. Null when it cannot be read or there is no such day.
 */
export function partialDateTyped(typed: string): PartialDate | null {
  const parts = typed.trim().split(/[\s./-]+/);
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return null;
  const yearFirst = parts[0]?.length === 4 ? parts : parts.toReversed();
  const [year = '', ...rest] = yearFirst;
  const date = [year, ...rest.map((part) => part.padStart(2, '0'))].join('-');
  return isPartialDate(date) ? date : null;
}

/** The same the way it is typed: `12/04/2019`. */
export function partialDateToType(date: PartialDate | undefined): string {
  return (date ?? '').split('-').toReversed().join('/');
}

/** “2019”, “April 2019”, “12 April 2019” in the person's language. */
export function partialDateWords(locale: string, date: PartialDate): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return year;
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    ...(day !== undefined && { day: 'numeric' }),
    timeZone: 'UTC',
  }).format(Date.UTC(Number(year), Number(month) - 1, Number(day ?? '1')));
}
