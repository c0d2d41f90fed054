import { expect, test } from 'vitest';
import { studentTQuantile } from './student-t.ts';

test('quantiles are those of the distribution', () => {
  // Computed independently with SciPy 1.17.1, scipy.stats.t.ppf.
  const known = [
    [0.975, 1, 12.7062047362],
    [0.975, 2.5, 3.574654842],
    [0.975, 10, 2.228138852],
    [0.995, 6.3, 3.6360125819],
    [0.9991666666666666, 23.7, 3.5460432695],
    [0.9995, 400, 3.3150152234],
    [0.75, 7, 0.7111417781],
    [0.5, 3, 0],
  ] as const;
  for (const [p, df, t] of known) expect(studentTQuantile(p, df), `${p} at ${df}`).toBeCloseTo(t, 8);
});

test('what is no share or no degree of freedom is refused', () => {
  for (const [p, df] of [
    [1, 3],
    [0.2, 3],
    [0.9, 0],
    [Number.NaN, 3],
  ] as const)
    expect(() => studentTQuantile(p, df)).toThrow(RangeError);
});
