// How many calls the workers of an agent can take, by their reports. Callers queue for this capacity.
import { sumBy } from 'es-toolkit';
import type { Ground } from '@/lib/cluster/ground';
import { BUSY_FULL } from '@/lib/dispatch/queue/queue';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { liveWorkers } from '@/lib/livekit/workers';

/** Capacity of all live workers of an agent, in calls. */
export interface Capacity {
  readonly free: number;
  /** Free places with a process that is ready within seconds, on a machine with spare CPU time. */
  readonly soon: number;
  /** Free places on machines with spare CPU time, with or without a process. */
  readonly sustainable: number;
  readonly max: number;
  /** Rooms of jobs, at least of the new ones, that are already in these numbers. */
  readonly newRooms: ReadonlySet<string>;
}

/** LiveKit assigns no jobs to a worker that reports this load. */
const FULL = 1;
/**
 * Jobs that a worker gets beyond its idle processes. It starts them one after another, each in 1 to 2 s on two busy
 * cores; no caller should wait longer for a process than for a free place.
 */
const STARTING_MAX = 2;

/**
 * Calls that a worker gets even if its machine is busy. If fewer calls fill the machine, something else does,
 * and how long that takes is unknown.
 */
const MIN_CALLS = 4;

const freeOf = ({ load = 0, maxJobs, activeJobs, pendingJobs = 0 }: WorkerReport) =>
  load >= FULL ? 0 : Math.max(0, maxJobs - activeJobs - pendingJobs);

/** The number of calls that the machine can take, assuming that each uses as much CPU time as the current ones. */
const sustainable = ({ maxJobs, activeJobs, busy = 0 }: WorkerReport) =>
  busy === 0 ? maxJobs : Math.max(MIN_CALLS, Math.floor((activeJobs * BUSY_FULL) / busy));

const sustainableOf = (report: WorkerReport) =>
  freeOf({ ...report, maxJobs: Math.min(report.maxJobs, sustainable(report)) });

const soonOf = (report: WorkerReport) => {
  const { maxJobs, warm = maxJobs, pendingJobs = 0 } = report;
  return Math.min(sustainableOf(report), Math.max(0, warm + STARTING_MAX - pendingJobs));
};

/** Capacity by these reports. Workers that LiveKit considers full have none. */
export function capacityOf(reports: readonly WorkerReport[]): Capacity {
  return {
    free: sumBy(reports, freeOf),
    soon: sumBy(reports, soonOf),
    sustainable: sumBy(reports, sustainableOf),
    max: sumBy(reports, ({ maxJobs }) => maxJobs),
    newRooms: new Set(
      reports.flatMap(({ newRooms = [], jobs = [] }) => [
        ...newRooms,
        ...jobs.map(({ room }) => room),
      ]),
    ),
  };
}

/** Current capacity of an agent on a deployment. */
export const capacity = (server: Ground, agent: string, deployment: string): Capacity =>
  capacityOf(liveWorkers(server, agent, deployment));
