// How many calls the workers of an agent can take, as they report it: what a line of callers waits for.
import { BUSY_FULL, type WorkerReport } from '@/lib/livekit/worker-report';
import { liveWorkers } from '@/lib/livekit/workers';

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** Places for calls on an agent's live workers together. */
export interface Capacity {
  readonly free: number;
  /** Those of them that have a process, or will within seconds, on a machine that has time for one more. */
  readonly soon: number;
  /** Those that their machines have time for, with a process or without. */
  readonly bearable: number;
  readonly max: number;
  /** Rooms of jobs that have just begun: they are in these numbers. */
  readonly newRooms: ReadonlySet<string>;
}

/** LiveKit sends no job to a worker that told it this load. */
const FULL = 1;
/**
 * Jobs that a worker is given beyond its processes that wait: it starts one after another, each in 1 to
 * 2 s on two cores that have other work too, and nobody is to wait longer for one than for a place.
 */
const AHEAD = 2;

/**
 * Calls of an agent that a worker is given though its machine has no time left. Where fewer fill it, something else
 * does, and nobody can say for how long.
 */
const FEW = 4;

const freeOf = ({ load = 0, maxJobs, activeJobs, pendingJobs = 0 }: WorkerReport) =>
  load >= FULL ? 0 : Math.max(0, maxJobs - activeJobs - pendingJobs);

/** As many calls as fill the time of its machine, if one more takes as much of it as each of those that it has. */
const bearable = ({ maxJobs, activeJobs, busy = 0 }: WorkerReport) =>
  busy === 0 ? maxJobs : Math.max(FEW, Math.floor((activeJobs * BUSY_FULL) / busy));

const bearableOf = (report: WorkerReport) =>
  freeOf({ ...report, maxJobs: Math.min(report.maxJobs, bearable(report)) });

const soonOf = (report: WorkerReport) => {
  const { maxJobs, warm = maxJobs, pendingJobs = 0 } = report;
  return Math.min(bearableOf(report), Math.max(0, warm + AHEAD - pendingJobs));
};

/** Places as these live workers report them. One that LiveKit takes for full has none. */
export function capacityOf(reports: readonly WorkerReport[]): Capacity {
  return {
    free: sum(reports.map(freeOf)),
    soon: sum(reports.map(soonOf)),
    bearable: sum(reports.map(bearableOf)),
    max: sum(reports.map(({ maxJobs }) => maxJobs)),
    newRooms: new Set(reports.flatMap(({ newRooms = [] }) => newRooms)),
  };
}

/** Places for an agent on a deployment (wire name) just now. */
export const capacity = (agent: string, deployment: string): Capacity =>
  capacityOf(liveWorkers(agent, deployment));
