/** What was used besides alcohol: each substance in each of its units by itself, as grams and tablets do not add up. */
import { type DayRange, type Said, isWithin } from '@evenkeel/insights';
import type { LocalDay, SubstanceUse } from '@evenkeel/journal';
import type { MomentFacts } from '../../session/looking-back-contract.ts';

export type Used = {
  readonly id: string;
  /** As the person called it last. */
  readonly name: string;
  /** The person's own; may be empty. */
  readonly unit: string;
  /** 0 where it was said that there was none. */
  readonly said: readonly Said[];
};

/** What these days say something of by name. That nothing at all was used says so of each of them, and names none. */
export function usesIn(facts: readonly MomentFacts[], range: DayRange): readonly Used[] {
  const known = new Map<string, SubstanceUse & { readonly day: LocalDay }>();
  for (const { day, substances } of facts) {
    for (const use of substances?.uses ?? []) {
      if (use.drink === undefined && day >= (known.get(keyOf(use))?.day ?? ''))
        known.set(keyOf(use), { ...use, day });
    }
  }
  const within = facts.filter(({ day }) => isWithin(day, range));
  return [...known].flatMap(([id, { substance, text, unit }]) => {
    let isNamed = false;
    const said = within.flatMap(({ day, substances: { uses, none, nothing } = {} }): readonly Said[] => {
      const mine = (uses ?? []).filter((use) => use.drink === undefined && keyOf(use) === id);
      const isNone = none?.some((one) => one.substance === substance) === true;
      isNamed ||= mine.length > 0 || isNone;
      return mine.length === 0 && (isNone || nothing === true)
        ? [{ day, number: 0 }]
        : mine.map(({ amount }) => ({ day, number: amount }));
    });
    return isNamed ? [{ id, name: text, unit, said }] : [];
  });
}

function keyOf({ substance, unit }: SubstanceUse): string {
  return `${substance} ${unit}`;
}
