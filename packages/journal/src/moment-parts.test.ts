import { bytesToDeviceId, paddedSize } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATEGORY_NUMBERS, CHECK_IN_CATEGORIES } from './categories.ts';
import { createClock } from './clock.ts';
import { summariseDay } from './day-summary.ts';
import { encodeRecord, parseRecord } from './entry-codec.ts';
import { type EntryRecord, subjectOf } from './entry.ts';
import { historyOf } from './history.ts';
import { mergeRecords, sameRecord } from './merge.ts';
import type { MomentParts } from './moment-parts.ts';
import { atInstant, draftOf, editMoment, newMoment } from './moment.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const when = atInstant(NOW, 'Europe/London');
const deviceOf = (byte: number, now = NOW) => ({
  clock: createClock({ now: () => now, dev: bytesToDeviceId(new Uint8Array(16).fill(byte)) }),
  now,
});
const phone = deviceOf(1);

const full: MomentParts = {
  mood: { valence: -0.2, arousal: 0.4 },
  values: [{ value: 'v1', text: 'Being there for Ola', closeness: 7 }],
  surroundings: { activities: ['walk'], people: [], places: [], tags: [] },
  words: 'A long day.',
  sleep: { asleep: '23:20', awake: '06:40', quality: 3 },
  symptoms: {
    energy: 4,
    symptoms: [
      { id: 'y1', text: 'Headache', severity: 2, part: 'morning' },
      { id: 'y1', text: 'Headache', severity: 1, part: 'evening' },
      { id: 'y2', text: 'Nausea', severity: 0 },
    ],
    cravings: [{ id: 'c1', text: 'To drink', strength: 6 }],
  },
  substances: {
    uses: [
      {
        id: 'u1',
        substance: 's1',
        text: 'Alcohol',
        amount: 2,
        unit: 'pint',
        drink: { ml: 568, abv: 4 },
        spent: 980,
      },
      { id: 'u2', substance: 's2', text: 'Cannabis', amount: 0.5, unit: 'g' },
    ],
    none: [{ substance: 's3', text: 'Nicotine', alcohol: false }],
  },
  questionnaire: {
    instrument: 'phq-9',
    version: '1',
    language: 'en-GB',
    answers: { q1: 2, q2: 0, q3: null, 'q10.more': 'a bit' },
    total: null,
  },
  medication: [
    { medication: 'm1', text: 'Sertraline 50 mg', what: 'taken' },
    { medication: 'm2', text: 'Propranolol', what: 'changed', note: 'half' },
  ],
  trackers: [
    { tracker: 't1', text: 'Calm', said: { shape: 'scale', value: 6, min: 0, max: 10 } },
    { tracker: 't2', text: 'Coffee', said: { shape: 'count', value: 3, unit: 'cups' } },
    { tracker: 't3', text: 'Ate lunch', said: { shape: 'yes-no', value: false } },
    { tracker: 't4', text: 'Outside', said: { shape: 'duration', value: 45 } },
    { tracker: 't5', text: 'Weather', said: { shape: 'choice', value: 'rain' } },
  ],
};

function make(parts: MomentParts, device = phone): readonly EntryRecord[] {
  const made = newMoment({ when, ...parts }, device);
  if (!made.ok) throw new Error(`${made.reason} ${made.part ?? ''}`);
  return made.records;
}

function reread(records: readonly EntryRecord[]): readonly EntryRecord[] {
  return records.map((record) => {
    const read = parseRecord(encodeRecord(record));
    if (!read.ok) throw new Error(read.reason);
    expect(sameRecord(read.record, record)).toBe(true);
    return read.record;
  });
}

test('each part that was filled in becomes a record of its own category and reads as it was written', () => {
  const records = reread(make(full));
  expect(records.map(subjectOf)).toEqual(CHECK_IN_CATEGORIES.map((name) => CATEGORY_NUMBERS[name]));
  expect(draftOf(records)).toEqual({ when, ...full });
});

test('opening any entry to edit it and saving it as it was changes nothing', () => {
  const records = reread(make(full));
  const draft = draftOf(records);
  expect(draft && editMoment(records, draft, phone)).toEqual({ ok: true, changes: [], added: [] });
});

test('parts that say nothing become no record', () => {
  expect(
    newMoment(
      { when, sleep: {}, symptoms: {}, substances: { nothing: false }, medication: [], trackers: [] },
      phone,
    ),
  ).toEqual({ ok: false, reason: 'nothing-filled-in' });
});

