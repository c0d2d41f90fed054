import { alcoholUnits } from '@evenkeel/journal';
import type { Drink, NamedSetting, SubstanceSetting, SubstanceUse, Substances } from '@evenkeel/journal';

/** What is added about one substance. `unit`: what the amount counts, a drink's name among them. */
export type NewUse = {
  readonly amount: number;
  readonly unit: string;
  readonly drink?: Drink;
  /** Pence. */
  readonly spent?: number;
};

/**
 * Adds a use. The same drink or unit again counts up instead of standing twice. That there was some takes back that
 * there was none. `id`: for a new use.
 */
export function withUse(
  said: Substances,
  substance: NamedSetting<SubstanceSetting>,
  added: NewUse,
  id: string,
): Substances {
  const uses = said.uses ?? [];
  const known = uses.find((use) => use.substance === substance.id && isSameKind(use, added));
  const { nothing: _, ...rest } = withoutNone(said, substance.id);
  if (known !== undefined) {
    const spent = sumOf(known.spent, added.spent);
    const counted = {
      ...known,
      amount: known.amount + added.amount,
      ...(spent !== undefined && { spent }),
    };
    return { ...rest, uses: uses.map((use) => (use === known ? counted : use)) };
  }
  return { ...rest, uses: [...uses, { id, substance: substance.id, text: substance.text, ...added }] };
}

/** Another amount of one use; with nothing left it is taken out. */
export function withAmount(said: Substances, id: string, amount: number): Substances {
  const uses = (said.uses ?? []).flatMap((use) => {
    if (use.id !== id) return [use];
    return amount > 0 ? [{ ...use, amount }] : [];
  });
  const { uses: _, ...rest } = said;
  return uses.length > 0 ? { ...rest, uses } : rest;
}

/** Another sum that one use cost altogether, in pence; or that nothing is said of it. */
export function withSpent(said: Substances, id: string, pence: number | undefined): Substances {
  const uses = (said.uses ?? []).map((use) => {
    if (use.id !== id) return use;
    const { spent: _, ...rest } = use;
    return pence === undefined ? rest : { ...rest, spent: pence };
  });
  return { ...said, uses };
}

/** Says that there was none of a substance, and takes what was said of its use back; or takes that back again. */
export function toggleNone(said: Substances, substance: NamedSetting<SubstanceSetting>): Substances {
  if (isNone(said, substance.id)) return withoutNone(said, substance.id);
  const { uses: before, nothing: _, ...rest } = said;
  const uses = (before ?? []).filter((use) => use.substance !== substance.id);
  const none = [
    ...(said.none ?? []),
    { substance: substance.id, text: substance.text, alcohol: substance.alcohol },
  ];
  return { ...rest, ...(uses.length > 0 && { uses }), none };
}

/** Says that nothing at all was used, which leaves nothing else to say; or takes it back. */
export function toggleNothing(said: Substances): Substances {
  return said.nothing === true ? {} : { nothing: true };
}

export function isNone(said: Substances, substance: string): boolean {
  return said.none?.some((one) => one.substance === substance) ?? false;
}

/** UK units to a tenth, as on a bottle; null when nothing was said of alcohol, or there was none. */
export function unitsToShow(said: Substances): number | null {
  const units = alcoholUnits([said]);
  return units === undefined || units === 0 ? null : Math.round(units * 10) / 10;
}

/** A number as it is typed, with a comma or a point; null when it is none, or not above 0. */
export function numberTyped(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  const number = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  return number > 0 ? number : null;
}

/** Pounds as they are typed, in pence; undefined when nothing usable was typed. */
export function penceTyped(typed: string): number | undefined {
  const pounds = numberTyped(typed.replace('£', ''));
  return pounds === null || pounds > 10_000 ? undefined : Math.round(pounds * 100);
}

function isSameKind(use: SubstanceUse, added: NewUse): boolean {
  return use.unit === added.unit && use.drink?.ml === added.drink?.ml && use.drink?.abv === added.drink?.abv;
}

function withoutNone(said: Substances, substance: string): Substances {
  const { none: before, ...rest } = said;
  const none = (before ?? []).filter((one) => one.substance !== substance);
  return none.length > 0 ? { ...rest, none } : rest;
}

function sumOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}
