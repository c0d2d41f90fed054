/** A day in a few numbers: what the year in pixels and the start of the app are drawn from. */
import { CATEGORY_NUMBERS } from './categories.ts';
import { type Mood, moodOf } from './categories/mood.ts';
import { minutesSlept, sleepOf } from './categories/sleep.ts';
import { alcoholUnits, isUseFree, substancesOf } from './categories/substances.ts';
import { type EntryRecord, isBinned, subjectOf } from './entry.ts';
import type { LocalDay } from './local-day.ts';

export type DaySummary = {
  readonly day: LocalDay;
  /** Moments written about that day. */
  readonly moments: number;
  /** How many moods have a valence. */
  readonly moods: number;
  /** Means of what was given, −1 … +1, to a hundredth; absent when nothing was. */
  readonly valence?: number;
  readonly arousal?: number;
  /** The mood furthest from the quiet middle. */
  readonly strongest?: { readonly valence: number; readonly arousal?: number };
  /** Minutes slept in the night that ended on this day, naps written beside it counted in. */
  readonly sleepMinutes?: number;
  /** UK units; 0 where the person said that there was none, absent where nothing was said. */
  readonly alcoholUnits?: number;
  /** The person said that nothing was used. */
  readonly useFree?: true;
};

/** One day's records, those in the bin left out; null when nothing else is there. */
export function summariseDay(day: LocalDay, records: readonly EntryRecord[]): DaySummary | null {
  const kept = records.filter((record) => !isBinned(record));
  if (kept.length === 0) return null;
  const moods = kept.filter((record) => subjectOf(record) === CATEGORY_NUMBERS.mood).map(moodOf);
  const valences = moods.flatMap((mood) => mood.valence ?? []);
  const arousals = moods.flatMap((mood) => mood.arousal ?? []);
  const nights = kept
    .filter((record) => subjectOf(record) === CATEGORY_NUMBERS.sleep)
    .flatMap((record) => minutesSlept(sleepOf(record), record.when) ?? []);
  const used = kept.filter((record) => subjectOf(record) === CATEGORY_NUMBERS.substances).map(substancesOf);
  const units = alcoholUnits(used);
  const strongest = moods.reduce<Mood>((most, mood) => (strength(mood) > strength(most) ? mood : most), {});
  return {
    day,
    moments: new Set(kept.map((record) => record.moment)).size,
    moods: valences.length,
    ...(valences.length > 0 && { valence: mean(valences) }),
    ...(arousals.length > 0 && { arousal: mean(arousals) }),
    ...(strongest.valence !== undefined && {
      strongest: {
        valence: strongest.valence,
        ...(strongest.arousal !== undefined && { arousal: strongest.arousal }),
      },
    }),
    ...(nights.length > 0 && { sleepMinutes: nights.reduce((sum, minutes) => sum + minutes, 0) }),
    ...(units !== undefined && { alcoholUnits: units }),
    ...(isUseFree(used) && { useFree: true }),
  };
}

/** Distance from the middle of the plane; a mood without a valence has no place on it. */
function strength(mood: Mood): number {
  return mood.valence === undefined ? -1 : Math.hypot(mood.valence, mood.arousal ?? 0);
}

function mean(numbers: readonly number[]): number {
  return Math.round((numbers.reduce((sum, number) => sum + number, 0) / numbers.length) * 100) / 100 + 0;
}
