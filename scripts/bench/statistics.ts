/** The arithmetic of the bench. Everything is held against a baseline of the same run, so that drift cancels. */

/** What one round measured: the thing itself and what it is held against, in the same unit. */
export type Pair = { readonly subject: number; readonly baseline: number };

/** The middle value; the mean of the two middle ones when their number is even. Throws on none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  if (high === undefined || low === undefined) throw new RangeError('expected at least one value');
  return (low + high) / 2;
}

/** The smallest value that a share (0 to 1) of all values do not exceed: nearest rank. Throws on none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('expected at least one value');
  return found;
}

/** Medians of both sides, and the median of the rounds' own ratios: a slow minute weighs on one round only. */
export function summarise(pairs: readonly Pair[]): {
  readonly value: number;
  readonly baseline: number;
  readonly ratio: number;
} {
  return {
    value: median(pairs.map(({ subject }) => subject)),
    baseline: median(pairs.map(({ baseline }) => baseline)),
    ratio: median(pairs.map(({ subject, baseline }) => subject / baseline)),
  };
}

/** Runs both sides in each round, one after the other; which goes first changes from round to round. */
export async function interleave<Subject, Baseline>(
  rounds: number,
  subject: (round: number) => Promise<Subject>,
  baseline: (round: number) => Promise<Baseline>,
): Promise<readonly { readonly subject: Subject; readonly baseline: Baseline }[]> {
  const done: { readonly subject: Subject; readonly baseline: Baseline }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const first = await baseline(round);
      done.push({ subject: await subject(round), baseline: first });
    } else {
      const first = await subject(round);
      done.push({ subject: first, baseline: await baseline(round) });
    }
  }
  return done;
}
