/**
 * A made-up diary of a made-up person, for the demo, the pictures, the bench and the tests. Its moods follow a
 * week (Mondays dip, Saturdays lift), a year (winters are lower), the days before, and what was done; some
 * weeks nothing is written. The same seed gives the same diary on every machine. Nobody's data is in it.
 */
import {
  type Closeness,
  type Condition,
  type LocalDay,
  type MomentDraft,
  type Mood,
  type PlanLine,
  type Setting,
  type SurroundingSetting,
  type Surroundings,
  type ValueSetting,
  type When,
  addDays,
  dayOfInstant,
  noonOfDay,
  wordsNear,
} from '@evenkeel/journal';
import { type RecordId, bytesToRecordId, sha256, utf8 } from '@evenkeel/protocol';
import { PLAUSIBLE_CONDITIONS, PLAUSIBLE_PLAN, moreSettings, withMore } from './plausible-more.ts';
import { type Random, seededRandom } from './random.ts';

export type PlausibleDiary = {
  /** To be made into settings with `newSetting`, under these record ids: the moments refer to them. */
  readonly settings: readonly (PlausibleSetting & { readonly rec: RecordId })[];
  /** Oldest first. */
  readonly moments: readonly PlausibleMoment[];
  /** Tied to no day; empty unless more than moods is wished for. */
  readonly conditions: readonly Condition[];
  readonly plan: readonly PlanLine[];
};

export type PlausibleSetting = { readonly setting: Setting };
export type PlausibleMoment = {
  readonly draft: MomentDraft;
  /** Milliseconds UTC: some are written days later. */
  readonly writtenAt: number;
};

export type DiaryWish = {
  readonly seed: number;
  /** Milliseconds UTC of the end of the diary. */
  readonly until: number;
  /** Length of the diary; 2 by default. */
  readonly years?: number;
  /** Moments, exactly; by default what such a person writes, about 1.3 a day. */
  readonly entries?: number;
  /** IANA zone, for one with whole hours from UTC at noon; `Europe/London` by default. */
  readonly zone?: string;
  /** Everything that can be switched on, besides moods; false by default. Questionnaires are moments of their own. */
  readonly more?: boolean;
};

const VALUES: readonly Omit<ValueSetting, 'kind' | 'order' | 'archived'>[] = [
  { text: 'Being there for my sister', area: 'family', importance: 9 },
  { text: 'Making things with my hands', area: 'fun', importance: 7 },
  { text: 'Looking after my body', area: 'health', importance: 6 },
  { text: 'Doing careful work', area: 'work', importance: 7 },
  { text: 'Time outdoors', area: 'nature', importance: 8 },
];

/** What is done, and how it pulls the mood: valence and arousal, in tenths. */
const ACTIVITIES = [
  { text: 'Walk', valence: 2, arousal: 1 },
  { text: 'Allotment', valence: 3, arousal: 1 },
  { text: 'Work', valence: -1, arousal: 2 },
  { text: 'Cooking', valence: 1, arousal: 0 },
  { text: 'Swimming', valence: 3, arousal: 3 },
  { text: 'Reading', valence: 1, arousal: -2 },
  { text: 'Housework', valence: -1, arousal: 0 },
  { text: 'Phone call', valence: 1, arousal: 1 },
  { text: 'Bus journey', valence: -1, arousal: -1 },
  { text: 'Mending', valence: 2, arousal: -1 },
] as const;
const PEOPLE = ['Alone', 'Tamsin', 'Uncle Dev', 'Colleagues', 'Morwenna', 'The choir'] as const;
const PLACES = ['Home', 'Work', 'Allotment', 'Town', 'Pool', 'Tamsin’s'] as const;
const TAGS = ['slept badly', 'headache', 'rain', 'payday', 'skipped lunch'] as const;

