// The statistics behind `judge.ts`.

// Fisher's exact test, one-sided: whether chance explains the failures of few calls compared with those of others.
// Unlike tests of proportions it is exact for any number of calls, even without failures.

/** Natural logarithms of the factorials from 0 to `n`. */
function logFactorials(n: number): readonly number[] {
  const logs = [0];
  for (let i = 1; i <= n; i += 1) logs.push((logs[i - 1] as number) + Math.log(i));
  return logs;
}

/** A part of a number, such as failed calls of all calls. */
interface Part {
  readonly hits: number;
  readonly of: number;
}

/**
 * The probability that `one` has at least its hits if both have the same share of hits: the upper tail of the
 * hypergeometric distribution (R. A. Fisher, "Statistical Methods for Research Workers", 5th ed. 1934, § 21.02).
 * @returns the p-value, 0 to 1; 1 if a side is empty
 */
export function fisherGreater(one: Part, other: Part): number {
  const hits = one.hits + other.hits;
  const all = one.of + other.of;
  const logs = logFactorials(all);
  const choose = (n: number, k: number) =>
    (logs[n] as number) - (logs[k] as number) - (logs[n - k] as number);
  const total = choose(all, hits);
  let p = 0;
  for (let k = one.hits; k <= Math.min(hits, one.of); k += 1) {
    p += Math.exp(choose(one.of, k) + choose(other.of, hits - k) - total);
  }
  return Math.min(1, p);
}

// The upper tail of the normal distribution, precise to many digits even where it is tiny: checks use levels of one in
// a hundred thousand.

/** Where the continued fraction takes over; it converges faster farther out. */
const FAR = 3;
/** Terms of the fraction; from {@link FAR}, 60 give 12 digits. */
const TERMS = 60;

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/**
 * P(Z > z) of a standard normal Z: near the middle by the series of G. Marsaglia ("Evaluating the normal
 * distribution", J. Stat. Software 11(4), 2004), far out by Laplace's continued fraction (Abramowitz and
 * Stegun, "Handbook of Mathematical Functions", 26.2.14).
 */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  if (z >= FAR) {
    let fraction = z;
    for (let term = TERMS; term > 0; term -= 1) fraction = z + term / fraction;
    return density(z) / fraction;
  }
  let sum = z;
  for (let term = z, i = 3; term > sum * 1e-17; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 - sum * density(z);
}

// The Mann–Whitney U test, one-sided: whether one side's latencies tend to be longer than the other's. It uses ranks,
// because latencies have long tails, and one slow response dominates a mean.

interface Ranked {
  /** Sum of the ranks of `one`'s values; equal values share the mean of their ranks. */
  readonly rankSum: number;
  /** Σ (t³ − t) over groups of t equal values. */
  readonly ties: number;
}

function ranked(one: readonly number[], other: readonly number[]): Ranked {
  const all = [
    ...one.map((value) => ({ value, own: true })),
    ...other.map((value) => ({ value, own: false })),
  ].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  let ties = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    const rank = (from + 1 + to) / 2;
    rankSum += rank * all.slice(from, to).filter(({ own }) => own).length;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  return { rankSum, ties };
}

/**
 * The probability that `one` ranks at least as high above `other` as it does if both come from one distribution: by the
 * normal approximation, corrected for continuity and ties (H. B. Mann and D. R. Whitney, Ann. Math. Statist. 18, 1947;
 * the variance with ties as in E. L. Lehmann, "Nonparametrics", 1975, 1.4). Good from about 20 values a side.
 * @returns the p-value, 0 to 1; 1 if a side is empty or all values are equal
 */
export function mannWhitneyGreater(one: readonly number[], other: readonly number[]): number {
  const [m, n] = [one.length, other.length];
  const all = m + n;
  if (m === 0 || n === 0) return 1;
  const { rankSum, ties } = ranked(one, other);
  const u = rankSum - (m * (m + 1)) / 2;
  const variance = ((m * n) / 12) * (all + 1 - ties / (all * (all - 1)));
  if (variance <= 0) return 1;
  return upperTail((u - (m * n) / 2 - 0.5) / Math.sqrt(variance));
}
