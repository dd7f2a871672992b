// How long this process's event loop was blocked: a worker that does not get to its messages
// answers job offers too late, and the call is lost.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Sampling interval in milliseconds, which Node includes in every value. */
const RESOLUTION_MS = 10;

/**
 * Starts measuring; each call of the result returns the longest delay in milliseconds since the
 * last.
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