const LOW_NOTES = [
  'Could not get going this morning.',
  'Everything felt like too many steps.',
  'Cancelled, and felt bad for cancelling.',
  'Tired behind the eyes all day.',
  'Kept going over what was said on Friday.',
  'Quiet evening, curtains shut early.',
] as const;
const MIDDLE_NOTES = [
  'An ordinary day, and that is fine.',
  'Got the washing done at least.',
  'Rain all day, stayed in and mended the green jumper.',
  'Talked a little at lunch.',
  'Slow start, better by the afternoon.',
  'Bus was late, read on the bench.',
] as const;
const HIGH_NOTES = [
  'First beans are up at the allotment.',
  'Laughed properly with Tamsin for once.',
  'Swam forty lengths and came out warm.',
  'Choir was lovely, we got through the hard bit.',
  'Finished the chair. It does not wobble.',
  'Sun on the back step with a cup of tea.',
] as const;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DEFAULT_YEARS = 2;
const DAYS_A_YEAR = 365.25;

export function plausibleDiary(wish: DiaryWish): PlausibleDiary {
  const random = seededRandom(wish.seed);
  const zone = wish.zone ?? 'Europe/London';
  const dayCount = Math.max(1, Math.round((wish.years ?? DEFAULT_YEARS) * DAYS_A_YEAR));
  const lastDay = addDays(dayOfInstant(wish.until, zone), -1);
  const settings = settingsOf(wish.seed);
  const values = settings.flatMap(({ rec, setting }) =>
    setting.kind === 'value' ? [{ rec, text: setting.text }] : [],
  );
  const counts = momentsADay(random, dayCount, wish.entries);
  const moments: PlausibleMoment[] = [];
  let drift = 0;
  for (const [i, count] of counts.entries()) {
    drift = 0.86 * drift + 0.16 * random.bell();
    const day = addDays(lastDay, i - dayCount + 1);
    for (const hour of hoursOf(random, count)) {
      moments.push(momentAt({ day, hour, zone, drift, values, latest: wish.until }, random));
    }
  }
  const inOrder = moments.toSorted((a, b) => a.draft.when.at - b.draft.when.at);
  if (wish.more !== true) return { settings, moments: inOrder, conditions: [], plan: [] };
  return {
    settings: [...settings, ...moreSettings(wish.seed)],
    moments: withMore(wish.seed, inOrder).toSorted((a, b) => a.draft.when.at - b.draft.when.at),
    conditions: PLAUSIBLE_CONDITIONS,
    plan: PLAUSIBLE_PLAN,
  };
}

type Hour = {
  readonly day: LocalDay;
  readonly hour: number;
  readonly zone: string;
  readonly drift: number;
  readonly values: readonly { rec: RecordId; text: string }[];
  readonly latest: number;
};

function momentAt({ day, hour, zone, drift, values, latest }: Hour, random: Random): PlausibleMoment {
  const done = random.some(ACTIVITIES, 0.16);
  const tags = random.some(TAGS, 0.06);
  const valence = clamp(
    0.1 +
      drift +
      weekRhythm(day) +
      yearRhythm(day) +
      sum(done.map((one) => one.valence)) / 10 -
      0.15 * tags.length +
      0.14 * random.bell(),
  );
  const arousal = clamp(
    dayRhythm(hour) + 0.35 * drift + sum(done.map((one) => one.arousal)) / 10 + 0.22 * random.bell(),
  );
  const when = whenAt(day, hour, zone, random);
  const later = random.chance(0.05) ? random.between(1, 3) * DAY_MS : random.between(0, 20) * 60_000;
  const draft: MomentDraft = {
    when,
    mood: moodAt(valence, arousal, random),
    ...(random.chance(0.25) && { values: closenessOf(values, valence, random) }),
    ...((done.length > 0 || tags.length > 0) && { surroundings: surroundingsOf(done, tags, random) }),
    ...(random.chance(0.3) && { words: noteFor(valence, random) }),
    ...(random.chance(0.015) && { notForSharing: true }),
  };
  return { draft, writtenAt: Math.min(when.at + later, latest) };
}

function moodAt(valence: number, arousal: number, random: Random): Mood {
  if (random.chance(0.015)) return { answer: random.pick(['dont-know', 'rather-not-say']) };
  const near = wordsNear({ valence, arousal }, 6).map(({ id }) => ({ id }));
  const words = random.some(near, 0.3);
  return {
    valence: hundredth(valence),
    ...(!random.chance(0.03) && { arousal: hundredth(arousal) }),
    ...(words.length > 0 && random.chance(0.6) && { words }),
  };
}

