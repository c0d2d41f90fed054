/**
 * What a made-up person logs beside their moods, once they switched it on: nights, energy, symptoms, an urge,
 * drinks, a tablet, five trackers and a questionnaire. It follows the moods of the same days: short nights and
 * heavy evenings go before lower days. Nobody's data is in it.
 */
import {
  type Condition,
  type Drink,
  type LocalDay,
  type MomentDraft,
  type PartOfDay,
  type PlanLine,
  type Questionnaire,
  type Setting,
  type SubstanceUse,
  type Substances,
  type Symptoms,
  TRACKABLES,
  type TrackerAnswer,
  addDays,
} from '@evenkeel/journal';
import { type RecordId, bytesToRecordId, sha256, utf8 } from '@evenkeel/protocol';
import type { PlausibleMoment } from './plausible-diary.ts';
import { type Random, seededRandom } from './random.ts';

type DrinkChoice = { readonly unit: string; readonly drink: Drink };
const PARTS: readonly [PartOfDay, ...PartOfDay[]] = ['morning', 'afternoon', 'evening'];

const place = (order: number) => ({ order, archived: false });

const SETTINGS: readonly Setting[] = [
  ...TRACKABLES.map((what): Setting => ({ kind: 'tracked', what, on: true })),
  { kind: 'symptom', text: 'Headache', ...place(1) },
  { kind: 'symptom', text: 'Racing thoughts', ...place(2) },
  { kind: 'craving', text: 'to drink', ...place(1) },
  { kind: 'substance', text: 'Alcohol', unit: '', alcohol: true, ...place(1) },
  { kind: 'substance', text: 'Tobacco', unit: 'cigarettes', alcohol: false, ...place(2) },
  { kind: 'medication', text: 'Sertraline', dose: '50 mg in the morning', ...place(1) },
  { kind: 'tracker', text: 'Coffee', form: { shape: 'count', unit: 'cups' }, ...place(1) },
  { kind: 'tracker', text: 'Time outside', form: { shape: 'duration' }, ...place(2) },
  { kind: 'tracker', text: 'Took a real break', form: { shape: 'yes-no' }, ...place(3) },
  { kind: 'tracker', text: 'How calm', form: { shape: 'scale', min: 0, max: 10 }, ...place(4) },
  {
    kind: 'tracker',
    text: 'Weather',
    form: { shape: 'choice', choices: ['sun', 'cloud', 'rain'] },
    ...place(5),
  },
];

export const PLAUSIBLE_CONDITIONS: readonly Condition[] = [
  { text: 'Depression', since: '2019', status: 'current', note: '' },
  { text: 'Asthma', since: '1998-05', status: 'current', note: 'Worse in spring.' },
];

export const PLAUSIBLE_PLAN: readonly PlanLine[] = [
  { section: 'warning-signs', text: 'I stop answering messages', order: 1 },
  { section: 'alone', text: 'Walk to the allotment and back', order: 1 },
  { section: 'alone', text: 'The long playlist', order: 2 },
  { section: 'people-and-places', text: 'The back table at the library', order: 1 },
  { section: 'people-to-ask', text: 'Tamsin', phone: '07700 900123', order: 1 },
  { section: 'professionals', text: 'Crisis line', phone: '01632 960001', order: 1 },
  { section: 'safer-place', text: 'Ask Uncle Dev to keep the spare tablets', order: 1 },
  { section: 'reasons', text: 'My sister', order: 1 },
];

type NamedMore = { readonly setting: Setting; readonly rec: RecordId };

export function moreSettings(seed: number): readonly NamedMore[] {
  return SETTINGS.map((setting) => ({ setting, rec: recOf(seed, nameOf(setting)) }));
}

/** The same moments, with more said in the first and the last of each day, and a GAD-7 every two weeks. */
export function withMore(seed: number, moments: readonly PlausibleMoment[]): readonly PlausibleMoment[] {
  const random = seededRandom(seed + 1);
  const asked = new Asked(seed);
  const byDay = Map.groupBy(moments, ({ draft }) => dayOf(draft));
  const done: PlausibleMoment[] = [];
  let heavy = false;
  let questionsOn: LocalDay | null = null;
  for (const [day, ofDay] of byDay) {
    const valence = meanValence(ofDay);
    const morning = morningOf(asked, { valence, heavy }, random);
    const evening = eveningOf(asked, valence, random);
    heavy = (evening.substances?.uses ?? []).length > 1;
    const last = ofDay.length - 1;
    for (const [at, { draft, writtenAt }] of ofDay.entries()) {
      done.push({
        draft: { ...draft, ...(at === 0 && morning), ...(at === last && evening) },
        writtenAt,
      });
    }
    const [first] = ofDay;
    if (first !== undefined && (questionsOn === null || day >= addDays(questionsOn, 14))) {
      questionsOn = day;
      done.push({
        draft: { when: first.draft.when, questionnaire: gad7(valence, random) },
        writtenAt: first.writtenAt,
      });
    }
  }
  return done;
}

