// What a worker tells the web process of itself, every REPORT_EVERY_MS and once registered: the
// source of "live" on the page. LiveKit has no API that lists workers.
import { z } from 'zod';
import { runs } from '@/lib/core/runs-on';

/** Path on the web process that takes reports: `Authorization: Bearer` a token signed with the LiveKit secret. */
export const REPORT_PATH = '/api/workers/reports';
/** Milliseconds between reports. */
export const REPORT_EVERY_MS = 2_000;
/** Milliseconds after which a silent worker counts as gone: three reports missed. */
export const REPORT_STALE_MS = 6_000;

/** Milliseconds for which a job counts as new: some reports, so that none is missed. */
export const NEW_JOB_MS = 10_000;
/** Most rooms of new jobs that a report names; it has to stay below the usual size of a body. */
export const NEW_ROOMS_MAX = 100;

/**
 * What a worker reports as `busy` from where on one more call would make the answers of all others worse. Our own
 * choice: on two cores, answers were as quick as ever below, and took twice as long above.
 */
export const BUSY_FULL = 0.85;

/** One agent of one worker process. */
const workerReport = z.object({
  /** Id of the worker process, made at its start. */
  worker: z.string().min(1).max(100),
  /** Agent name it registered. */
  agent: z.string().max(200),
  /** Wire name of its deployment ("" for production). */
  deployment: z.string().max(64),
  version: z.string().max(50),
  activeJobs: z.int().min(0),
  /** Jobs it has taken that wait for a process. */
  pendingJobs: z.int().min(0).optional(),
  maxJobs: z.int().min(1),
  /** live: registered with LiveKit and able to take a job. starting, draining: not now. broken: `error` says why. */
  state: z.enum(['starting', 'live', 'draining', 'broken']),
  error: z.string().max(2_000).optional(),
  /** Name of the machine it runs on. */
  host: z.string().max(200).optional(),
  /** Load as LiveKit is told: 0 to 1, at which no more jobs come. */
  load: z.number().min(0).max(1).optional(),
  /** Processes that wait for a job, ready to talk at once. */
  warm: z.int().min(0).optional(),
  /** Longest wait of its event loop since the last report, in milliseconds. */
  lagMs: z.number().min(0).optional(),
  /** Share of time that the processors of its machine worked in the last seconds, 0 to 1. */
  busy: z.number().min(0).max(1).optional(),
  /** Rooms of jobs that began within {@link NEW_JOB_MS}: who was let in for one is counted no more. */
  newRooms: z.array(z.string().max(256)).max(NEW_ROOMS_MAX).optional(),
  /** What it runs on, by its own settings. */
  runs: runs.optional(),
  /** The last thing that failed on it, also where it went on. `at`: milliseconds since 1970, its clock. */
  lastError: z.object({ at: z.int().min(0), message: z.string().max(2_000) }).optional(),
});
export type WorkerReport = z.infer<typeof workerReport>;

/** The body of a report: all agents of one process at once. */
export const workerReports = z.array(workerReport).min(1).max(100);