test('what cannot be kept is refused with its part', () => {
  const refused: readonly (readonly [string, MomentParts])[] = [
    ['sleep', { sleep: { minutes: 1500 } }],
    ['symptoms', { symptoms: { energy: 11 } }],
    ['symptoms', { symptoms: { symptoms: [{ id: 'y', text: 'Odd', severity: 4 }] } }],
    ['symptoms', { symptoms: { cravings: [{ id: 'a b', text: 'Odd', strength: 1 }] } }],
    ['substances', { substances: { uses: [{ id: 'u', substance: 's', text: '', amount: 1, unit: '' }] } }],
    [
      'questionnaires',
      { questionnaire: { instrument: 'PHQ 9', version: '1', language: 'en', answers: { q1: 1 }, total: 1 } },
    ],
    ['medication', { medication: [{ medication: 'm', text: 'x'.repeat(121), what: 'taken' }] }],
    [
      'trackers',
      { trackers: [{ tracker: 't', text: 'Calm', said: { shape: 'scale', value: 11, min: 0, max: 10 } }] },
    ],
  ];
  for (const [part, parts] of refused)
    expect(newMoment({ when, ...parts }, phone), part).toEqual({ ok: false, reason: 'too-much', part });
});

const asked: MomentParts = {
  questionnaire: {
    instrument: 'phq-9',
    version: '1',
    language: 'en',
    answers: { q1: 2, q2: 0, q3: null, 'q10.more': 'a bit' },
    total: null,
  },
};

test('a question that was left out is kept as left out, and one never shown is not there', () => {
  const [record] = reread(make(asked));
  expect(record && draftOf([record])?.questionnaire?.answers).toEqual({
    q1: 2,
    q2: 0,
    q3: null,
    'q10.more': 'a bit',
  });
});

/** The same moment with other answers, and with some items taken out or added. */
const changed = fc.record(
  {
    sleep: fc.record(
      {
        asleep: fc.constantFrom('22:00', '00:30'),
        awake: fc.constantFrom('06:00', '07:30'),
        minutes: fc.integer({ min: 0, max: 1440 }),
        quality: fc.integer({ min: 1, max: 5 }),
      },
      { requiredKeys: ['quality'] },
    ),
    symptoms: fc.record(
      {
        energy: fc.integer({ min: 0, max: 10 }),
        symptoms: fc.uniqueArray(
          fc.record({
            id: fc.constantFrom('y1', 'y2', 'y3'),
            text: fc.constant('Headache'),
            severity: fc.integer({ min: 0, max: 3 }),
          }),
          { selector: ({ id }) => id, minLength: 1 },
        ),
        cravings: fc.uniqueArray(
          fc.record({
            id: fc.constantFrom('c1', 'c2'),
            text: fc.constant('To drink'),
            strength: fc.integer({ min: 0, max: 10 }),
          }),
          { selector: ({ id }) => id },
        ),
      },
      { requiredKeys: ['symptoms'] },
    ),
    substances: fc.record({
      uses: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom('u1', 'u2', 'u3'),
          substance: fc.constant('s1'),
          text: fc.constant('Alcohol'),
          amount: fc.integer({ min: 0, max: 9 }),
          unit: fc.constant('pint'),
        }),
        { selector: ({ id }) => id, minLength: 1 },
      ),
    }),
    questionnaire: fc
      .dictionary(fc.constantFrom('q1', 'q2', 'q3'), fc.constantFrom(null, 0, 1, 'x'), { minKeys: 1 })
      .map((answers) => ({ instrument: 'phq-9', version: '1', language: 'en', answers, total: null })),
    medication: fc.uniqueArray(
      fc.record({
        medication: fc.constantFrom('m1', 'm2', 'm3'),
        text: fc.constant('Sertraline'),
        what: fc.constantFrom('taken' as const, 'missed' as const, 'changed' as const),
      }),
      { selector: ({ medication }) => medication, minLength: 1 },
    ),
    trackers: fc.uniqueArray(
      fc.record({
        tracker: fc.constantFrom('t1', 't2', 't3'),
        text: fc.constant('Calm'),
        said: fc.record({
          shape: fc.constant('count' as const),
          value: fc.nat({ max: 9 }),
          unit: fc.constant(''),
        }),
      }),
      { selector: ({ tracker }) => tracker, minLength: 1 },
    ),
  },
  { requiredKeys: ['sleep', 'symptoms', 'substances', 'questionnaire', 'medication', 'trackers'] },
);

const versionsOf = (
  records: readonly EntryRecord[],
  parts: MomentParts,
  device: ReturnType<typeof deviceOf>,
) => {
  const edited = editMoment(records, { when, ...parts }, device);
  if (!edited.ok) throw new Error(edited.reason);
  return records.map(
    (record) => edited.changes.find((change) => change.record.rec === record.rec)?.record ?? record,
  );
};