/** The ids of the made-up lists. */
class Asked {
  readonly #seed: number;
  constructor(seed: number) {
    this.#seed = seed;
  }
  id(kind: Setting['kind'], text: string): string {
    return recOf(this.#seed, `${kind}/${text}`);
  }
}

type Day = { readonly valence: number; readonly heavy: boolean };

function morningOf(asked: Asked, { valence, heavy }: Day, random: Random): Partial<MomentDraft> {
  const quarters = Math.round(29 + 4 * valence - (heavy ? 4 : 0) + 3 * random.bell());
  const minutes = 15 * Math.min(44, Math.max(10, quarters));
  const quality = Math.min(
    5,
    Math.max(1, Math.round(3 + 1.3 * valence - (heavy ? 0.8 : 0) + 0.6 * random.bell())),
  );
  return {
    ...(random.chance(0.85) && { sleep: { minutes, quality } }),
    ...(random.chance(0.8) && { symptoms: symptomsOf(asked, valence, random) }),
    medication: [
      {
        medication: asked.id('medication', 'Sertraline'),
        text: 'Sertraline 50 mg',
        what: random.chance(0.93) ? 'taken' : 'missed',
      },
    ],
  };
}

function symptomsOf(asked: Asked, valence: number, random: Random): Symptoms {
  const ten = (middle: number) => Math.min(10, Math.max(0, Math.round(middle + 1.4 * random.bell())));
  const strength = (middle: number) => Math.min(3, Math.max(0, Math.round(middle + 0.7 * random.bell())));
  return {
    energy: ten(5 + 3 * valence),
    symptoms: [
      {
        id: asked.id('symptom', 'Racing thoughts'),
        text: 'Racing thoughts',
        severity: strength(1 - 1.4 * valence),
      },
      ...(random.chance(0.25)
        ? [
            {
              id: asked.id('symptom', 'Headache'),
              text: 'Headache',
              severity: random.between(1, 3),
              part: random.pick(PARTS),
            },
          ]
        : []),
    ],
    ...(random.chance(0.4) && {
      cravings: [{ id: asked.id('craving', 'to drink'), text: 'to drink', strength: ten(3 - 2 * valence) }],
    }),
  };
}

function eveningOf(asked: Asked, valence: number, random: Random): Partial<MomentDraft> {
  return {
    ...(random.chance(0.75) && { substances: substancesOf(asked, valence, random) }),
    ...(random.chance(0.8) && { trackers: trackersOf(asked, valence, random) }),
  };
}

const DRINKS: readonly [DrinkChoice, ...DrinkChoice[]] = [
  { unit: 'pint of beer', drink: { ml: 568, abv: 4 } },
  { unit: 'glass of wine', drink: { ml: 175, abv: 13 } },
  { unit: 'single spirit', drink: { ml: 25, abv: 40 } },
];

function substancesOf(asked: Asked, valence: number, random: Random): Substances {
  const alcohol = asked.id('substance', 'Alcohol');
  if (random.chance(0.6 + 0.15 * valence))
    return random.chance(0.3)
      ? { nothing: true }
      : { none: [{ substance: alcohol, text: 'Alcohol', alcohol: true }] };
  const drinks = Array.from({ length: random.chance(0.3) ? 2 : 1 }, (_, at): SubstanceUse => {
    const { unit, drink } = random.pick(DRINKS);
    return { id: `u${at}`, substance: alcohol, text: 'Alcohol', amount: random.between(1, 3), unit, drink };
  });
  const tobacco: SubstanceUse = {
    id: 'u9',
    substance: asked.id('substance', 'Tobacco'),
    text: 'Tobacco',
    amount: random.between(1, 8),
    unit: 'cigarettes',
  };
  return { uses: [...drinks, ...(random.chance(0.4) ? [tobacco] : [])] };
}

function trackersOf(asked: Asked, valence: number, random: Random): readonly TrackerAnswer[] {
  const calm = Math.min(10, Math.max(0, Math.round(5 + 3.5 * valence + random.bell())));
  const all = [
    { text: 'Coffee', said: { shape: 'count', value: random.between(0, 4), unit: 'cups' } },
    { text: 'Time outside', said: { shape: 'duration', value: 5 * random.between(0, 24) } },
    { text: 'Took a real break', said: { shape: 'yes-no', value: random.chance(0.5 + 0.3 * valence) } },
    { text: 'How calm', said: { shape: 'scale', value: calm, min: 0, max: 10 } },
    { text: 'Weather', said: { shape: 'choice', value: random.pick(['sun', 'cloud', 'cloud', 'rain']) } },
  ] as const;
  return random.some(all, 0.7).map(({ text, said }) => ({ tracker: asked.id('tracker', text), text, said }));
}

/** Seven answers of 0–3, lower on better days. */
function gad7(valence: number, random: Random): Questionnaire {
  const answers = Array.from({ length: 7 }, (_, at) => {
    const answer = Math.min(3, Math.max(0, Math.round(1 - 1.6 * valence + 0.8 * random.bell())));
    return [`q${at + 1}`, answer] as const;
  });
  return {
    instrument: 'gad-7',
    version: '1.0.0',
    language: 'en',
    answers: Object.fromEntries(answers),
    total: answers.reduce((sum, [, answer]) => sum + answer, 0),
  };
}

function meanValence(moments: readonly PlausibleMoment[]): number {
  const said = moments.flatMap(({ draft }) => draft.mood?.valence ?? []);
  return said.length === 0 ? 0 : said.reduce((sum, one) => sum + one, 0) / said.length;
}

function dayOf({ when }: MomentDraft): LocalDay {
  return when.precision === 'undated' ? '2000-01-01' : when.day;
}

function nameOf(setting: Setting): string {
  switch (setting.kind) {
    case 'tracked':
      return `tracked/${setting.what}`;
    case 'questionnaire-schedule':
      return `schedule/${setting.instrument}`;
    default:
      return `${setting.kind}/${setting.text}`;
  }
}

function recOf(seed: number, name: string): RecordId {
  return bytesToRecordId(sha256(utf8(`${seed}/${name}`)).subarray(0, 16));
}
