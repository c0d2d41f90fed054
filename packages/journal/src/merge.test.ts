import { bytesToDeviceId, bytesToMomentId, bytesToRecordId } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATEGORY_NUMBERS } from './categories.ts';
import { createClock } from './clock.ts';
import { editRecord } from './edit.ts';
import { encodeRecord, parseRecord } from './entry-codec.ts';
import { type EntryRecord, type Field, type Own, type Past, type When, onDay } from './entry.ts';
import type { Json } from './json.ts';
import { HISTORY_BYTES, HISTORY_LENGTH, fieldWith, mergeRecords, sameRecord } from './merge.ts';
import { atInstant, newMoment } from './moment.ts';
import { compareStamps, makeStamp } from './stamp.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const phone = bytesToDeviceId(new Uint8Array(16).fill(1));
const tablet = bytesToDeviceId(new Uint8Array(16).fill(2));
const clockOf = (dev: typeof phone, now = NOW) => createClock({ now: () => now, dev });

const stamp = fc
  .record({
    ms: fc.integer({ min: NOW, max: NOW + 9 }),
    counter: fc.nat({ max: 1 }),
    dev: fc.constantFrom(phone, tablet),
  })
  .map(makeStamp);
const json: fc.Arbitrary<Json> = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 3 }),
  fc.string({ maxLength: 4 }),
  fc.constant('long '.repeat(1900)),
  fc.constant('more '.repeat(1000)),
);
const past = fc.record({ stamp, value: json });
/** Fields as edits leave them: a newest value and as much history as is kept. */
const field: fc.Arbitrary<Field> = fc
  .tuple(past, fc.array(past, { maxLength: 9 }))
  .map(([first, others]) =>
    others.reduce<Field>((made, one) => fieldWith(made, one.stamp, one.value), first),
  );
const day = '2026-11-22';
const when: fc.Arbitrary<When> = fc.oneof(
  fc.nat({ max: 9 }).map((minutes) => atInstant(NOW + minutes * 60_000, 'Europe/London')),
  fc.constant(onDay(day, 'Europe/London')),
);
const pastWhen: fc.Arbitrary<Past<When>> = fc.record({ stamp, value: when });
const own: fc.Arbitrary<Own> = fc.oneof(
  stamp.map((made): Own => ({ cat: 1, stamp: made, why: 'not-for-sharing' })),
  fc
    .record({ stamp, binnedAt: fc.integer({ min: NOW, max: NOW + 3 }) })
    .map((part): Own => ({ cat: 1, why: 'binned', backTo: 'category', ...part })),
);
/** Any version of one record in the private category, as any app and clock might have left it. */
const version: fc.Arbitrary<EntryRecord> = fc
  .record({
    when: fc.uniqueArray(pastWhen, { minLength: 1, maxLength: 4, selector: (one) => one.stamp }),
    own,
    fields: fc.dictionary(fc.constantFrom('valence', 'arousal', 'words', 'not-yet-known'), field, {
      maxKeys: 4,
    }),
    written: fc.integer({ min: NOW, max: NOW + 2 }),
    moved: fc.option(stamp, { nil: undefined }),
    rest: fc.option(fc.dictionary(fc.constantFrom('one', 'two'), json, { minKeys: 1 }), { nil: undefined }),
  })
  .map((parts) => {
    const [now, ...history] = parts.when.toSorted((a, b) => compareStamps(b.stamp, a.stamp));
    return {
      rec: bytesToRecordId(new Uint8Array(16).fill(3)),
      cat: CATEGORY_NUMBERS.private,
      moment: bytesToMomentId(new Uint8Array(16).fill(4)),
      place: { month: 322, day: 22 },
      when: now?.value ?? onDay(day, 'UTC'),
      whenStamp: now?.stamp ?? makeStamp({ ms: 0, counter: 0, dev: phone }),
      ...(history.length > 0 && { whenHistory: history }),
      written: parts.written,
      own: parts.own,
      ...(parts.moved !== undefined && { moved: parts.moved }),
      fields: parts.fields,
      ...(parts.rest !== undefined && { rest: parts.rest }),
    };
  });

test('merging does not depend on who merges with whom', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(mergeRecords(a, b)).toEqual(mergeRecords(b, a));
    }),
    { numRuns: 2000 },
  );
});

test('merging does not depend on the order of three', () => {
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(mergeRecords(mergeRecords(a, b), c)).toEqual(mergeRecords(a, mergeRecords(b, c)));
    }),
    { numRuns: 2000 },
  );
});

