// The significance tests compared with published values.
import { expect, it } from 'vitest';
import { fisherGreater, mannWhitneyGreater, upperTail } from '@/lib/rollouts/statistics';

it.each([
  // Fisher's lady tasting tea, "The Design of Experiments", 1935: 17 of 70.
  [{ hits: 3, of: 4 }, { hits: 1, of: 4 }, 17 / 70],
  // His convicted twins, as R prints them: fisher.test(Convictions, alternative = "less").
  [{ hits: 15, of: 17 }, { hits: 3, of: 13 }, 0.0004652],
  [{ hits: 0, of: 20 }, { hits: 0, of: 20 }, 1],
  [{ hits: 20, of: 20 }, { hits: 0, of: 0 }, 1],
])('Fisher: %j beside %j', (one, other, p) => {
  expect(fisherGreater(one, other)).toBeCloseTo(p, 7);
});

it('Fisher is exact with huge numbers of calls', () => {
  const p = fisherGreater({ hits: 60, of: 500 }, { hits: 10, of: 1_000 });
  expect(p).toBeGreaterThan(0);
  expect(p).toBeLessThan(1e-15);
});

it.each([
  // Abramowitz and Stegun, tables 26.1 and 26.2.
  [1, 0.158655253931457],
  [-2, 0.977249868051821],
  [3, 0.001349898031630095],
  [6, 9.8658764503769e-10],
])('P(Z > %d)', (z, tail) => {
  expect(upperTail(z) / tail).toBeCloseTo(1, 10);
});

it.each([
  // SciPy's example of mannwhitneyu: two-sided, asymptotic, with the correction for continuity.
  [[19, 22, 16, 29, 24], [20, 11, 17, 12], 0.11134688653314041 / 2],
  // Hollander and Wolfe 1973, permeability of the chorioamnion: U = 35, and 9.5 / sqrt(66.67) apart.
  [
    [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
    [1.15, 0.88, 0.9, 0.74, 1.21],
    upperTail(9.5 / Math.sqrt(200 / 3)),
  ],
  // Equal values: 4 of the 6 pairs won, 2 drawn, so U = 5; three and two are equal.
  [[2, 2, 3], [1, 2], upperTail((5 - 3 - 0.5) / Math.sqrt(0.5 * (6 - 24 / 20)))],
  [[5, 5], [5, 5], 1],
  [[], [1], 1],
])('Mann–Whitney: %j beside %j', (one, other, p) => {
  expect(mannWhitneyGreater(one, other)).toBeCloseTo(p, 10);
});
