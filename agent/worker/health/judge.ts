// Whether a worker can start jobs, from how its job processes start. The framework says OK as long as
// it is connected, also where every process dies at once.
import type { WorkerReport } from '../../../lib/livekit/worker-report';

/**
 * Milliseconds without a process that is ready, on a worker without calls, after which it counts as
 * broken. One starts in 1 to 3 s on two quiet cores; a worker with calls may need its cores for those.
 */
export const STUCK_MS = 12_000;

/** How the processes of one agent start. Times in milliseconds since 1970. */
export interface Starts {
  /** Processes that wait for a job. */
  readonly warm: number;
  /** Why the last one to end could not start; undefined where a later one could. */
  readonly failing?: string;
  /** Whether one was ready since the worker began. */
  readonly wasReady: boolean;
  /** Since when none waits. */
  readonly emptySince: number;
}

type State = Pick<WorkerReport, 'state' | 'error'>;

const stuck = (ms: number) => `No job process has become ready for ${Math.round(ms / 1_000)} s`;

/** What these starts come to. @param busy whether it has calls */
export function judge(
  { warm, failing, wasReady, emptySince }: Starts,
  busy: boolean,
  now: number,
): State {
  if (warm > 0) return { state: 'live' };
  if (failing !== undefined) return { state: 'broken', error: failing };
  // At first everything on a machine starts at once, which takes its time.
  if (!wasReady) return { state: 'starting', error: 'Its first job process is starting' };
  if (!busy && now - emptySince >= STUCK_MS) {
    return { state: 'broken', error: stuck(now - emptySince) };
  }
  return { state: 'live' };
}

/** Why no job can be started now, for who offers one; undefined where one can, or soon can. */
export function cannotStart(starts: Starts, now: number): string | undefined {
  if (starts.warm > 0) return undefined;
  if (starts.failing !== undefined) return `no job process can start: ${starts.failing}`;
  const empty = now - starts.emptySince;
  return starts.wasReady && empty >= STUCK_MS ? stuck(empty) : undefined;
}
