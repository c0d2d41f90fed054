/**
 * Categories: what a record is about. A share names categories, so free text is one of its own and scores
 * can be shared without words. The numbers are final and never reused (docs/protocol.md, "Key tree").
 */
import { z } from '@evenkeel/protocol';

export const CATEGORY_NUMBERS = {
  mood: 1,
  values: 2,
  /** Activities, people, places, own tags. */
  surroundings: 3,
  /** Free text. */
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
  /** Own lists and choices: what I value, what I tag with. Never shared. */
  settings: 240,
  /** Where an entry lies that is in the bin or not for sharing. Never shared. */
  private: 241,
} as const;

export type Category = keyof typeof CATEGORY_NUMBERS;
export type CategoryNumber = (typeof CATEGORY_NUMBERS)[Category];

/** Categories that a share can name; 240 and above never can. */
export type GrantableCategory = Exclude<Category, 'settings' | 'private'>;

export const GRANTABLE_CATEGORIES: readonly GrantableCategory[] = [
  'mood',
  'values',
  'surroundings',
  'words',
  'sleep',
  'symptoms',
  'substances',
  'questionnaires',
  'medication',
  'conditions',
  'trackers',
  'plan',
  'profile',
];

/** What a moment can be made of, in the order it is shown. */
export const CHECK_IN_CATEGORIES = [
  'mood',
  'values',
  'surroundings',
  'words',
  'sleep',
  'symptoms',
  'substances',
  'questionnaires',
  'medication',
  'trackers',
] as const;
export type CheckInCategory = (typeof CHECK_IN_CATEGORIES)[number];

/** What is tied to no day: only a share of everything there is reaches it. */
export const UNDATED_CATEGORIES = ['conditions', 'plan'] as const;
export type UndatedCategory = (typeof UNDATED_CATEGORIES)[number];

/** What a share can offer at present. */
export const SHARED_CATEGORIES = [...CHECK_IN_CATEGORIES, ...UNDATED_CATEGORIES] as const;
export type SharedCategory = (typeof SHARED_CATEGORIES)[number];

const NUMBERS = Object.values(CATEGORY_NUMBERS);
const CATEGORY_BY_NUMBER: ReadonlyMap<number, Category> = new Map(
  [...GRANTABLE_CATEGORIES, 'settings' as const, 'private' as const].map((category) => [
    CATEGORY_NUMBERS[category],
    category,
  ]),
);

export const categoryNumberSchema = z.literal(NUMBERS);

export function categoryNumber(category: Category): CategoryNumber {
  return CATEGORY_NUMBERS[category];
}

/** The category of a number, or undefined when this version does not know it. */
export function categoryByNumber(number: number): Category | undefined {
  return CATEGORY_BY_NUMBER.get(number);
}

export function isCategoryNumber(number: number): number is CategoryNumber {
  return CATEGORY_BY_NUMBER.has(number);
}

/** Whether a share may ever name this category number. */
export function isGrantable(number: number): boolean {
  return number >= 1 && number <= 13 && Number.isInteger(number);
}
