import { ownWordsOf } from './shown-line.ts';
import type { ShownMoment } from './shown-moment.ts';

/** Which entries of a timeline are listed. Every part that is set must hold. */
export type EntryFilter = {
  /** Part of a word, a surrounding, a value or the text; case and accents do not matter. */
  readonly search: string;
  readonly withText: boolean;
  readonly side: 'any' | 'pleasant' | 'unpleasant';
};

export const everything: EntryFilter = { search: '', withText: false, side: 'any' };

export function isListed(moment: ShownMoment, filter: EntryFilter): boolean {
  if (filter.withText && !moment.text) return false;
  const valence = moment.mood?.valence;
  if (filter.side === 'pleasant' && !(valence !== undefined && valence > 0)) return false;
  if (filter.side === 'unpleasant' && !(valence !== undefined && valence < 0)) return false;
  const sought = plain(filter.search.trim());
  return sought === '' || plain(readable(moment)).includes(sought);
}

export function isFiltering(filter: EntryFilter): boolean {
  return filter.withText || filter.side !== 'any' || filter.search.trim() !== '';
}

function readable({ mood, values, surroundings, questionnaire, lines, text }: ShownMoment): string {
  return [
    ...(mood?.words ?? []),
    ...(values ?? []).map((value) => value.text),
    ...(surroundings ?? []),
    questionnaire?.instrument ?? '',
    ...(lines ?? []).map(ownWordsOf),
    text ?? '',
  ].join('\n');
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();
}