test('merging again changes nothing', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      const merged = mergeRecords(a, b);
      expect(sameRecord(mergeRecords(merged, b), merged)).toBe(true);
      expect(sameRecord(mergeRecords(a, merged), merged)).toBe(true);
      expect(sameRecord(mergeRecords(merged, merged), merged)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('no merge says anything that neither side had said', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      const said = (record: EntryRecord) =>
        Object.entries(record.fields).flatMap(([name, one]) =>
          [one, ...(one.history ?? [])].map((item) => JSON.stringify([name, item.stamp, item.value])),
        );
      const known = new Set([...said(a), ...said(b)]);
      for (const item of said(mergeRecords(a, b))) expect(known).toContain(item);
    }),
    { numRuns: 1000 },
  );
});

test('a field keeps its eight latest values, and of long ones only what fits', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      for (const one of Object.values(mergeRecords(a, b).fields)) {
        const history = one.history ?? [];
        expect(history.length).toBeLessThan(HISTORY_LENGTH);
        const before = [one, ...history].slice(0, -1);
        const bytes = before.reduce((sum, item) => sum + JSON.stringify(item.value).length, 0);
        if (history.length > 0) expect(bytes).toBeLessThan(HISTORY_BYTES);
        let later = one.stamp;
        for (const item of history) {
          expect(compareStamps(item.stamp, later)).toBeLessThanOrEqual(0);
          later = item.stamp;
        }
      }
    }),
    { numRuns: 1000 },
  );
});

function moodAt(valence: number): EntryRecord {
  const made = newMoment(
    { when: atInstant(NOW, 'Europe/London'), mood: { valence } },
    { clock: clockOf(phone), now: NOW },
  );
  const record = made.ok ? made.records[0] : undefined;
  if (record === undefined) throw new Error('the mood was not made');
  return record;
}

test('two devices that edit different parts of a mood offline keep both edits', () => {
  const mood = moodAt(0.2);
  const onPhone = editRecord(mood, { fields: { arousal: 0.6 } }, clockOf(phone, NOW + 5000));
  const onTablet = editRecord(mood, { fields: { words: ['calm'] } }, clockOf(tablet, NOW + 3000));
  const merged = mergeRecords(onPhone?.record ?? mood, onTablet?.record ?? mood);
  expect(merged.fields['valence']?.value).toBe(0.2);
  expect(merged.fields['arousal']?.value).toBe(0.6);
  expect(merged.fields['words']?.value).toEqual(['calm']);
});

test('of two edits of one part the later stays in force and the other is remembered', () => {
  const mood = moodAt(0.2);
  const onPhone = editRecord(mood, { fields: { valence: -0.4 } }, clockOf(phone, NOW + 5000));
  const onTablet = editRecord(mood, { fields: { valence: 0.9 } }, clockOf(tablet, NOW + 3000));
  const merged = mergeRecords(onPhone?.record ?? mood, onTablet?.record ?? mood);
  expect(merged.fields['valence']?.value).toBe(-0.4);
  expect(merged.fields['valence']?.history?.map((item) => item.value)).toEqual([0.9, 0.2]);
});

test('an edit from a phone seventy years ahead can be overwritten, and what it wrote is remembered', () => {
  const mood = moodAt(0.2);
  const wrong =
    editRecord(mood, { fields: { valence: -1 } }, clockOf(phone, NOW + 70 * 365 * 24 * 3600_000))?.record ??
    mood;
  const right =
    editRecord(wrong, { fields: { valence: 0.5 } }, clockOf(tablet, NOW + 60_000))?.record ?? mood;
  const merged = mergeRecords(wrong, right);
  expect(merged.fields['valence']?.value).toBe(0.5);
  expect(merged.fields['valence']?.history?.map((item) => item.value)).toEqual([-1, 0.2]);
});

test('what a newer app added is carried through an edit and a merge', () => {
  const mood = moodAt(0.2);
  const newer: EntryRecord = {
    ...mood,
    fields: { ...mood.fields, weather: { stamp: mood.whenStamp, value: { sky: 'grey' } } },
    rest: { lens: [1, 2] },
  };
  const edited = editRecord(newer, { fields: { valence: 0 } }, clockOf(phone, NOW + 1000))?.record ?? mood;
  const merged = mergeRecords(edited, mood);
  const read = parseRecord(encodeRecord(merged));
  expect(read.ok && read.record.fields['weather']?.value).toEqual({ sky: 'grey' });
  expect(read.ok && read.record.rest).toEqual({ lens: [1, 2] });
});
