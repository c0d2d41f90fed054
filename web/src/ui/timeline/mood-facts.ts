import { dailyMeans, dayNumber, daysIn, isWithin, meanOf } from '@evenkeel/insights';
import type { DayRange, UsualRange } from '@evenkeel/insights';
import type { ShownMoment } from './shown-moment.ts';

/** What the mood chart says, as numbers for one sentence. Pleasantness is −1…+1, as means of days. */
export type MoodFacts = {
  readonly days: number;
  readonly daysWithEntries: number;
  readonly checkIns: number;
  /** Check-ins without a place on the line: words alone, or "don't know". */
  readonly withoutPlace: number;
  /** Null when no check-in has a place. */
  readonly mean: number | null;
  /** The seven days that end the range; null when nothing was said in them. */
  readonly lastWeek: {
    readonly mean: number;
    readonly below: number;
    readonly above: number;
    readonly rangeKnown: boolean;
  } | null;
};

export function moodFacts(
  moments: readonly ShownMoment[],
  range: DayRange,
  usual: UsualRange | null,
): MoodFacts {
  const moods = moments.filter((moment) => moment.mood !== undefined && isWithin(moment.day, range));
  const means = dailyMeans(moods.flatMap(pleasantness));
  const lastWeek = means.filter(({ day }) => day > dayNumber(range.last) - 7);
  const lastMean = meanOf(lastWeek);
  return {
    days: daysIn(range),
    daysWithEntries: new Set(moods.map((moment) => moment.day)).size,
    checkIns: moods.length,
    withoutPlace: moods.filter((moment) => moment.mood?.valence === undefined).length,
    mean: meanOf(means),
    lastWeek:
      lastMean === null
        ? null
        : {
            mean: lastMean,
            below: usual === null ? 0 : lastWeek.filter(({ mean }) => mean < usual.low).length,
            above: usual === null ? 0 : lastWeek.filter(({ mean }) => mean > usual.high).length,
            rangeKnown: usual !== null,
          },
  };
}

/** The pleasantness of a moment as a list of none or one. */
export function pleasantness({ day, mood }: ShownMoment) {
  return mood?.valence === undefined ? [] : [{ day, number: mood.valence }];
}
