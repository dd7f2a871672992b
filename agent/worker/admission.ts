// Job admission: none above the limit, none while job processes cannot start, and none during shutdown. The worker's
// load says the same, but only every 2.5 s; LiveKit offers a job rejected here to the next worker immediately.
import { waitFor } from '@/lib/core/wait';

/**
 * Milliseconds that an accepted job holds its slot before it has a process, which may have to start first. LiveKit does
 * not report jobs it then assigned to nobody, so their slots have to expire.
 */
export const SLOT_TIMEOUT_MS = 30_000;

/** Admission of one agent's jobs. */
export type Admission = ReturnType<typeof openAdmission>;

/** A job with a process. */
export interface ActiveJob {
  readonly id: string;
  /** Name of its room. */
  readonly room: string;
}

/** Opens admission for at most `maxJobs` at once. */
export function openAdmission(
  maxJobs: number,
  activeJobs: () => readonly ActiveJob[],
  cannotStart: () => string | undefined = () => undefined,
) {
  let reportedLoad = 0;
  const promised = new Map<string, Promise<void>>();
  let closed = false;
  const taken = (but?: string) => {
    const active = activeJobs().filter(({ room }) => room !== but);
    return new Set([...active.map(({ id }) => id), ...promised.keys()]).size;
  };

  async function untilActive(id: string): Promise<void> {
    // The framework does not announce the process.
    await waitFor(SLOT_TIMEOUT_MS, () => activeJobs().some((job) => job.id === id));
    promised.delete(id);
  }

  return {
    /**
     * Why no job can be accepted now; undefined if one can.
     * @param room where it would be. Another job in this room ends, or is ended by the new one, and takes no place.
     */
    refusal(room?: string): string | undefined {
      if (closed) return 'the worker is being stopped';
      return taken(room) >= maxJobs ? `all ${maxJobs} places are taken` : cannotStart();
    },
    /** Reserves a slot for a job that is being accepted. */
    promise(jobId: string): void {
      promised.set(jobId, untilActive(jobId));
    },
    /** Jobs with a reserved slot and no process yet. */
    get pending() {
      return taken() - activeJobs().length;
    },
    /** Load for LiveKit, from 0 to 1: 1 while no job can be accepted. */
    load() {
      reportedLoad = cannotStart() === undefined ? loadOf(taken(), maxJobs) : 1;
      return reportedLoad;
    },
    /** The last result of `load`: what LiveKit knows until the next report. */
    get reportedLoad() {
      return reportedLoad;
    },
    /** Rejects all jobs from now on; resolves when accepted ones have a process. */
    async close(): Promise<void> {
      closed = true;
      await Promise.all(promised.values());
    },
  };
}

/** Load below which livekit-server still offers jobs (`target_load` in its pkg/agent/config.go). */
const SERVER_TARGET_LOAD = 0.7;

/**
 * Load for LiveKit, by the worker's own jobs only: below {@link SERVER_TARGET_LOAD} while a job fits, 1 when full. A stock
 * worker reports the machine's CPU, so a build on the same machine would lose calls.
 */
export function loadOf(activeJobs: number, maxJobs: number): number {
  return activeJobs >= maxJobs ? 1 : (activeJobs / maxJobs) * (SERVER_TARGET_LOAD - 0.01);
}
