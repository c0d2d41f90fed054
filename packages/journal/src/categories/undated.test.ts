import { bytesToDeviceId } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { encodeRecord, parseRecord } from '../entry-codec.ts';
import type { EntryRecord } from '../entry.ts';
import { mergeRecords } from '../merge.ts';
import {
  editCondition,
  editPlanLine,
  editSetting,
  newCondition,
  newPlanLine,
  newSetting,
} from '../moment.ts';
import { type Condition, conditionOf, conditionsOf, isPartialDate } from './conditions.ts';
import { type PlanLine, planOf } from './plan.ts';
import { type Setting, questionnaireSchedules, settingLists, settingOf, trackedChoices } from './settings.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const deviceOf = (byte: number, now = NOW) =>
  createClock({ now: () => now, dev: bytesToDeviceId(new Uint8Array(16).fill(byte)) });
const phone = { clock: deviceOf(1), now: NOW };
const tablet = { clock: deviceOf(2, NOW + 60_000), now: NOW + 60_000 };

function made(record: EntryRecord | null): EntryRecord {
  if (record === null) throw new Error('the record was not made');
  const read = parseRecord(encodeRecord(record));
  if (!read.ok) throw new Error(read.reason);
  expect(read.record).toEqual(record);
  return read.record;
}

const depression: Condition = { text: 'Depression', since: '2019', status: 'current', note: '' };

test('a date is as exact as it is known, and no more', () => {
  for (const date of ['2019', '2019-04', '2019-04-12', '1952-02-29', '2000-02-29'])
    expect(isPartialDate(date), date).toBe(true);
  for (const date of ['19', '2019-13', '2019-02-30', '1900-02-29', '2019-4', '2019-04-', '1899', 'soon'])
    expect(isPartialDate(date), date).toBe(false);
});

test('a condition is read as it was written, and two devices can each add one', () => {
  const records = [
    made(newCondition(depression, phone)),
    made(newCondition({ text: ' Asthma ', since: '1998-05', status: 'past', note: 'As a child' }, tablet)),
  ];
  expect(conditionsOf(records)).toEqual([
    { id: records[0]?.rec, ...depression },
    { id: records[1]?.rec, text: 'Asthma', since: '1998-05', status: 'past', note: 'As a child' },
  ]);
  expect(newCondition({ ...depression, text: ' ' }, phone)).toBeNull();
  expect(newCondition({ ...depression, since: '2019-02-30' }, phone)).toBeNull();
});

test('two devices that each change one part of a condition keep both changes', () => {
  const record = made(newCondition(depression, phone));
  const { since: _since, ...undatedCondition } = depression;
  const a = editCondition(record, { ...undatedCondition }, phone.clock);
  const b = editCondition(record, { ...depression, status: 'past' }, tablet.clock);
  expect(conditionOf(mergeRecords(made(a), made(b)))).toEqual({
    id: record.rec,
    ...undatedCondition,
    status: 'past',
  });
});

test('two plans that were begun apart are one plan with the lines of both', () => {
  const line = (text: string, order: number, section: PlanLine['section'] = 'alone'): PlanLine => ({
    section,
    text,
    order,
  });
  const ask = { section: 'people-to-ask', text: 'Ola', phone: ' 07700 900 123 ', order: 1 } as const;
  const records = [
    made(newPlanLine(line('Swim', 1), phone)),
    made(newPlanLine(ask, phone)),
    made(newPlanLine(line('Call in sick', 1), tablet)),
    made(newPlanLine(line('I stop eating', 1, 'warning-signs'), tablet)),
  ];
  expect(planOf(records).map(({ text, phone: number }) => [text, number])).toEqual([
    ['I stop eating', undefined],
    ['Call in sick', undefined],
    ['Swim', undefined],
    ['Ola', '07700 900 123'],
  ]);
  const ola = records[1];
  const edited = ola && editPlanLine(ola, { section: 'people-to-ask', text: 'Ola', order: 1 }, phone.clock);
  expect(edited && planOf([edited])[0]?.phone, 'a number taken out').toBeUndefined();
  expect(newPlanLine({ ...ask, phone: 'ring me' }, phone)).toBeNull();
});

test('every kind of setting is read as it was written', () => {
  const place = { order: 3, archived: false };
  const settings: readonly Setting[] = [
    { kind: 'symptom', text: 'Headache', ...place },
    { kind: 'craving', text: 'To drink', ...place },
    { kind: 'substance', text: 'Alcohol', unit: '', alcohol: true, ...place },
    { kind: 'medication', text: 'Sertraline', dose: '50 mg', ...place },
    { kind: 'tracker', text: 'Calm', form: { shape: 'scale', min: 0, max: 10 }, ...place },
    { kind: 'tracker', text: 'Coffee', form: { shape: 'count', unit: 'cups' }, ...place },
    { kind: 'tracker', text: 'Ate lunch', form: { shape: 'yes-no' }, ...place },
    { kind: 'tracker', text: 'Outside', form: { shape: 'duration' }, ...place },
    { kind: 'tracker', text: 'Weather', form: { shape: 'choice', choices: ['sun', 'rain'] }, ...place },
    { kind: 'tracked', what: 'sleep', on: true },
    { kind: 'questionnaire-schedule', instrument: 'phq-9', everyDays: 14, from: '2026-11-22', on: true },
  ];
  for (const setting of settings) {
    const record = made(newSetting(setting, phone));
    expect(settingOf(record)).toEqual({ id: record.rec, ...setting });
  }
  for (const form of [
    { shape: 'scale', min: 5, max: 5 },
    { shape: 'scale', min: 0, max: 101 },
    { shape: 'choice', choices: ['sun', ' '] },
  ] as const)
    expect(newSetting({ kind: 'tracker', text: 'Odd', form, ...place }, phone)).toBeNull();
});

test('of two devices that choose what is tracked, the one that chose last is followed', () => {
  const on = made(newSetting({ kind: 'tracked', what: 'sleep', on: true }, phone));
  const off = made(newSetting({ kind: 'tracked', what: 'sleep', on: false }, tablet));
  expect(trackedChoices([off, on]).get('sleep')?.on).toBe(false);
  const again = editSetting(on, { kind: 'tracked', what: 'sleep', on: false }, phone.clock);
  const last =
    again && editSetting(again, { kind: 'tracked', what: 'sleep', on: true }, deviceOf(1, NOW + 90_000));
  expect(last && trackedChoices([last, off]).get('sleep')?.on).toBe(true);
  expect(trackedChoices([on]).has('energy')).toBe(false);

  const everyFortnight = { kind: 'questionnaire-schedule', instrument: 'gad-7', from: '2026-11-22' } as const;
  const a = made(newSetting({ ...everyFortnight, everyDays: 14, on: true }, phone));
  const b = made(newSetting({ ...everyFortnight, everyDays: 7, on: true }, tablet));
  expect(questionnaireSchedules([b, a]).get('gad-7')?.everyDays).toBe(7);
});

test('a list that two devices added to holds both, each in its place', () => {
  const symptom = (text: string, order: number) =>
    ({ kind: 'symptom', text, order, archived: false }) as const;
  const records = [
    made(newSetting(symptom('Headache', 2), phone)),
    made(newSetting(symptom('Nausea', 2), tablet)),
    made(newSetting(symptom('Shaking', 1), tablet)),
  ];
  expect(settingLists(records).symptom.map(({ text }) => text)).toEqual(['Shaking', 'Headache', 'Nausea']);
});
