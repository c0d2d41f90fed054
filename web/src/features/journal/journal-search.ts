import type { DiaryDay, Moment } from '../../session/contract.ts';

/** The days that hold a match, each with its matching moments only. `wordsOf` gives all a moment says, in words. */
export function searchDays(
  days: readonly DiaryDay[],
  sought: string,
  wordsOf: (moment: Moment) => string,
): readonly DiaryDay[] {
  const parts = plain(sought).split(/\s+/).filter(Boolean);
  if (parts.length === 0) return days;
  return days.flatMap((day) => {
    const moments = day.moments.filter((moment) => {
      const words = plain(wordsOf(moment));
      return parts.every((part) => words.includes(part));
    });
    return moments.length > 0 ? [{ day: day.day, moments }] : [];
  });
}

/** Capitals and accents make no difference. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
