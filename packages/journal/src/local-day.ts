/**
 * The day an instant belongs to where the person was, and back. A day is written `YYYY-MM-DD`; keys are made
 * per day, so the day of an entry also says which key opens it.
 */

/** `YYYY-MM-DD` in the proleptic Gregorian calendar, from 2000-01-01 to 7460-12-31. */
export type LocalDay = string;

/**
 * Where a record lies in the key tree. `month` = 12·(year − 2000) + (month − 1), u16; `day` 1–31. What is tied
 * to no day lies at month 0xFFFF, day 0.
 */
export type Place = { readonly month: number; readonly day: number };

export const UNDATED_PLACE: Place = { month: 0xffff, day: 0 };

const FIRST_YEAR = 2000;
const LAST_YEAR = 7460;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ZONE = /^[A-Za-z0-9_+\-/:]{1,64}$/;

/** The local day of `ms` (UTC) in an IANA zone. A zone this machine does not know is read as UTC. */
export function dayOfInstant(ms: number, zone: string): LocalDay {
  const { year, month, day } = wallTimeOf(ms, zone);
  return formatDay(year, month, day);
}

export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

/** What the clock on the wall showed at `ms` (UTC) in an IANA zone; hour 0–23. */
export function wallTimeOf(ms: number, zone: string): WallTime {
  const found = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of formatterOf(zone).formatToParts(ms)) {
    if (type === 'year' || type === 'month' || type === 'day' || type === 'hour' || type === 'minute') {
      found[type] = Number(value);
    }
  }
  return found;
}

/** Whether this machine knows the zone. */
export function isKnownZone(zone: string): boolean {
  if (formatters.has(zone)) return true;
  if (!isZoneName(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Whether text has the form of a zone name. A record from a machine with newer zones is still read. */
export function isZoneName(zone: string): boolean {
  return ZONE.test(zone);
}

/** The zone this device is set to. */
export function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether text is a day that exists, from 2000 on: the key tree begins there. */
export function isLocalDay(text: string): boolean {
  return placeOfDay(text) !== undefined;
}

/** Where a day lies in the key tree, or undefined when there is no such day or it lies before 2000. */
export function placeOfDay(day: LocalDay): Place | undefined {
  const match = DAY.exec(day);
  if (match === null) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
  if (date < 1 || date > daysInMonth(year, month)) return undefined;
  return { month: 12 * (year - FIRST_YEAR) + (month - 1), day: date };
}

/** The day at a place, or undefined for what is undated or no real day. */
export function dayOfPlace(place: Place): LocalDay | undefined {
  const year = FIRST_YEAR + Math.floor(place.month / 12);
  const month = (place.month % 12) + 1;
  if (year > LAST_YEAR || place.day < 1 || place.day > daysInMonth(year, month)) return undefined;
  return formatDay(year, month, place.day);
}

export function samePlace(a: Place, b: Place): boolean {
  return a.month === b.month && a.day === b.day;
}

/** Noon UTC of a day: a number to sort by, never a time to show. */
export function noonOfDay(day: LocalDay): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: LocalDay, count: number): LocalDay {
  const date = new Date(noonOfDay(day));
  date.setUTCDate(date.getUTCDate() + count);
  return formatDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/**
 * Where a wall time lies. `skipped`: clocks went forward over it, and the instant is as much later as they jumped.
 * `twice`: clocks went back over it, and the instant is the first of the two.
 */
export type WallInstant = { readonly ms: number; readonly kind: 'exact' | 'skipped' | 'twice' };

/** When the clocks of a zone showed a time, in milliseconds UTC; null when the day, time or zone does not exist. */
export function instantOfWallTime(
  day: LocalDay,
  hour: number,
  minute: number,
  zone: string,
): WallInstant | null {
  if (!isLocalDay(day) || !isKnownZone(zone)) return null;
  if (!isWithin(hour, 23) || !isWithin(minute, 59)) return null;
  const asUtc = Date.parse(`${day}T${pad(hour, 2)}:${pad(minute, 2)}Z`);
  // No zone is a whole day from UTC, so these are the offsets before and after any change near this wall time.
  const before = asUtc - offsetAt(asUtc - DAY_MS, zone);
  const after = asUtc - offsetAt(asUtc + DAY_MS, zone);
  const [first, second] = [...new Set([before, after])].filter((ms) => ms + offsetAt(ms, zone) === asUtc);
  if (first === undefined) return { ms: before, kind: 'skipped' };
  return { ms: first, kind: second === undefined ? 'exact' : 'twice' };
}

/** How far the clocks of a zone are ahead of UTC at `ms`, in milliseconds; whole minutes in every zone since 1972. */
function offsetAt(ms: number, zone: string): number {
  const { year, month, day, hour, minute } = wallTimeOf(ms, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  if (zone !== 'UTC' && !isKnownZone(zone)) return formatterOf('UTC');
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function formatDay(year: number, month: number, day: number): LocalDay {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function isWithin(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}
