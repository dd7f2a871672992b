// The Mann–Whitney U test, one-sided: whether the delays of one side tend to be longer than those of the
// other. By ranks, since delays have long tails in which a mean is at home with one slow answer.
import { upperTail } from './normal';

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
 * The probability that `one` ranks as high above `other` as it does, or higher, where both come from one
 * distribution: by the normal approximation, corrected for continuity and ties (H. B. Mann and D. R.
 * Whitney, Ann. Math. Statist. 18, 1947; the variance with ties as in E. L. Lehmann, "Nonparametrics",
 * 1975, 1.4). Good from about 20 values a side on.
 * @returns the p-value, 0 to 1; 1 where a side has nothing or all values are equal
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
