import {
  CATEGORY_NUMBERS,
  CHECK_IN_CATEGORIES,
  createClock,
  moodOf,
  newCondition,
  newMoment,
  newPlanLine,
  newSetting,
  subjectOf,
  type EntryRecord,
} from '@evenkeel/journal';
import { bytesToDeviceId } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { type PlausibleDiary, plausibleDiary } from './plausible-diary.ts';

const UNTIL = Date.UTC(2026, 10, 20, 18);

function recordsOf(diary: PlausibleDiary): readonly EntryRecord[] {
  let now = UNTIL;
  const clock = createClock({ now: () => now, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
  return diary.moments.flatMap(({ draft, writtenAt }) => {
    now = writtenAt;
    const made = newMoment(draft, { clock, now });
    if (!made.ok) throw new Error(made.reason);
    return made.records;
  });
}

test('the same seed gives the same diary, and another seed another one', () => {
  expect(plausibleDiary({ seed: 5, until: UNTIL })).toEqual(plausibleDiary({ seed: 5, until: UNTIL }));
  expect(plausibleDiary({ seed: 5, until: UNTIL }).moments).not.toEqual(
    plausibleDiary({ seed: 6, until: UNTIL }).moments,
  );
});

test('two years hold about as many moments as such a person writes, all of them entries the journal takes', () => {
  const diary = plausibleDiary({ seed: 1, until: UNTIL });
  expect(diary.moments.length).toBeGreaterThan(700);
  expect(diary.moments.length).toBeLessThan(1200);
  const records = recordsOf(diary);
  const kinds = new Set(records.map(subjectOf));
  for (const category of ['mood', 'values', 'surroundings', 'words'] as const)
    expect(kinds).toContain(CATEGORY_NUMBERS[category]);
  const times = diary.moments.map(({ draft }) => draft.when.at);
  expect(times.every((at) => at < UNTIL && at > UNTIL - 735 * 86_400_000)).toBe(true);
  expect(diary.moments.every(({ writtenAt }) => writtenAt <= UNTIL)).toBe(true);
});

test('exactly as many moments as are asked for', () => {
  for (const entries of [1, 200, 2000])
    expect(plausibleDiary({ seed: 3, until: UNTIL, years: 1, entries }).moments).toHaveLength(entries);
});

test('moods go up and down, with a week in them', () => {
  const records = recordsOf(plausibleDiary({ seed: 2, until: UNTIL, years: 6 })).filter(
    (record) => subjectOf(record) === CATEGORY_NUMBERS.mood,
  );
  const valences = records.flatMap((record) => {
    const { valence } = moodOf(record);
    return valence === undefined || record.when.precision === 'undated'
      ? []
      : [{ valence, weekday: new Date(`${record.when.day}T12:00Z`).getUTCDay() }];
  });
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const on = (weekday: number) =>
    mean(valences.filter((one) => one.weekday === weekday).map(({ valence }) => valence));
  expect(on(6) - on(1)).toBeGreaterThan(0.1);
  expect(Math.min(...valences.map(({ valence }) => valence))).toBeLessThan(-0.6);
  expect(Math.max(...valences.map(({ valence }) => valence))).toBeGreaterThan(0.8);
});

test('settings are ones the journal takes, and moments refer to them', () => {
  const diary = plausibleDiary({ seed: 4, until: UNTIL });
  const clock = createClock({ now: () => UNTIL, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
  for (const { rec, setting } of diary.settings)
    expect(newSetting(setting, { clock, now: UNTIL, rec })).not.toBeNull();
  const known = new Set<string>(diary.settings.map(({ rec }) => rec));
  const used = diary.moments.flatMap(({ draft }) => draft.values ?? []);
  expect(used.length).toBeGreaterThan(100);
  expect(used.every(({ value }) => known.has(value))).toBe(true);
});

test('a person who switched everything on writes all kinds of entries, all of which the journal takes', () => {
  const diary = plausibleDiary({ seed: 1, until: UNTIL, years: 1, more: true });
  expect(plausibleDiary({ seed: 1, until: UNTIL, years: 1, more: true })).toEqual(diary);
  const kinds = Map.groupBy(recordsOf(diary), subjectOf);
  for (const category of CHECK_IN_CATEGORIES)
    expect(kinds.get(CATEGORY_NUMBERS[category])?.length, category).toBeGreaterThan(20);
  const clock = createClock({ now: () => UNTIL, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
  for (const { rec, setting } of diary.settings)
    expect(newSetting(setting, { clock, now: UNTIL, rec })).not.toBeNull();
  for (const condition of diary.conditions)
    expect(newCondition(condition, { clock, now: UNTIL })).not.toBeNull();
  for (const line of diary.plan) expect(newPlanLine(line, { clock, now: UNTIL })).not.toBeNull();
});
