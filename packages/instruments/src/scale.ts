/**
 * The numbers of a questionnaire: what may be answered, how it adds up, what its source says of a total. Small,
 * and always at hand; the wording is loaded when somebody is asked (`wording.ts`).
 */

export const INSTRUMENT_IDS = ['phq-9', 'gad-7', 'phq-2', 'gad-2', 'pcl-5', 'k10', 'top'] as const;
export type InstrumentId = (typeof INSTRUMENT_IDS)[number];

export type ScaleItem = {
  readonly id: string;
} & (
  | { readonly kind: 'choice'; readonly scores: readonly number[] }
  /** A number from 0 to `most`; whole unless `fractions`. */
  | { readonly kind: 'number'; readonly most: number; readonly fractions?: true }
  | { readonly kind: 'text'; readonly longest: number }
);

/**
 * A screening range of totals, both ends included. It says how much was reported, never what somebody has;
 * `label` completes "in the range called …".
 */
export type Band = {
  readonly min: number;
  readonly max: number;
  readonly label: string;
  /** Where the range is published. */
  readonly source: string;
};

/** From this total on, the source advises to look further. */
export type CutOff = { readonly from: number; readonly source: string };

/** A part that has a total of its own: a cluster of symptoms, a substance over four weeks. */
export type Subscale = {
  readonly id: string;
  readonly items: readonly string[];
  readonly max: number;
};

/** An item that is worth a calm look whatever the total: answered `from` or more. */
export type RiskItem = { readonly item: string; readonly from: number };

/** Points by which two totals must differ before the difference is more than chance and rounding. */
export type ReliableChange = { readonly points: number; readonly source: string };

export type Scale = {
  readonly id: InstrumentId;
  /** Rises when an item, a score or a range changes; an answer keeps the version it was given to. */
  readonly version: string;
  /** What it is known as: "PHQ-9". */
  readonly title: string;
  readonly items: readonly ScaleItem[];
  /** Ends of the sum; null where the source has no sum. */
  readonly total: { readonly min: number; readonly max: number } | null;
  /** The whole of `total`, lowest first, without a gap; none where the source has none. */
  readonly bands: readonly Band[];
  readonly cutOffs: readonly CutOff[];
  readonly subscales: readonly Subscale[];
  readonly riskItems: readonly RiskItem[];
  readonly reliableChange?: ReliableChange;
};

/** `count` choice items, q1, q2 …, each with the same scores. */
export function choiceItems(count: number, scores: readonly number[]): readonly ScaleItem[] {
  return Array.from({ length: count }, (_, index) => ({ id: `q${index + 1}`, kind: 'choice', scores }));
}
