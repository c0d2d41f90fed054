import {
  CATEGORY_NUMBERS,
  createClock,
  encodeRecord,
  mergeRecords,
  moodOf,
  parseRecord,
  surroundingsOf,
  wordsOf,
} from '@evenkeel/journal';
import { bytesToDeviceId, paddedSize, utf8 } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { makeDaylio } from '../fixtures/make-daylio.ts';
import { type DaylioReading, readDaylioCsv } from './daylio-csv.ts';
import {
  type ImportPlan,
  type ImportSetup,
  importIdOf,
  planImport,
  recordsOfImport,
  reportOn,
  suggestedMapping,
  valenceOfLevel,
} from './import-plan.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const clock = createClock({ now: () => NOW, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
const idKey = new Uint8Array(32).fill(5);

const HEADER = 'full_date,date,weekday,time,mood,activities,note_title,note\n';

function read(csv: string): Extract<DaylioReading, { ok: true }> {
  const reading = readDaylioCsv(csv);
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
}

async function plan(
  csv: string,
  more: Partial<ImportSetup> = {},
): Promise<Extract<ImportPlan, { ok: true }>> {
  const reading = read(csv);
  const made = await planImport(reading, suggestedMapping(reportOn(reading)), {
    zone: 'Europe/London',
    importId: importIdOf(utf8(csv)),
    idKey,
    clock,
    now: NOW,
    ...more,
  });
  if (!made.ok) throw new Error(made.reason);
  return made;
}

const idsOf = (made: Extract<ImportPlan, { ok: true }>) => new Set(made.records.map((record) => record.rec));

test('the report says what is in the file before anything is brought in', () => {
  const { csv, expected } = makeDaylio();
  const report = reportOn(read(csv));
  expect(report).toMatchObject({
    firstDay: expected.firstDay,
    lastDay: '2026-10-30',
    withoutTime: expected.withoutTime,
  });
  expect(report.moods).toHaveLength(expected.moods);
  const suggested = report.moods.filter((mood) => mood.suggestion !== null);
  expect(suggested.map((mood) => mood.name).toSorted()).toEqual(['awful', 'bad', 'good', 'meh', 'rad']);
  expect(report.activities.map((activity) => activity.name)).toContain('movies / tv');
  expect(report.scales).toEqual([
    { name: 'Sleep Quality', count: 1 },
    { name: 'Sleep Time', count: 1 },
  ]);
});

test('the five levels lie in the middle of their fifths', () => {
  expect(([5, 4, 3, 2, 1] as const).map((level) => Math.round(valenceOfLevel(level) * 100) / 100)).toEqual([
    0.8, 0.4, 0, -0.4, -0.8,
  ]);
});

test('two years with every fault come in whole: the counts are the ones planted', async () => {
  const { csv, expected } = makeDaylio();
  const made = await plan(csv);
  expect(made.rows).toEqual({ added: expected.moments, alreadyHere: 0 });
  expect(made.badRows).toHaveLength(expected.badRowsInAll);
  const byCategory = (cat: number) => made.records.filter((record) => record.cat === cat).length;
  expect({
    mood: byCategory(CATEGORY_NUMBERS.mood),
    surroundings: byCategory(CATEGORY_NUMBERS.surroundings),
    words: byCategory(CATEGORY_NUMBERS.words),
  }).toEqual(expected.records);
  expect(made.clockChanges).toEqual({ skipped: expected.skipped, twice: expected.twice });
  expect(made.withoutValence).toBe(expected.withoutValence);
  expect(idsOf(made).size).toBe(made.records.length);
  for (const record of made.records) expect(parseRecord(encodeRecord(record)).ok).toBe(true);
});

test('no energy is ever made up, and a mood nobody placed keeps its word only', async () => {
  const made = await plan(`${HEADER}2026-01-02,,,10:00,rad,,,\n2026-01-01,,,10:00,vaguely bad,,,\n`);
  expect(made.records.map(moodOf)).toEqual([
    { valence: 0.8, words: [{ own: 'rad' }] },
    { words: [{ own: 'vaguely bad' }] },
  ]);
  const all = await plan(makeDaylio().csv);
  expect(all.records.some((record) => 'arousal' in moodOf(record))).toBe(false);
});

test('bringing the same file in twice adds nothing', async () => {
  const { csv, expected } = makeDaylio();
  const first = idsOf(await plan(csv));
  const again = await plan(csv, { isHeld: (rec) => first.has(rec) });
  expect(again.records).toEqual([]);
  expect(again.rows).toEqual({ added: 0, alreadyHere: expected.moments });
});

test('two devices that bring in the same file apart make the same entries once', async () => {
  const { csv } = makeDaylio();
  const phone = await plan(csv);
  const tablet = await plan(csv, {
    clock: createClock({ now: () => NOW + 60_000, dev: bytesToDeviceId(new Uint8Array(16).fill(2)) }),
  });
  expect(idsOf(tablet)).toEqual(idsOf(phone));
  const [a, b] = [phone.records[0], tablet.records[0]];
  if (a === undefined || b === undefined) throw new Error('nothing was planned');
  expect(moodOf(mergeRecords(a, b))).toEqual(moodOf(a));
});

