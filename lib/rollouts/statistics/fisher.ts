// Fisher's exact test, one-sided: whether what went wrong of few calls can be chance beside what went wrong
// of others. Exact for any number of calls, also for none gone wrong, where tests of proportions are not.

/** Natural logarithms of the factorials from 0 to `n`. */
function logFactorials(n: number): readonly number[] {
  const logs = [0];
  for (let i = 1; i <= n; i += 1) logs.push((logs[i - 1] as number) + Math.log(i));
  return logs;
}

/** Some of a number, such as calls that went wrong of all calls. */
export interface Part {
  readonly hits: number;
  readonly of: number;
}

/**
 * The probability that `one` has as many hits as it has, or more, where both have the same share of hits
 * and chance alone dealt them out: the upper tail of the hypergeometric distribution (R. A. Fisher,
 * "Statistical Methods for Research Workers", 5th ed. 1934, § 21.02).
 * @returns the p-value, 0 to 1; 1 where one side has nothing
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
