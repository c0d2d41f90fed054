/**
 * Whether a score changed by more than the questionnaire's own wobble. A person who fills the same form twice
 * in the same state does not score the same twice; a change smaller than that says nothing.
 */
import type { LocalDay } from '@evenkeel/journal';

export type Score = { readonly day: LocalDay; readonly score: number };

/** `better` and `worse` are of the state that the questionnaire asks about, never of the person. */
export type ScoreChange = {
  readonly first: Score;
  readonly last: Score;
  /** Last less first. */
  readonly change: number;
  readonly verdict: 'better' | 'worse' | 'no-reliable-change';
};

/**
 * The least change that is more than measurement error, 19 times of 20: 1.96 · SD · √2 · √(1 − reliability).
 * `standardDeviation` in points of the score; `reliability` 0…1 (test-retest or internal consistency).
 * Jacobson & Truax 1991, “Clinical significance”, doi:10.1037/0022-006X.59.1.12.
 */
export function leastReliableChange(standardDeviation: number, reliability: number): number {
  return 1.96 * standardDeviation * Math.SQRT2 * Math.sqrt(1 - reliability);
}

/**
 * From the first score to the last. Null with fewer than two. A change of exactly `leastChange` counts: the
 * published thresholds are whole points “or more”.
 */
export function scoreChange(
  scores: readonly Score[],
  { higherIs, leastChange }: { readonly higherIs: 'worse' | 'better'; readonly leastChange: number },
): ScoreChange | null {
  const inOrder = scores.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const [first] = inOrder;
  const last = inOrder.at(-1);
  if (first === undefined || last === undefined || inOrder.length < 2) return null;
  const change = last.score - first.score;
  if (Math.abs(change) < leastChange) return { first, last, change, verdict: 'no-reliable-change' };
  const rose = change > 0;
  return { first, last, change, verdict: rose === (higherIs === 'worse') ? 'worse' : 'better' };
}
