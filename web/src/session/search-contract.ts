/** What can be asked for when entries are looked for. */

/** What a moment can say something of. */
export const SOUGHT_PARTS = [
  'mood',
  'words',
  'surroundings',
  'values',
  'sleep',
  'symptoms',
  'cravings',
  'substances',
  'medication',
  'trackers',
  'questionnaire',
] as const;
export type SoughtPart = (typeof SOUGHT_PARTS)[number];

/** The corners of the mood sea: pleasant or not, with high or low energy. */
export const SEA_CORNERS = ['tense', 'bright', 'low', 'calm'] as const;
export type SeaCorner = (typeof SEA_CORNERS)[number];

/** Which entries are wanted. Every part that is set must hold. */
export type Wanted = {
  /** Words of it, whole or in part, in any order; capitals and accents make no difference. */
  readonly sought: string;
  readonly parts: readonly SoughtPart[];
  readonly corner: SeaCorner | null;
  /** A tag, person, place, activity, or another name the person gave. */
  readonly named: string | null;
  readonly notForSharing: boolean;
};

export const EVERYTHING: Wanted = { sought: '', parts: [], corner: null, named: null, notForSharing: false };

export function isEverything({ sought, parts, corner, named, notForSharing }: Wanted): boolean {
  return sought.trim() === '' && parts.length === 0 && corner === null && named === null && !notForSharing;
}
