import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import {
  UNDATED_PLACE,
  addDays,
  dayOfInstant,
  dayOfPlace,
  instantOfWallTime,
  isKnownZone,
  isLocalDay,
  noonOfDay,
  placeOfDay,
  wallTimeOf,
  type WallInstant,
} from './local-day.ts';

const ZONES = [
  'Europe/London',
  'Europe/Warsaw',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'UTC',
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: 0, max: Date.UTC(2100, 11, 31) });
const day = fc
  .integer({ min: Date.UTC(2000, 0, 1, 12), max: Date.UTC(2100, 11, 31, 12) })
  .map((ms) => new Date(ms).toISOString().slice(0, 10));

test('the day of an instant is the one Temporal gives, in every zone, from 1970 to 2100', () => {
  fc.assert(
    fc.property(instant, zone, (ms, where) => {
      const truth = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(where);
      expect(dayOfInstant(ms, where)).toBe(truth.toPlainDate().toString());
      const { year, month, day: date, hour, minute } = truth;
      expect(wallTimeOf(ms, where)).toEqual({ year, month, day: date, hour, minute });
    }),
    { numRuns: 2000 },
  );
});

test('a wall time that happened once goes to its instant and back', () => {
  fc.assert(
    fc.property(instant, zone, (ms, where) => {
      const { year, month, day: date, hour, minute } = wallTimeOf(ms, where);
      const local = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
      const found = instantOfWallTime(local, hour, minute, where);
      const startOfMinute = ms - (ms % 60_000);
      if (year < 2000) {
        expect(found).toBeNull();
      } else if (found?.kind === 'exact') {
        expect(found.ms).toBe(startOfMinute);
      } else {
        expect(found?.kind).toBe('twice');
        expect(startOfMinute - (found?.ms ?? 0)).toBeGreaterThanOrEqual(0);
        expect(startOfMinute - (found?.ms ?? 0)).toBeLessThanOrEqual(2 * 3600_000);
      }
    }),
    { numRuns: 1000 },
  );
});

test('around every change of the clocks from 2000 to 2027, in every zone, a wall time lies where Temporal puts it', () => {
  // Many names share their clocks: each set of changes is walked once.
  const zoneByChanges = new Map(
    Intl.supportedValuesOf('timeZone').map((where) => [changesOf(where).join(), where] as const),
  );
  expect(zoneByChanges.size).toBeGreaterThan(50);
  for (const [changes, where] of zoneByChanges) {
    for (const change of changes.split(',').filter((text) => text !== '')) {
      for (const minutes of [-61, -30, 0, 30, 60]) {
        const wall = Temporal.PlainDateTime.from(change).add({ minutes });
        const text = wall.toPlainDate().toString();
        expect(
          instantOfWallTime(text, wall.hour, wall.minute, where),
          `${change} and ${minutes} minutes in ${where}`,
        ).toEqual(instantByTemporal(wall, where));
      }
    }
  }
});

/** What the clocks of a zone showed after each of their changes. */
function changesOf(where: string): readonly string[] {
  const changes: string[] = [];
  let at = Temporal.ZonedDateTime.from({ timeZone: where, year: 2000, month: 1, day: 2 });
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.year > 2027) return changes;
    changes.push(next.toPlainDateTime().toString());
    at = next;
  }
}

function instantByTemporal(wall: Temporal.PlainDateTime, where: string): WallInstant {
  const earlier = wall.toZonedDateTime(where, { disambiguation: 'earlier' }).epochMilliseconds;
  const later = wall.toZonedDateTime(where, { disambiguation: 'later' }).epochMilliseconds;
  const chosen = wall.toZonedDateTime(where);
  const ms = chosen.epochMilliseconds;
  if (earlier === later) return { ms, kind: 'exact' };
  return { ms, kind: chosen.toPlainDateTime().equals(wall) ? 'twice' : 'skipped' };
}

test('an hour that summer time skipped is said to be skipped, one that came twice to be twice', () => {
  expect(instantOfWallTime('2026-03-29', 1, 30, 'Europe/London')).toEqual({
    ms: Date.UTC(2026, 2, 29, 1, 30),
    kind: 'skipped',
  });
  expect(instantOfWallTime('2026-10-25', 1, 30, 'Europe/London')).toEqual({
    ms: Date.UTC(2026, 9, 25, 0, 30),
    kind: 'twice',
  });
  expect(instantOfWallTime('2026-07-01', 22, 0, 'Europe/London')).toEqual({
    ms: Date.UTC(2026, 6, 1, 21),
    kind: 'exact',
  });
  // Samoa had no 30 December 2011.
  expect(instantOfWallTime('2011-12-30', 12, 0, 'Pacific/Apia')?.kind).toBe('skipped');
});

test('what does not exist is null', () => {
  expect(instantOfWallTime('2026-02-30', 1, 0, 'UTC')).toBeNull();
  expect(instantOfWallTime('2026-02-03', 24, 0, 'UTC')).toBeNull();
  expect(instantOfWallTime('2026-02-03', 1, 0, 'Mars/Olympus')).toBeNull();
});

test('a day and its place in the key tree say the same', () => {
  fc.assert(
    fc.property(day, (text) => {
      const place = placeOfDay(text);
      expect(place).toBeDefined();
      expect(place && dayOfPlace(place)).toBe(text);
      expect(addDays(addDays(text, 40), -40)).toBe(text);
      expect(dayOfInstant(noonOfDay(text), 'UTC')).toBe(text);
    }),
    { numRuns: 1000 },
  );
  expect(placeOfDay('2026-11-22')).toEqual({ month: 322, day: 22 });
  expect(dayOfPlace(UNDATED_PLACE)).toBeUndefined();
});

test('days that do not exist, or lie before the key tree begins, are no days', () => {
  for (const text of [
    '1999-12-31',
    '2026-13-01',
    '2026-00-01',
    '2025-02-29',
    '2100-02-29',
    '2026-1-1',
    '7461-01-01',
    '',
  ]) {
    expect(isLocalDay(text), text).toBe(false);
  }
  expect(isLocalDay('2024-02-29')).toBe(true);
  expect(isLocalDay('2000-02-29')).toBe(true);
});

test('a zone this machine does not know is read as UTC', () => {
  expect(isKnownZone('Mars/Olympus')).toBe(false);
  expect(dayOfInstant(Date.UTC(2026, 0, 2, 0, 30), 'Mars/Olympus')).toBe('2026-01-02');
});
