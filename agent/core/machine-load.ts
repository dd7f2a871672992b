// Load of the machine. Without spare processor time, one more call slows down the answers of all others. In
// a container with a CPU share, this is the usage of the whole machine.
import { type CpuInfo, cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The processors of the machine, which tests replace. */
export const machine = { cpus };

/** Minimum milliseconds to measure: over a shorter time, one starting process fills them. */
const SPAN_MS = 1_500;

/** The share of time, from 0 to 1, that the processors were busy between two samples. */
export function busyBetween(before: readonly CpuInfo[], after: readonly CpuInfo[]): number {
  const [first, last] = [sums(before), sums(after)];
  const all = last.all - first.all;
  // The idle time of a machine can go back by a step.
  return all > 0 ? Math.min(1, 1 - (last.idle - first.idle) / all) : 0;
}

/** Milliseconds that all processors together have counted between two samples. */
export const timeBetween = (before: readonly CpuInfo[], after: readonly CpuInfo[]): number =>
  sums(after).all - sums(before).all;

function sums(processors: readonly CpuInfo[]): { readonly idle: number; readonly all: number } {
  const total = (times: readonly number[]) => times.reduce((sum, one) => sum + one, 0);
  return {
    idle: total(processors.map(({ times }) => times.idle)),
    all: total(processors.flatMap(({ times }) => Object.values(times))),
  };
}

/**
 * The value after one more sample: it rises immediately and falls by halves, because callers sometimes all pause at once.
 */
export const smoothed = (last: number, share: number): number =>
  Math.max(share, (last + share) / 2);

/** Starts measuring; each call of the result returns the usage of the last seconds, 0 at first. */
export function measureBusy(): () => number {
  let before = cpus();
  let since = performance.now();
  let busy = 0;
  return () => {
    if (performance.now() - since < SPAN_MS) return busy;
    const now = cpus();
    busy = smoothed(busy, busyBetween(before, now));
    before = now;
    since = performance.now();
    return busy;
  };
}

/**
 * Sampling interval in milliseconds, which Node includes in every value. At its default of 10, a worker at rest uses 5 ms of
 * processor time a second to measure this alone (measured), and no delay below 50 matters to a job offer.
 */
const RESOLUTION_MS = 50;

/**
 * Measures how long this process's event loop was blocked: a worker that does not get to its messages answers job offers
 * too late, and the call is lost. Each call of the result returns the longest delay in milliseconds since the last.
 */
export function measureLag(): () => number {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return () => {
    const longest = histogram.max / 1e6 - RESOLUTION_MS;
    histogram.reset();
    return Math.max(0, Math.round(longest));
  };
}
