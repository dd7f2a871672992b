// Whether a worker can start jobs, judged by its job processes. The framework reports OK as long as
// it is connected, even if every process dies immediately.
import type { WorkerReport } from '../../../lib/livekit/worker-report';

/**
 * Milliseconds without a ready process, on a worker without calls, after which it counts as broken.
 * One starts in 1 to 3 s on two idle cores; a worker with calls may need its cores for them.
 */
export const STUCK_MS = 12_000;

/** How the processes of one agent start. Times in milliseconds since 1970. */
export interface Starts {
  /** Number of idle processes. */
  readonly warm: number;
  /** Why the last process to end could not start; undefined if a later one could. */
  readonly failing?: string;
  /** Whether one was ready since the worker started. */
  readonly wasReady: boolean;
  /** Since when none is idle. */
  readonly emptySince: number;
}

type State = Pick<WorkerReport, 'state' | 'error'>;

const stuck = (ms: number) => `No job process has become ready for ${Math.round(ms / 1_000)} s`;

/**
 * State of a worker by its process starts.
 * @param busy whether it has calls
 */
export function judge(
  { warm, failing, wasReady, emptySince }: Starts,
  busy: boolean,
  now: number,
): State {
  if (warm > 0) return { state: 'live' };
  if (failing !== undefined) return { state: 'broken', error: failing };
  // At boot everything on a machine starts at once, which takes time.
  if (!wasReady) return { state: 'starting', error: 'Its first job process is starting' };
  if (!busy && now - emptySince >= STUCK_MS) {
    return { state: 'broken', error: stuck(now - emptySince) };
  }
  return { state: 'live' };
}

/** Why no job can be started now, for rejections; undefined if one can, now or soon. */
export function cannotStart(starts: Starts, now: number): string | undefined {
  if (starts.warm > 0) return undefined;
  if (starts.failing !== undefined) return `no job process can start: ${starts.failing}`;
  const empty = now - starts.emptySince;
  return starts.wasReady && empty >= STUCK_MS ? stuck(empty) : undefined;
}