test('a newer export of the same diary adds only its new rows, in any header or time style', async () => {
  const old = '2026-01-02,,,22:00,good,walk,,"A note, <b>bold</b>"\n2026-01-01,,,,meh,,,\n';
  const held = idsOf(await plan(HEADER + old));
  const isHeld = (rec: string) => [...held].some((one) => one === rec);
  const newer = await plan(`${HEADER}2026-01-03,,,09:00,rad,,,\n${old}`, { isHeld });
  expect(newer.rows).toEqual({ added: 1, alreadyHere: 2 });
  const reworded =
    'full_date,date,weekday,time,mood,activities,scales,note_title,note\r\n' +
    '2026-01-02,2 January,Friday,10:00 pm,fine,walking,,,"A note, bold"\r\n2026-01-01,,,,meh,,,,\r\n';
  expect((await plan(reworded, { isHeld })).rows).toEqual({ added: 0, alreadyHere: 2 });
});

test('two identical rows stay two, and a third one that comes later is the only one added', async () => {
  const twin = '2026-01-02,,,22:00,good,,,\n';
  const two = await plan(HEADER + twin + twin);
  expect(two.rows.added).toBe(2);
  const held = idsOf(two);
  const three = await plan(`${HEADER}2026-01-03,,,10:00,meh,,,\n${twin}${twin}${twin}`, {
    isHeld: (rec) => held.has(rec),
  });
  expect(three.rows).toEqual({ added: 2, alreadyHere: 2 });
});

test('ids depend on a key of the account: nobody else can guess a row from its id', async () => {
  const csv = `${HEADER}2026-01-02,,,22:00,good,,,\n`;
  const mine = idsOf(await plan(csv));
  const theirs = idsOf(await plan(csv, { idKey: new Uint8Array(32).fill(6) }));
  expect([...mine].some((rec) => theirs.has(rec))).toBe(false);
});

test('a row without a time is a day, never a made-up hour', async () => {
  const [record] = (await plan(`${HEADER}2026-01-02,,,,good,,,\n`)).records;
  expect(record?.when).toMatchObject({ precision: 'day', day: '2026-01-02', zone: 'Europe/London' });
});

test('wall times are read in the zone the person names', async () => {
  const csv = `${HEADER}2026-07-01,,,22:00,good,,,\n`;
  expect((await plan(csv)).records[0]?.when).toMatchObject({
    at: Date.UTC(2026, 6, 1, 21),
    day: '2026-07-01',
  });
  expect((await plan(csv, { zone: 'Asia/Kolkata' })).records[0]?.when).toMatchObject({
    at: Date.UTC(2026, 6, 1, 16, 30),
  });
  // Samoa had no 30 December 2011: the day is kept, an hour on it is not made up.
  const apia = await plan(`${HEADER}2011-12-30,,,12:00,good,,,\n`, { zone: 'Pacific/Apia' });
  expect(apia.records[0]?.when).toMatchObject({ precision: 'day', day: '2011-12-30' });
  const reading = read(csv);
  const nowhere = await planImport(reading, suggestedMapping(reportOn(reading)), {
    zone: 'Mars/Olympus',
    importId: 'x',
    idKey,
    clock,
    now: NOW,
  });
  expect(nowhere).toEqual({ ok: false, reason: 'no-such-zone' });
});

test('activities, scales and notes come along; scales can be left out', async () => {
  const csv =
    'full_date,date,weekday,time,mood,activities,scales,note_title,note\n2026-01-02,,,22:00,good,walk | movies / tv,Sleep Time: 8:00,Title,Text\n';
  const [, surroundings, words] = (await plan(csv)).records;
  expect(surroundings && surroundingsOf(surroundings)).toEqual({
    activities: ['walk', 'movies / tv'],
    people: [],
    places: [],
    tags: ['Sleep Time: 8:00'],
  });
  expect(words && wordsOf(words)).toBe('Title\n\nText');
  const reading = read(csv);
  const mapping = { ...suggestedMapping(reportOn(reading)), scales: 'leave-out' as const };
  const without = await planImport(reading, mapping, { zone: 'UTC', importId: 'x', idKey, clock, now: NOW });
  const tagged = without.ok && without.records[1];
  expect(tagged && surroundingsOf(tagged).tags).toEqual([]);
});

test('one undo finds everything an import brought in and nothing else', async () => {
  const one = await plan(`${HEADER}2026-01-02,,,22:00,good,walk,,Text\n`);
  const other = await plan(`${HEADER}2026-01-03,,,22:00,good,,,\n`);
  const all = [...one.records, ...other.records];
  expect(recordsOfImport(all, one.importId)).toEqual(one.records);
  expect(one.records.every((record) => record.source?.app === 'daylio' && record.source.row === 1)).toBe(
    true,
  );
});

test('an imported mood fits the smallest padded envelope', async () => {
  const made = await plan(makeDaylio().csv);
  const moods = made.records.filter((record) => record.cat === CATEGORY_NUMBERS.mood);
  const small = moods.filter((record) => paddedSize(encodeRecord(record).length) === 256);
  expect(small.length / moods.length).toBeGreaterThan(0.95);
});
