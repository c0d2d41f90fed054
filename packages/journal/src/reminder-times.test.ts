import { bytesToDeviceId } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { ReminderSetting } from './categories/reminders.ts';
import { remindersOf } from './categories/settings.ts';
import { createClock } from './clock.ts';
import { encodeRecord, parseRecord } from './entry-codec.ts';
import type { EntryRecord } from './entry.ts';
import { type MomentDraft, atInstant, newMoment, newSetting } from './moment.ts';
import { answersReminder, ringsIn } from './reminder-times.ts';

const evening: ReminderSetting = {
  kind: 'reminder',
  text: 'How was today?',
  times: ['21:00'],
  days: { rhythm: 'weekdays', on: [1, 2, 3, 4, 5, 6, 7] },
  opens: { what: 'check-in' },
  zone: 'Europe/London',
  quiet: null,
  from: '2026-10-20',
  easesOff: false,
  pausedUntil: null,
  on: true,
};
const NOBODY = new Set<string>();
const at = (text: string, zone = evening.zone) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
const rung = (
  reminder: ReminderSetting,
  after: string,
  until: string,
  answered: ReadonlySet<string> = NOBODY,
): readonly string[] =>
  ringsIn(reminder, answered, { after: at(after, reminder.zone), until: at(until, reminder.zone) }).map(
    (ring) =>
      Temporal.Instant.fromEpochMilliseconds(ring.at)
        .toZonedDateTimeISO(reminder.zone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' }),
  );

test('nine in the evening stays nine in the evening when the clocks go back', () => {
  expect(rung(evening, '2026-10-24T00:00', '2026-10-26T23:59')).toEqual([
    '2026-10-24T21:00',
    '2026-10-25T21:00',
    '2026-10-26T21:00',
  ]);
});

test('a time that the clocks jump over rings once, as much later; a time that comes twice rings at the first', () => {
  const night = { ...evening, times: ['01:30'], from: '2026-03-01' };
  expect(rung(night, '2026-03-28T12:00', '2026-03-29T12:00')).toEqual(['2026-03-29T02:30']);
  const rings = ringsIn(night, NOBODY, { after: at('2026-10-24T12:00'), until: at('2026-10-25T12:00') });
  expect(rings).toEqual([{ at: Date.UTC(2026, 9, 25, 0, 30), day: '2026-10-25' }]);
});

test('every ring is at the time Temporal gives for that day, in every zone', () => {
  const zones = [
    'Europe/London',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Asia/Kathmandu',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2060, 0, 1) }),
      fc.integer({ min: 0, max: 1439 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      (zone, start, minute, weekdays) => {
        const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
        const first = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone).toPlainDate();
        const reminder: ReminderSetting = {
          ...evening,
          zone,
          times: [time.toString({ smallestUnit: 'minute' })],
          days: { rhythm: 'weekdays', on: weekdays.toSorted((a, b) => a - b) },
          from: first.toString(),
        };
        const after = start - 2 * 86_400_000;
        const until = start + 12 * 86_400_000;
        const expected = Array.from({ length: 14 }, (_, day) => first.add({ days: day }))
          .filter((day) => weekdays.includes(day.dayOfWeek))
          .map((day) => day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds)
          .filter((ms) => ms > after && ms <= until);
        expect(ringsIn(reminder, NOBODY, { after, until }).map((ring) => ring.at)).toEqual([
          ...new Set(expected),
        ]);
      },
    ),
    { numRuns: 1000 },
  );
});

test('every third day is counted from the first day', () => {
  const third: ReminderSetting = { ...evening, days: { rhythm: 'every', count: 3 } };
  expect(rung(third, '2026-10-20T00:00', '2026-10-29T23:59')).toEqual([
    '2026-10-20T21:00',
    '2026-10-23T21:00',
    '2026-10-26T21:00',
    '2026-10-29T21:00',
  ]);
});

test('what was already said that day is not asked for', () => {
  expect(rung(evening, '2026-10-20T00:00', '2026-10-22T23:59', new Set(['2026-10-21']))).toEqual([
    '2026-10-20T21:00',
    '2026-10-22T21:00',
  ]);
});

test('nothing rings in the quiet hours; it waits until they end, and two that wait ring once', () => {
  const late = { ...evening, times: ['21:00', '22:30', '23:15'], quiet: { from: '22:00', to: '07:30' } };
  expect(rung(late, '2026-10-20T00:00', '2026-10-21T12:00')).toEqual([
    '2026-10-20T21:00',
    '2026-10-21T07:30',
  ]);
  const early = { ...evening, times: ['13:15'], quiet: { from: '13:00', to: '14:00' } };
  expect(rung(early, '2026-10-20T00:00', '2026-10-20T23:59')).toEqual(['2026-10-20T14:00']);
});

test('a reminder that is paused or switched off is silent, and a pause ends by itself', () => {
  const paused = { ...evening, pausedUntil: '2026-10-27' };
  expect(rung(paused, '2026-10-20T00:00', '2026-10-28T00:00')).toEqual(['2026-10-27T21:00']);
  expect(rung({ ...evening, on: false }, '2026-10-20T00:00', '2026-10-28T00:00')).toEqual([]);
});

test('while nobody answers it asks less and less often, and an answer brings it back', () => {
  const easing = { ...evening, easesOff: true };
  const days = (answered: ReadonlySet<string>, last: string) =>
    rung(easing, '2026-10-20T00:00', `${last}T23:59`, answered).map((text) => text.slice(5, 10));
  expect(days(NOBODY, '2026-11-25')).toEqual(
    ['10-20 10-21 10-22 10-23 10-24', '10-26 10-28 10-30 11-01 11-03', '11-10 11-17 11-24']
      .join(' ')
      .split(' '),
  );
  expect(days(new Set(['2026-11-05']), '2026-11-09').slice(-4)).toEqual(['11-06', '11-07', '11-08', '11-09']);
});

test('a weekly reminder is never asked for less than weekly', () => {
  const sundays: ReminderSetting = { ...evening, easesOff: true, days: { rhythm: 'weekdays', on: [7] } };
  expect(rung(sundays, '2026-10-20T00:00', '2027-03-01T00:00')).toHaveLength(19);
});

test('only an answer to what it asks counts as one', () => {
  const clock = createClock({ now: () => 0, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
  const when = atInstant(at('2026-10-20T10:00'), 'Europe/London');
  const made = newMoment(
    {
      when,
      mood: { valence: 0.2, words: [] },
      symptoms: { energy: 4 },
      medication: [{ medication: 'lithium', text: 'Lithium', what: 'taken' }],
      trackers: [{ tracker: 'lunch', text: 'Ate lunch', said: { shape: 'yes-no', value: false } }],
      questionnaire: { instrument: 'phq-9', version: '1', language: 'en', answers: { '1': 0 }, total: 0 },
    },
    { clock, now: 0 },
  );
  if (!made.ok) throw new Error(made.reason);
  const { records } = made;
  expect(answersReminder({ what: 'check-in' }, records)).toBe(true);
  expect(answersReminder({ what: 'check-in' }, [])).toBe(false);
  expect(answersReminder({ what: 'part', part: 'energy' }, records)).toBe(true);
  expect(answersReminder({ what: 'part', part: 'cravings' }, records)).toBe(false);
  expect(answersReminder({ what: 'part', part: 'sleep' }, records)).toBe(false);
  for (const [part, item, isAnswered] of [
    ['medication', 'lithium', true],
    ['medication', 'sertraline', false],
    ['trackers', 'lunch', true],
    ['trackers', 'coffee', false],
  ] as const)
    expect(answersReminder({ what: 'part', part, item }, records), item).toBe(isAnswered);
  expect(answersReminder({ what: 'review' }, records)).toBe(false);
  expect(answersReminder({ what: 'questionnaire', instrument: 'phq-9' }, records)).toBe(true);
  expect(answersReminder({ what: 'questionnaire', instrument: 'gad-7' }, records)).toBe(false);
});

test('closeness said in an ordinary check-in is not the look back on the week', () => {
  const clock = createClock({ now: () => 0, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
  const values = [{ value: 'v1', text: 'Being there for Ola', closeness: 7 }];
  const said = (more: Partial<MomentDraft>) => {
    const when = atInstant(at('2026-10-20T10:00'), 'Europe/London');
    const made = newMoment({ when, values, ...more }, { clock, now: 0 });
    if (!made.ok) throw new Error(made.reason);
    return made.records;
  };
  const answers = (records: readonly EntryRecord[]) => answersReminder({ what: 'review' }, records);
  expect(answers(said({ mood: { valence: 0.2, words: [] } }))).toBe(false);
  expect(answers(said({ symptoms: { energy: 4 } }))).toBe(false);
  expect(answers(said({}))).toBe(true);
  expect(answers(said({ words: 'A better week.' }))).toBe(true);
  expect(answers([...said({ mood: { valence: 0.2, words: [] } }), ...said({})])).toBe(true);
});

test('a reminder is a setting like any other: it is written, read back and listed by its time', () => {
  const clock = createClock({ now: () => 0, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
  const records = [
    newSetting(evening, { clock, now: 0 }),
    newSetting(
      {
        ...evening,
        text: ' Morning  pills ',
        times: ['08:00', '12:00'],
        opens: { what: 'part', part: 'medication', item: 'lithium' },
      },
      { clock, now: 0 },
    ),
  ].map((record) => {
    if (record === null) throw new Error('not made');
    const read = parseRecord(encodeRecord(record));
    if (!read.ok) throw new Error(read.reason);
    return read.record;
  });
  expect(remindersOf(records).map(({ text }) => text)).toEqual(['Morning pills', 'How was today?']);
  expect(remindersOf(records)[0]?.opens).toEqual({ what: 'part', part: 'medication', item: 'lithium' });
});

test('a reminder without words, time or day, or with times out of order, is none', () => {
  const clock = createClock({ now: () => 0, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
  const wrong: readonly Partial<ReminderSetting>[] = [
    { text: '  ' },
    { times: [] },
    { times: ['24:00'] },
    { times: ['21:00', '08:00'] },
    { days: { rhythm: 'weekdays', on: [] } },
    { days: { rhythm: 'every', count: 0 } },
    { from: '2026-02-30' },
  ];
  for (const part of wrong)
    expect(newSetting({ ...evening, ...part }, { clock, now: 0 }), JSON.stringify(part)).toBeNull();
});
