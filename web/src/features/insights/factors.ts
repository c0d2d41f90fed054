/** What may go with a day, out of what was said of it. */
import { SURROUNDING_KINDS } from '@evenkeel/journal';
import {
  type DayNumber,
  type Factor,
  dailyAmounts,
  dailyMeans,
  dayNumber,
  theDayAfter,
} from '@evenkeel/insights';
import type { MomentFacts } from '../../session/looking-back-contract.ts';

/** A factor with what it is called, in the person's own word. */
export type NamedFactor = Factor & { readonly word: string };

/**
 * A word that was not touched in any check-in of a day counts as not there, as the sheet offered it each time.
 * Before it was first used it was not offered, so those days are on neither side.
 */
export function surroundingFactors(facts: readonly MomentFacts[]): readonly NamedFactor[] {
  const days = [...new Set(facts.map(({ day }) => dayNumber(day)))].toSorted((a, b) => a - b);
  const found = new Map<string, { word: string; on: Set<DayNumber> }>();
  for (const { day, surroundings } of facts) {
    for (const kind of SURROUNDING_KINDS) {
      for (const word of surroundings[kind] ?? []) {
        const id = `${kind}:${word}`;
        const known = found.get(id) ?? { word, on: new Set() };
        known.on.add(dayNumber(day));
        found.set(id, known);
      }
    }
  }
  return [...found].map(([id, { word, on }]) => {
    const first = Math.min(...on);
    const offered = days.filter((day) => day >= first);
    return { id, word, days: new Map(offered.map((day) => [day, on.has(day)])) };
  });
}

/** What our own factors are called, in the language on screen. */
export type FactorNames = {
  readonly sleptLong: string;
  readonly alcoholBefore: string;
  readonly doseMissed: string;
};

const LONG_NIGHT_HOURS = 7;

/** A night of seven hours or more, alcohol the day before, a missed dose, a question answered with yes. */
export function bodyFactors(facts: readonly MomentFacts[], names: FactorNames): readonly NamedFactor[] {
  const nights = dailyMeans(
    facts.flatMap(({ day, sleepHours }) => (sleepHours === undefined ? [] : [{ day, number: sleepHours }])),
  );
  const drinking = dailyAmounts(
    facts.flatMap(({ day, alcoholUnits }) =>
      alcoholUnits === undefined ? [] : [{ day, number: alcoholUnits }],
    ),
  );
  const ours: readonly NamedFactor[] = [
    {
      id: 'sleep',
      word: names.sleptLong,
      days: new Map(nights.map(({ day, mean }) => [day, mean >= LONG_NIGHT_HOURS])),
    },
    {
      id: 'alcohol',
      word: names.alcoholBefore,
      days: theDayAfter(new Map(drinking.map(({ day, amount }) => [day, amount > 0]))),
    },
    {
      id: 'dose',
      word: names.doseMissed,
      days: anyOn(
        facts.flatMap(({ day, doseMissed }) => (doseMissed === undefined ? [] : [{ day, yes: doseMissed }])),
      ),
    },
  ];
  const asked = Map.groupBy(
    facts.flatMap(({ day, yesNo }) => (yesNo ?? []).map((said) => ({ ...said, day }))),
    ({ tracker }) => tracker,
  );
  const trackers = [...asked].map(([tracker, said]) => ({
    id: `tracker:${tracker}`,
    word: said.at(-1)?.text ?? tracker,
    days: anyOn(said),
  }));
  return [...ours.filter(({ days }) => days.size > 0), ...trackers];
}

/** Yes on a day is yes, whatever else was said on it. */
function anyOn(
  said: readonly { readonly day: string; readonly yes: boolean }[],
): ReadonlyMap<DayNumber, boolean> {
  const days = new Map<DayNumber, boolean>();
  for (const { day, yes } of said) days.set(dayNumber(day), yes || days.get(dayNumber(day)) === true);
  return days;
}