function whenAt(day: LocalDay, hour: number, zone: string, random: Random): When {
  const noon = noonOfDay(day);
  if (random.chance(0.02)) return { precision: 'day', at: noon, zone, day };
  const offset = hourAtNoon(noon, zone) - 12;
  const at = noon + (hour - 12 - offset) * HOUR_MS + random.between(0, 59) * 60_000;
  return { precision: 'minute', at, zone, day: dayOfInstant(at, zone) };
}

function closenessOf(values: Hour['values'], valence: number, random: Random): readonly Closeness[] {
  return random.some(values, 0.6).map(({ rec, text }) => ({
    value: rec,
    text,
    closeness: Math.round(Math.min(10, Math.max(0, 5 + 3 * valence + 1.5 * random.bell()))),
  }));
}

function surroundingsOf(
  done: readonly { readonly text: string }[],
  tags: readonly string[],
  random: Random,
): Surroundings {
  return {
    activities: done.map(({ text }) => text),
    people: [random.pick(PEOPLE)],
    places: [random.pick(PLACES)],
    ...(tags.length > 0 && { tags }),
  };
}

function noteFor(valence: number, random: Random): string {
  const fitting = valence < -0.25 ? LOW_NOTES : valence > 0.3 ? HIGH_NOTES : MIDDLE_NOTES;
  const first = random.pick(fitting);
  return random.chance(0.25) ? `${first} ${random.pick(MIDDLE_NOTES)}` : first;
}

/** How many moments on each day: none in about one week of twelve and on every sixth day, else one to three. */
function momentsADay(random: Random, days: number, entries: number | undefined): readonly number[] {
  const counts: number[] = [];
  let away = 0;
  for (let i = 0; i < days; i += 1) {
    if (away === 0 && random.chance(1 / 80)) away = random.between(4, 9);
    const idle = away > 0 || random.chance(1 / 6);
    away = Math.max(0, away - 1);
    counts.push(idle ? 0 : random.pick([1, 1, 1, 2, 2, 3]));
  }
  if (entries === undefined) return counts;
  for (let total = sum(counts); total !== entries; total += total < entries ? 1 : -1) {
    const at = total < entries ? random.between(0, days - 1) : counts.findLastIndex((count) => count > 0);
    counts[at] = (counts[at] ?? 0) + (total < entries ? 1 : -1);
  }
  return counts;
}

/** Hours between 7 and 22, ascending. */
function hoursOf(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () => random.between(7, 22)).toSorted((a, b) => a - b);
}

function settingsOf(seed: number) {
  const values = VALUES.map((value, order): ValueSetting => ({
    kind: 'value',
    ...value,
    order,
    archived: false,
  }));
  const groups = [
    { group: 'activities', texts: ACTIVITIES.map(({ text }) => text) },
    { group: 'people', texts: PEOPLE },
    { group: 'places', texts: PLACES },
    { group: 'tags', texts: TAGS },
  ] as const;
  const surroundings = groups.flatMap(({ group, texts }) =>
    texts.map((text, order): SurroundingSetting => ({
      kind: 'surrounding',
      group,
      text,
      order,
      archived: false,
    })),
  );
  return [...values, ...surroundings].map((setting) => ({
    setting,
    rec: bytesToRecordId(sha256(utf8(`${seed}/${setting.kind}/${setting.text}`)).subarray(0, 16)),
  }));
}

/** 0 is Sunday. */
const RHYTHM_BY_WEEKDAY = [0.08, -0.16, -0.06, 0, 0.02, 0.1, 0.16] as const;

function weekRhythm(day: LocalDay): number {
  return RHYTHM_BY_WEEKDAY[new Date(noonOfDay(day)).getUTCDay()] ?? 0;
}

/** Highest at the end of June, lowest at the end of December. */
function yearRhythm(day: LocalDay): number {
  const date = new Date(noonOfDay(day));
  const dayOfYear = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS;
  return -0.14 * Math.cos((2 * Math.PI * (dayOfYear + 5)) / DAYS_A_YEAR);
}

/** More energy late in the morning, less at night. */
function dayRhythm(hour: number): number {
  return 0.3 - ((hour - 11) / 11) ** 2 * 0.7;
}

function hourAtNoon(noonUtc: number, zone: string): number {
  return Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(noonUtc),
  );
}

function clamp(value: number): number {
  return Math.min(1, Math.max(-1, value));
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