test('two devices that change one entry apart agree in the end, in every category, and both changes are remembered', () => {
  fc.assert(
    fc.property(changed, changed, changed, (first, onPhone, onTablet) => {
      const records = make(first);
      const a = versionsOf(records, onPhone, deviceOf(1, NOW + 5000));
      const b = versionsOf(records, onTablet, deviceOf(2, NOW + 3000));
      for (const [place, record] of records.entries()) {
        const mine = a[place] ?? record;
        const other = b[place] ?? record;
        const merged = mergeRecords(mine, other);
        expect(mergeRecords(other, mine)).toEqual(merged);
        expect(sameRecord(mergeRecords(merged, mine), merged)).toBe(true);
        const read = parseRecord(encodeRecord(merged));
        expect(read.ok && sameRecord(read.record, merged)).toBe(true);
        const stamps = new Set(historyOf(merged).map(({ stamp }) => stamp));
        const said = [...historyOf(mine), ...historyOf(other)].map(({ stamp }) => stamp);
        expect(said.filter((stamp) => !stamps.has(stamp))).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

test('two devices that each add an item to the same entry end with both items', () => {
  const records = make({
    symptoms: { symptoms: [{ id: 'y1', text: 'Headache', severity: 2 }] },
    substances: { uses: [{ id: 'u1', substance: 's1', text: 'Alcohol', amount: 1, unit: 'pint' }] },
    medication: [{ medication: 'm1', text: 'Sertraline', what: 'taken' }],
    trackers: [{ tracker: 't1', text: 'Calm', said: { shape: 'yes-no', value: true } }],
  });
  const before = draftOf(records);
  if (before === undefined) throw new Error('nothing was made');
  const a = versionsOf(
    records,
    {
      ...before,
      symptoms: { ...before.symptoms, energy: 3 },
      substances: {
        uses: [
          ...(before.substances?.uses ?? []),
          { id: 'u2', substance: 's1', text: 'Alcohol', amount: 1, unit: 'pint' },
        ],
      },
      medication: [...(before.medication ?? []), { medication: 'm2', text: 'Lithium', what: 'missed' }],
    },
    deviceOf(1, NOW + 5000),
  );
  const b = versionsOf(
    records,
    {
      ...before,
      symptoms: { ...before.symptoms, cravings: [{ id: 'c1', text: 'To drink', strength: 5 }] },
      substances: {
        uses: before.substances?.uses ?? [],
        none: [{ substance: 's3', text: 'X', alcohol: false }],
      },
      trackers: [
        ...(before.trackers ?? []),
        { tracker: 't2', text: 'Lunch', said: { shape: 'yes-no', value: false } },
      ],
    },
    deviceOf(2, NOW + 3000),
  );
  const merged = draftOf(
    records.map((record, place) => mergeRecords(a[place] ?? record, b[place] ?? record)),
  );
  expect(merged?.symptoms).toMatchObject({
    energy: 3,
    symptoms: [{ id: 'y1' }],
    cravings: [{ id: 'c1', strength: 5 }],
  });
  expect(merged?.substances?.uses?.map(({ id }) => id)).toEqual(['u1', 'u2']);
  expect(merged?.substances?.none).toHaveLength(1);
  expect(merged?.medication?.map(({ medication }) => medication)).toEqual(['m1', 'm2']);
  expect(merged?.trackers?.map(({ tracker }) => tracker)).toEqual(['t1', 't2']);
});

test('a day sums up its sleep and units, and tells no alcohol from nothing said', () => {
  const day = '2026-11-22';
  const night = make({ sleep: { asleep: '23:20', awake: '06:40' } });
  const nap = make({ sleep: { minutes: 30 } });
  const drinks = make({
    substances: {
      uses: [
        {
          id: 'u1',
          substance: 's1',
          text: 'Alcohol',
          amount: 2,
          unit: 'pint',
          drink: { ml: 568, abv: 4 },
        },
      ],
    },
  });
  const free = make({ substances: { nothing: true } });
  expect(summariseDay(day, [...night, ...nap, ...drinks])).toMatchObject({
    sleepMinutes: 470,
    alcoholUnits: 4.54,
  });
  expect(summariseDay(day, free)).toMatchObject({ alcoholUnits: 0, useFree: true });
  expect(Object.keys(summariseDay(day, make({ words: 'x' })) ?? {})).toEqual(['day', 'moments', 'moods']);
});

test('an ordinary night, an ordinary dose and a drink each fit the smallest padded envelope but one', () => {
  const records = make({
    sleep: { asleep: '23:20', awake: '06:40', quality: 3 },
    medication: [{ medication: 'A'.repeat(22), text: 'Sertraline 50 mg', what: 'taken' }],
  });
  for (const record of records) expect(paddedSize(encodeRecord(record).length)).toBeLessThanOrEqual(512);
});

test('the most that a person can say in each part stays inside one envelope', () => {
  const text = '心'.repeat(120);
  const ids = Array.from({ length: 59 }, (_, place) => `${'A'.repeat(20)}${place}`);
  const records = make({
    symptoms: { symptoms: ids.map((id) => ({ id, text, severity: 3 })) },
    medication: ids.map((medication) => ({ medication, text, what: 'changed' as const, note: text })),
    trackers: ids.map((tracker) => ({ tracker, text, said: { shape: 'choice' as const, value: text } })),
    substances: {
      uses: ids.map((id) => ({ id, substance: id, text, amount: 1, unit: '心'.repeat(40) })),
    },
  });
  for (const record of records) expect(encodeRecord(record).length).toBeLessThan(64 * 1024);
});
