// The one median: of latencies on pages, in simulations, rollouts and benchmarks. SQL has `percentile_cont`.

/** The value in the middle, or the mean of the two there, as `percentile_cont(0.5)` has it; undefined without values. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
