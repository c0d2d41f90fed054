import { bytesToDeviceId } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import {
  CATEGORY_NUMBERS,
  GRANTABLE_CATEGORIES,
  categoryByNumber,
  categoryNumber,
  isGrantable,
} from './categories.ts';
import { moodOf } from './categories/mood.ts';
import { settingOf, surroundingSettings, valueSettings } from './categories/settings.ts';
import { surroundingsOf } from './categories/surroundings.ts';
import { valuesOf } from './categories/values.ts';
import { wordsOf } from './categories/words.ts';
import { createClock } from './clock.ts';
import { summariseDay } from './day-summary.ts';
import { editRecord } from './edit.ts';
import { type EntryRecord, isNotForSharing, onDay, subjectOf } from './entry.ts';
import { historyOf } from './history.ts';
import {
  type MomentDraft,
  atInstant,
  draftOf,
  editMoment,
  editSetting,
  newMoment,
  newSetting,
} from './moment.ts';
import {
  allowSharing,
  binRecord,
  eraseRecord,
  hideFromSharing,
  isDueForErasure,
  restoreRecord,
} from './move.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const DAY = 24 * 3600_000;
const clock = createClock({ now: () => NOW, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
const makers = { clock, now: NOW };
const when = atInstant(NOW, 'Europe/London');

const full: MomentDraft = {
  when,
  mood: { valence: -0.4, arousal: 0.6, words: [{ id: 'worried' }, { own: '  wobbly ' }] },
  values: [{ value: 'v1', text: 'Being there for Ola', closeness: 7 }],
  surroundings: { activities: ['walk', 'cooking'], people: ['Ola'], tags: ['bad  sleep'] },
  words: 'A long day.\r\nBut the walk helped.',
};

function make(draft: MomentDraft): readonly EntryRecord[] {
  const made = newMoment(draft, makers);
  if (!made.ok) throw new Error(made.reason);
  return made.records;
}

function only(records: readonly EntryRecord[]): EntryRecord {
  const [record, ...others] = records;
  if (record === undefined || others.length > 0)
    throw new Error(`expected one record, found ${records.length}`);
  return record;
}

test('a check-in becomes one record for each part, tied together by its moment', () => {
  const records = make(full);
  expect(records.map((record) => record.cat)).toEqual([1, 2, 3, 4]);
  expect(new Set(records.map((record) => record.moment)).size).toBe(1);
  expect(new Set(records.map((record) => record.rec)).size).toBe(4);
  for (const record of records) expect(record.place).toEqual({ month: 322, day: 22 });
  const [mood, values, surroundings, words] = records;
  expect(mood && moodOf(mood)).toEqual({
    valence: -0.4,
    arousal: 0.6,
    words: [{ id: 'worried' }, { own: 'wobbly' }],
  });
  expect(values && valuesOf(values)).toEqual(full.values);
  expect(surroundings && surroundingsOf(surroundings)).toEqual({
    activities: ['walk', 'cooking'],
    people: ['Ola'],
    places: [],
    tags: ['bad sleep'],
  });
  expect(words && wordsOf(words)).toBe('A long day.\nBut the walk helped.');
});

test('a mood needs a valence, an arousal, a word or an honest answer; any one is enough', () => {
  for (const mood of [
    { valence: 0 },
    { arousal: 0 },
    { words: [{ id: 'sad' }] },
    { answer: 'dont-know' as const },
    { answer: 'rather-not-say' as const },
  ]) {
    expect(moodOf(only(make({ when, mood })))).toEqual(mood);
  }
  expect(newMoment({ when, mood: {} }, makers)).toEqual({ ok: false, reason: 'nothing-filled-in' });
  expect(newMoment({ when, mood: { words: [] }, words: '   ' }, makers)).toEqual({
    ok: false,
    reason: 'nothing-filled-in',
  });
});

test('an energy that was not given is not invented', () => {
  const mood = only(make({ when, mood: { valence: 0.5 } }));
  expect(Object.keys(mood.fields)).toEqual(['valence']);
  expect('arousal' in moodOf(mood)).toBe(false);
});

test('what cannot be kept is refused with the part that is too much', () => {
  expect(newMoment({ when, mood: { valence: 1.2 } }, makers)).toEqual({
    ok: false,
    reason: 'too-much',
    part: 'mood',
  });
  expect(newMoment({ when, mood: { valence: Number.NaN } }, makers)).toMatchObject({
    ok: false,
    part: 'mood',
  });
  expect(newMoment({ when, words: 'x'.repeat(10_001) }, makers)).toMatchObject({ ok: false, part: 'words' });
  expect(newMoment({ when, values: [{ value: 'v1', text: 'Rest', closeness: 11 }] }, makers)).toMatchObject({
    part: 'values',
  });
  expect(newMoment({ when, surroundings: { tags: ['x'.repeat(121)] } }, makers)).toMatchObject({
    part: 'surroundings',
  });
  expect(newMoment({ when: onDay('1999-12-31', 'UTC'), words: 'x' }, makers)).toEqual({
    ok: false,
    reason: 'day-out-of-range',
  });
});

test('back-dating keeps both times: when it was about, and when it was written', () => {
  const record = only(make({ when: onDay('2026-11-17', 'Europe/London'), mood: { valence: 0 } }));
  expect(record.when).toMatchObject({ precision: 'day', day: '2026-11-17' });
  expect(record.written).toBe(NOW);
  expect(record.place).toEqual({ month: 322, day: 17 });
});

test('editing a moment changes what differs, adds what is new and bins what was taken out', () => {
  const records = make({ when, mood: { valence: 0.1 }, words: 'old' });
  const edited = editMoment(
    records,
    { when, mood: { valence: 0.1, arousal: 0.2 }, values: full.values ?? [] },
    makers,
  );
  if (!edited.ok) throw new Error(edited.reason);
  expect(edited.changes.map((change) => change.kind)).toEqual(['edited', 'moved']);
  expect(edited.changes[1]?.record.own).toMatchObject({ cat: CATEGORY_NUMBERS.words, why: 'binned' });
  expect(edited.added.map((record) => record.cat)).toEqual([CATEGORY_NUMBERS.values]);
  expect(edited.added[0]?.moment).toBe(records[0]?.moment);
});

test('opening an entry to edit it and saving it as it was changes nothing', () => {
  const records = make(full);
  const draft = draftOf(records);
  expect(draft && editMoment(records, draft, makers)).toEqual({ ok: true, changes: [], added: [] });
});

test('a part added to an entry that is not for sharing is not for sharing either', () => {
  const records = make({ when, mood: { valence: 0.1 }, notForSharing: true });
  expect(records.every(isNotForSharing)).toBe(true);
  const edited = editMoment(records, { when, mood: { valence: 0.1 }, words: 'private' }, makers);
  expect(edited.ok && edited.added.every(isNotForSharing)).toBe(true);
});

test('moving an entry to another day leaves a tombstone that says where it went and holds nothing written', () => {
  const record = only(make({ when, words: 'canary words' }));
  const change = editRecord(record, { when: atInstant(NOW - DAY, 'Europe/London') }, clock);
  if (change?.kind !== 'moved') throw new Error('expected a move');
  expect(change.record.place).toEqual({ month: 322, day: 21 });
  expect(change.record.rec).not.toBe(record.rec);
  expect(change.tombstone).toMatchObject({ rec: record.rec, movedTo: { rec: change.record.rec, cat: 4 } });
  expect(JSON.stringify(change.tombstone)).not.toContain('canary');
  expect(change.record.whenHistory?.[0]?.value).toEqual(when);
});

test('the bin and back: out of its category, then in it again with everything it said', () => {
  const record = only(make({ when, mood: { valence: 0.3 } }));
  const binned = binRecord(record, makers);
  expect(binned?.record).toMatchObject({
    cat: 241,
    own: { cat: 1, why: 'binned', binnedAt: NOW, backTo: 'category' },
  });
  expect(binned && subjectOf(binned.record)).toBe(1);
  const restored = binned && restoreRecord(binned.record, makers);
  expect(restored?.record).toMatchObject({ cat: 1, fields: record.fields, moment: record.moment });
  expect(restored?.record.own).toBeUndefined();
  expect(binned && binRecord(binned.record, makers)).toBeNull();
  expect(restoreRecord(record, makers)).toBeNull();
});

test('an entry not for sharing that was binned comes back as not for sharing', () => {
  const record = only(make({ when, mood: { valence: 0.3 } }));
  const hidden = hideFromSharing(record, makers);
  const binned = hidden && binRecord(hidden.record, makers);
  const restored = binned && restoreRecord(binned.record, makers);
  expect(binned?.kind).toBe('edited');
  expect(restored?.record).toMatchObject({ cat: 241, own: { cat: 1, why: 'not-for-sharing' } });
  expect(restored && allowSharing(restored.record, makers)?.record.cat).toBe(1);
});

test('thirty days in the bin end in erasure, and a wrong clock cannot shorten them', () => {
  const record = only(make({ when, mood: { valence: 0.3 } }));
  const binned = binRecord(record, makers)?.record ?? record;
  expect(isDueForErasure(binned, NOW + 30 * DAY - 1, NOW)).toBe(false);
  expect(isDueForErasure(binned, NOW + 30 * DAY, NOW)).toBe(true);
  expect(isDueForErasure(record, NOW + 300 * DAY, NOW)).toBe(false);
  const behind = binRecord(record, { clock, now: NOW - 3 * 365 * DAY })?.record ?? record;
  expect(isDueForErasure(behind, NOW + DAY, NOW)).toBe(false);
  expect(Object.keys(eraseRecord(binned)).toSorted()).toEqual(['cat', 'place', 'rec', 'seen']);
});

test('the history of an entry says what was changed, newest first', () => {
  const record = only(make({ when, mood: { valence: 0.3 } }));
  const edited = editRecord(record, { fields: { valence: -0.3, arousal: 0.1 } }, clock)?.record ?? record;
  const later = atInstant(NOW - 60_000, 'Europe/London');
  const again = editRecord(edited, { when: later }, clock)?.record ?? record;
  const history = historyOf(again);
  expect(history.map((step) => step.fields)).toEqual([{}, { valence: -0.3, arousal: 0.1 }, { valence: 0.3 }]);
  expect(history.map((step) => step.when)).toEqual([later, undefined, when]);
});

test('values and tags are lists of the person, in their order, with the archived put away', () => {
  const value = (text: string, order: number, archived = false) =>
    newSetting({ kind: 'value', text, area: 'family', importance: 8, order, archived }, makers);
  const walk = newSetting(
    { kind: 'surrounding', group: 'activities', text: ' walk ', order: 0, archived: false },
    makers,
  );
  const records = [value('Rest', 2), value('Ola', 1), value('Old', 0, true), walk].flatMap(
    (record) => record ?? [],
  );
  expect(valueSettings(records).map((one) => one.text)).toEqual(['Ola', 'Rest']);
  expect(valueSettings(records, { archived: true })).toHaveLength(3);
  expect(surroundingSettings(records, 'activities').map((one) => one.text)).toEqual(['walk']);
  expect(surroundingSettings(records, 'people')).toEqual([]);
  const [rest] = records;
  const edited =
    rest &&
    editSetting(
      rest,
      { kind: 'value', text: 'Rest', area: 'health', importance: 3, order: 5, archived: true },
      clock,
    );
  expect(edited && settingOf(edited)).toMatchObject({
    id: rest?.rec,
    area: 'health',
    importance: 3,
    archived: true,
  });
  expect(value('   ', 1)).toBeNull();
});

test('a day is summed up from what was given, without what lies in the bin', () => {
  const moods = [{ valence: 0.5, arousal: 0.2 }, { valence: -0.9 }, { answer: 'dont-know' as const }].map(
    (mood) => only(make({ when, mood })),
  );
  const binned = binRecord(only(make({ when, mood: { valence: 1 } })), makers)?.record;
  const records = [...moods, ...(binned === undefined ? [] : [binned])];
  expect(summariseDay('2026-11-22', records)).toEqual({
    day: '2026-11-22',
    moments: 3,
    moods: 2,
    valence: -0.2,
    arousal: 0.2,
    strongest: { valence: -0.9 },
  });
  expect(summariseDay('2026-11-22', [])).toBeNull();
});

test('category numbers are final: names and numbers go both ways, settings and private are never shared', () => {
  expect(CATEGORY_NUMBERS).toEqual({
    mood: 1,
    values: 2,
    surroundings: 3,
    words: 4,
    sleep: 5,
    symptoms: 6,
    substances: 7,
    questionnaires: 8,
    medication: 9,
    conditions: 10,
    trackers: 11,
    plan: 12,
    profile: 13,
    settings: 240,
    private: 241,
  });
  for (const category of GRANTABLE_CATEGORIES) {
    expect(categoryByNumber(categoryNumber(category))).toBe(category);
    expect(isGrantable(categoryNumber(category))).toBe(true);
  }
  for (const number of [0, 14, 240, 241, 1.5]) expect(isGrantable(number)).toBe(false);
});
