// The report that a worker sends to the web process every REPORT_EVERY_MS and when it registers: the source of "live"
// on the page. LiveKit has no API that lists workers. Any worker may send one: `docs/worker-reports.md`.
import { z } from 'zod';
import { PRODUCTION } from '@/lib/core/deployment';
import { runs } from '@/lib/core/runs-on';

/** Path of the web process that receives reports: `Authorization: Bearer` with a token signed with the LiveKit secret. */
export const REPORT_PATH = '/api/workers/reports';
/** Milliseconds between reports. */
export const REPORT_EVERY_MS = 2_000;
/** Milliseconds without a report after which a worker counts as gone: three missed reports. */
export const REPORT_STALE_MS = 6_000;

/** Milliseconds for which a job counts as new: several reports, so that none is missed. */
export const NEW_JOB_MS = 10_000;
/** Maximum number of new jobs' rooms in a report, so that the body stays below the size limit. */
export const NEW_ROOMS_MAX = 100;
/** Maximum number of jobs in a report, for the same reason. */
const JOBS_MAX = 200;

/** A job in its room: the agent's participant. */
export const reportedJob = z.object({
  room: z.string().min(1).max(256),
  identity: z.string().min(1).max(300),
});

/** One agent of one worker process. */
const workerReport = z
  .object({
    /** Id of the worker process, created when it starts. */
    worker: z.string().min(1).max(100),
    /** Registered agent name. */
    agent: z.string().max(200),
    /** Its deployment. "" is production, as for LiveKit. */
    deployment: z
      .string()
      .max(64)
      .default('')
      .transform((name) => name || PRODUCTION),
    version: z.string().max(50).default(''),
    /** If left out: the number of {@link jobs}. */
    activeJobs: z.int().min(0).optional(),
    /**
     * The jobs that end with the process. Sent by a worker whose jobs have no liveness connections of their own: their agents
     * are replaced when its own connection is lost.
     */
    jobs: z.array(reportedJob).max(JOBS_MAX).optional(),
    /** Accepted jobs that wait for a process. */
    pendingJobs: z.int().min(0).optional(),
    maxJobs: z.int().min(1),
    /** live: registered with LiveKit and able to take a job. starting, draining: temporarily not. broken: see `error`. */
    state: z.enum(['starting', 'live', 'draining', 'broken']).default('live'),
    error: z.string().max(2_000).optional(),
    /** Host name of its machine. */
    host: z.string().max(200).optional(),
    /** Load as reported to LiveKit: 0 to 1; at 1 it gets no more jobs. */
    load: z.number().min(0).max(1).optional(),
    /** Warm processes, which can start a job at once. */
    warm: z.int().min(0).optional(),
    /** Longest event loop delay since the last report, in milliseconds. */
    lagMs: z.number().min(0).optional(),
    /** CPU utilization of its machine in the last seconds, 0 to 1. */
    busy: z.number().min(0).max(1).optional(),
    /** Rooms of jobs that began within {@link NEW_JOB_MS}, so that their callers are no longer counted as waiting. */
    newRooms: z.array(z.string().max(256)).max(NEW_ROOMS_MAX).optional(),
    /** Models and speech, from its own settings. */
    runs: runs.optional(),
    /** The last error, even if the worker recovered. `at`: milliseconds since 1970 by its clock. */
    lastError: z.object({ at: z.int().min(0), message: z.string().max(2_000) }).optional(),
  })
  .transform((report) => ({
    ...report,
    activeJobs: report.activeJobs ?? report.jobs?.length ?? 0,
  }));
export type WorkerReport = z.infer<typeof workerReport>;

/** The body of a report: all agents of one process. */
export const workerReports = z.array(workerReport).min(1).max(100);
