/** What may go with a day, out of what was said of it. */
import { type LocalDay, SURROUNDING_KINDS } from '@evenkeel/journal';
import {
  type DayNumber,
  type DayRange,
  type Factor,
  type LoggedNumber,
  dailyAmounts,
  dailyMeans,
  dayNumber,
  isWithin,
  loggedNumbers,
  sidesOfNumber,
  theDayAfter,
} from '@evenkeel/insights';
import type { MomentFacts } from '../../session/looking-back-contract.ts';

/** A factor with what it is called, in the person's own word. */
export type NamedFactor = Factor & { readonly word: string };

/**
 * A word that was not touched in any check-in of a day counts as not there, as the sheet offered it each time.
 * Before it was first used it was not offered, so those days are on neither side. Only days in `range` are told of:
 * a word of ten years ago costs no more than one of this year.
 */
export function surroundingFactors(facts: readonly MomentFacts[], range: DayRange): readonly NamedFactor[] {
  const days = new Map<LocalDay, DayNumber>();
  const found = new Map<string, { word: string; first: LocalDay; on: Set<LocalDay> }>();
  for (const { day, surroundings } of facts) {
    const isTold = isWithin(day, range);
    if (isTold && !days.has(day)) days.set(day, dayNumber(day));
    for (const kind of SURROUNDING_KINDS) {
      for (const word of surroundings[kind] ?? []) {
        const id = `${kind}:${word}`;
        const known = found.get(id) ?? { word, first: day, on: new Set() };
        if (day < known.first) known.first = day;
        if (isTold) known.on.add(day);
        found.set(id, known);
      }
    }
  }
  const inOrder = [...days].toSorted(([, a], [, b]) => a - b);
  return [...found].flatMap(([id, { word, first, on }]) => {
    if (on.size === 0) return [];
    const offered = inOrder.filter(([day]) => day >= first);
    return { id, word, days: new Map(offered.map(([day, number]) => [number, on.has(day)])) };
  });
}

/** What our own factors are called, in the language on screen. */
export type FactorNames = {
  readonly sleptLong: string;
  readonly alcoholBefore: string;
  readonly doseMissed: string;
};

const LONG_NIGHT_HOURS = 7;

/** A night of seven hours or more, alcohol the day before, a missed dose. */
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
  return ours.filter(({ days }) => days.size > 0);
}

/** Whatever else was logged: there or not, more of it or less. */
export function loggedFactors(
  facts: readonly MomentFacts[],
  range: DayRange,
  wordOf: (logged: LoggedNumber) => string,
): readonly NamedFactor[] {
  return loggedNumbers(facts, range).map((logged) => ({
    id: logged.id,
    word: wordOf(logged),
    days: sidesOfNumber(logged),
  }));
}

/** Yes on a day is yes, whatever else was said on it. */
function anyOn(
  said: readonly { readonly day: string; readonly yes: boolean }[],
): ReadonlyMap<DayNumber, boolean> {
  const days = new Map<DayNumber, boolean>();
  for (const { day, yes } of said) days.set(dayNumber(day), yes || days.get(dayNumber(day)) === true);
  return days;
}
