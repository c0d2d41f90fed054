/**
 * How a questionnaire's total moved over a stretch of time. A person who fills the same form twice in the same
 * state does not score the same twice; a change smaller than that says nothing (Jacobson & Truax 1991,
 * doi:10.1037/0022-006X.59.1.12). How much is enough lies with each instrument and its source.
 */
import { type Difference, type Scale, differenceOf } from '@evenkeel/instruments';
import type { LocalDay } from '@evenkeel/journal';

export type Score = { readonly day: LocalDay; readonly total: number };

export type ScoreChange = {
  readonly first: Score;
  readonly last: Score;
  /** Undefined where no source says how much is more than chance. */
  readonly difference: Difference | undefined;
};

/** From the first total to the last, whatever order they come in. Null with fewer than two. */
export function scoreChange(scale: Scale, scores: readonly Score[]): ScoreChange | null {
  const inOrder = scores.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const [first] = inOrder;
  const last = inOrder.at(-1);
  if (first === undefined || last === undefined || inOrder.length < 2) return null;
  return { first, last, difference: differenceOf(scale, first.total, last.total) };
}
