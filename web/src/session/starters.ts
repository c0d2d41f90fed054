import { LIFE_AREAS, type LifeArea, type SurroundingKind } from '@evenkeel/journal';
import { defineMessages } from '../i18n/define-messages.ts';
import type { Message } from '../i18n/define-messages.ts';
import type { Text } from '../i18n/use-text.ts';

const values = defineMessages('starters.values', {
  beThere: 'Being there for my family',
  closeness: 'Being close to someone',
  friendship: 'Being a good friend',
  learning: 'Learning something',
  goodWork: 'Doing work I can stand by',
  health: 'Looking after my body',
  honesty: 'Honesty',
  nature: 'Time outside',
  helping: 'Helping others',
  fun: 'Having fun',
  home: 'A home I like to be in',
  spirit: 'Faith or inner peace',
});

/** Parts of life, as they are named. */
export const areaNames = defineMessages('starters.areas', {
  family: 'family',
  partner: 'partner',
  friends: 'friends',
  work: 'work',
  learning: 'learning',
  health: 'health',
  fun: 'fun',
  home: 'home',
  community: 'community',
  nature: 'nature',
  spirit: 'spirit',
  other: 'other',
});

const around = defineMessages('starters.around', {
  walk: 'walk',
  work: 'work',
  rest: 'rest',
  food: 'a meal',
  friend: 'a friend',
  family: 'family',
  alone: 'alone',
  home: 'home',
  outside: 'outside',
  craving: 'craving',
});

const symptoms = defineMessages('starters.symptoms', {
  anxiety: 'Anxiety',
  panic: 'Panic',
  racingThoughts: 'Racing thoughts',
  hearingVoices: 'Hearing voices',
  irritable: 'Irritable',
  restless: 'Restless',
  headache: 'Headache',
  pain: 'Pain',
  noAppetite: 'No appetite',
});

const cravings = defineMessages('starters.cravings', {
  drink: 'to drink',
  use: 'to use',
  smoke: 'to smoke',
  gamble: 'to gamble',
  eat: 'to eat',
  selfHarm: 'to hurt myself',
});

const substances = defineMessages('starters.substances', {
  alcohol: 'alcohol',
  tobacco: 'tobacco',
  vaping: 'vaping',
  cannabis: 'cannabis',
  cigarettes: 'cigarettes',
  times: 'times',
  grams: 'grams',
});

/** Offered to whoever has just switched symptoms, or cravings, on. */
export const starterSymptoms: readonly Message[] = Object.values(symptoms);
export const starterCravings: readonly Message[] = Object.values(cravings);

/** Offered to somebody who names what matters. In no order of worth. */
export const starterValues: readonly { readonly text: Message; readonly area: LifeArea }[] = [
  { text: values.beThere, area: 'family' },
  { text: values.honesty, area: 'other' },
  { text: values.friendship, area: 'friends' },
  { text: values.closeness, area: 'partner' },
  { text: values.health, area: 'health' },
  { text: values.goodWork, area: 'work' },
  { text: values.learning, area: 'learning' },
  { text: values.nature, area: 'nature' },
  { text: values.helping, area: 'community' },
  { text: values.fun, area: 'fun' },
  { text: values.home, area: 'home' },
  { text: values.spirit, area: 'spirit' },
];

/** The starter values that are not `taken`, by part of life. */
export function valuesByArea(text: Text, taken: readonly string[]) {
  return LIFE_AREAS.map((area) => ({
    name: text(areaNames[area]),
    words: starterValues
      .flatMap((one) => (one.area === area ? text(one.text) : []))
      .filter((words) => !taken.includes(words)),
  }));
}

/** The part of life of a starter value; `other` for the person's own words. */
export function areaOf(text: Text, name: string): LifeArea {
  return starterValues.find((one) => text(one.text) === name)?.area ?? 'other';
}

/** Offered around a moment until the person has words of their own. */
export const starterSurroundings: readonly { readonly text: Message; readonly group: SurroundingKind }[] = [
  { text: around.walk, group: 'activities' },
  { text: around.work, group: 'activities' },
  { text: around.rest, group: 'activities' },
  { text: around.food, group: 'activities' },
  { text: around.friend, group: 'people' },
  { text: around.family, group: 'people' },
  { text: around.alone, group: 'people' },
  { text: around.home, group: 'places' },
  { text: around.outside, group: 'places' },
  { text: around.craving, group: 'tags' },
];

/** Offered to somebody who wants to note what they use. */
export const starterSubstances: readonly {
  readonly text: Message;
  /** Null for alcohol, which is counted in drinks. */
  readonly unit: Message | null;
  readonly alcohol: boolean;
}[] = [
  { text: substances.alcohol, unit: null, alcohol: true },
  { text: substances.tobacco, unit: substances.cigarettes, alcohol: false },
  { text: substances.vaping, unit: substances.times, alcohol: false },
  { text: substances.cannabis, unit: substances.grams, alcohol: false },
];
