/** One line of the bench: what was measured, against what, and how far it should reach. */
import { type Pair, summarise } from './statistics.ts';

/** As it goes into the JSON file. `ratio` is null where the value stands for itself (bytes, milliseconds). */
export type Row = {
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly rounds: number;
};

/** What the ratio (or, without one, the value) should reach. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number } | null;
export type AimedRow = Row & { readonly aim: Aim };

type Said = Pick<Row, 'id' | 'what' | 'unit'> & { readonly aim: Aim };

export function ratioRow({ id, what, unit, aim }: Said, pairs: readonly Pair[]): AimedRow {
  return { id, what, unit, ...summarise(pairs), rounds: pairs.length, aim };
}

/** `rounds`: how often it was measured; what is counted rather than timed is measured once. */
export function valueRow(
  { id, what, unit, aim }: Said,
  value: number,
  { rounds = 1, baseline = null }: { readonly rounds?: number; readonly baseline?: number | null } = {},
): AimedRow {
  return { id, what, unit, value, baseline, ratio: null, rounds, aim };
}

export function reachesAim({ aim, ratio, value }: AimedRow): boolean | null {
  if (aim === null) return null;
  const reached = ratio ?? value;
  return 'atMost' in aim ? reached <= aim.atMost : reached >= aim.atLeast;
}

export function withoutAim({ id, what, value, unit, baseline, ratio, rounds }: AimedRow): Row {
  return { id, what, value, unit, baseline, ratio, rounds };
}
