/** Twenty-eight days of what was used: whole weeks, so that a Saturday stands under a Saturday. Pure. */
import {
  type LocalDay,
  type SubstanceUse,
  type Substances,
  addDays,
  alcoholUnits,
  isUseFree,
  unitsOfUse,
} from '@evenkeel/journal';

export const CALENDAR_DAYS = 28;

/** What the calendar counts: UK units of alcohol, or the amount of one other substance in one of its units. */
export type Counted =
  | { readonly kind: 'alcohol' }
  | { readonly kind: 'substance'; readonly id: string; readonly unit: string };

export type UseDay = {
  readonly day: LocalDay;
  /**
   * Units or amount; 0 where the person said there was none; null where nothing was said, which is no answer and
   * never counts as a day without.
   */
  readonly amount: number | null;
};

export type UseTotals = {
  readonly with: number;
  readonly without: number;
  readonly unsaid: number;
  /** To a tenth. */
  readonly amount: number;
  /** The most on one day, to a tenth; 0 when there was none. */
  readonly most: number;
};

/** `saidByDay`: everything said of substances on each local day. `last` is the newest day, usually today. */
export function useCalendar(
  saidByDay: ReadonlyMap<LocalDay, readonly Substances[]>,
  counted: Counted,
  last: LocalDay,
): readonly UseDay[] {
  return Array.from({ length: CALENDAR_DAYS }, (_, back) => {
    const day = addDays(last, back - CALENDAR_DAYS + 1);
    return { day, amount: amountOf(saidByDay.get(day) ?? [], counted) };
  });
}

/** Pence that were said to be spent on what is counted, in the days of the calendar. */
export function spentIn(
  saidByDay: ReadonlyMap<LocalDay, readonly Substances[]>,
  counted: Counted,
  last: LocalDay,
): number {
  const first = addDays(last, 1 - CALENDAR_DAYS);
  const isCounted = (use: SubstanceUse) =>
    counted.kind === 'alcohol'
      ? unitsOfUse(use) !== undefined
      : use.substance === counted.id && use.unit === counted.unit;
  return [...saidByDay]
    .filter(([day]) => day >= first && day <= last)
    .flatMap(([, said]) => said.flatMap(({ uses }) => (uses ?? []).filter(isCounted)))
    .reduce((sum, { spent }) => sum + (spent ?? 0), 0);
}

export function totalsOf(days: readonly UseDay[]): UseTotals {
  const said = days.flatMap(({ amount }) => (amount === null ? [] : [amount]));
  return {
    with: said.filter((amount) => amount > 0).length,
    without: said.filter((amount) => amount === 0).length,
    unsaid: days.length - said.length,
    amount: tenth(said.reduce((sum, amount) => sum + amount, 0)),
    most: tenth(Math.max(0, ...said)),
  };
}

function amountOf(said: readonly Substances[], counted: Counted): number | null {
  if (counted.kind === 'alcohol') {
    const units = alcoholUnits(said);
    return units === undefined ? null : tenth(units);
  }
  const uses = said.flatMap((one) =>
    (one.uses ?? []).filter(({ substance, unit }) => substance === counted.id && unit === counted.unit),
  );
  if (uses.length > 0) return tenth(uses.reduce((sum, { amount }) => sum + amount, 0));
  const none = said.some((one) => one.none?.some(({ substance }) => substance === counted.id));
  return none || isUseFree(said) ? 0 : null;
}

function tenth(amount: number): number {
  return Math.round(amount * 10) / 10;
}
