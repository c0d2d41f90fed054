import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { onDay } from '../entry.ts';
import { Temporal } from 'temporal-polyfill';
import { isSleep, minutesSlept } from './sleep.ts';

const inLondon = (day: string) => onDay(day, 'Europe/London');

test('a night is as long as it was: across midnight, after midnight, and when the clocks change', () => {
  expect(minutesSlept({ asleep: '23:10', awake: '06:40' }, inLondon('2026-11-22'))).toBe(450);
  expect(minutesSlept({ asleep: '01:15', awake: '09:00' }, inLondon('2026-11-22'))).toBe(465);
  expect(minutesSlept({ asleep: '23:00', awake: '07:00' }, inLondon('2026-03-29')), 'an hour lost').toBe(420);
  expect(minutesSlept({ asleep: '23:00', awake: '07:00' }, inLondon('2026-10-25')), 'an hour won').toBe(540);
});

test('the length of a night is the one Temporal gives, in every zone and season', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 19, max: 23 }),
      fc.integer({ min: 5, max: 11 }),
      (zone, date, month, asleep, awake) => {
        const pad = (value: number) => String(value).padStart(2, '0');
        const day = `2026-${pad(month)}-${pad(date)}`;
        const at = (date: Temporal.PlainDate, hour: number) =>
          date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from({ hour }) });
        const woke = at(Temporal.PlainDate.from(day), awake);
        const fell = at(Temporal.PlainDate.from(day).subtract({ days: 1 }), asleep);
        const said = { asleep: `${asleep}:00`, awake: `${pad(awake)}:00` };
        expect(minutesSlept(said, onDay(day, zone))).toBe(
          (woke.epochMilliseconds - fell.epochMilliseconds) / 60_000,
        );
      },
    ),
    { numRuns: 1000 },
  );
});

test('the person’s own figure counts before the times, and times that say nothing give none', () => {
  const when = inLondon('2026-11-22');
  expect(minutesSlept({ asleep: '23:00', awake: '07:00', minutes: 300 }, when)).toBe(300);
  expect(minutesSlept({ asleep: '23:00' }, when)).toBeUndefined();
  expect(minutesSlept({ asleep: '07:00', awake: '07:00' }, when)).toBeUndefined();
  expect(minutesSlept({ quality: 2 }, when)).toBeUndefined();
});

test('what no clock shows and no night holds cannot be kept', () => {
  for (const sleep of [{ asleep: '24:00' }, { awake: '7:00' }, { minutes: 1441 }, { quality: 0 }])
    expect(isSleep(sleep)).toBe(false);
  expect(isSleep({ asleep: '00:00', awake: '23:59', minutes: 1440, quality: 5 })).toBe(true);
});
