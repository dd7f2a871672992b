// How long this process's event loop was held up: a worker that does not get to its messages answers
// offers of jobs too late, and the call is lost.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between looks; as Node measures the time between them, it is in every value. */
const RESOLUTION_MS = 10;

/** Starts measuring; each call of the result gives the longest wait in milliseconds since the last. */
export function measureLag(): () => number {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return () => {
    const longest = histogram.max / 1e6 - RESOLUTION_MS;
    histogram.reset();
    return Math.max(0, Math.round(longest));
  };
}
