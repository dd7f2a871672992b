// Reports to the web process, every two seconds and on changes, which agents of this worker are live, how busy they
// are, and what is wrong. LiveKit has no API that lists workers. A lost report is not kept; the next one contains
// everything.
import { hostname } from 'node:os';
import { type AgentServer, log } from '@livekit/agents';
import { measureBusy, measureLag } from '@/agent/core/machine-load';
import { postSigned, trackFailures } from '@/agent/reporting/web-process';
import type { Admission } from '@/agent/worker/admission';
import type { JobProcesses } from '@/agent/worker/job-processes';
import { findAgent } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { runsOf } from '@/lib/core/runs-on';
import { agentVersion } from '@/lib/core/version';
import {
  NEW_JOB_MS,
  NEW_ROOMS_MAX,
  REPORT_EVERY_MS,
  REPORT_PATH,
  type WorkerReport,
} from '@/lib/livekit/worker-report';

/** An agent with its server and that server's health route. */
export interface Served {
  readonly agentName: string;
  readonly server: AgentServer;
  readonly admission: Admission;
  readonly processes: JobProcesses;
  readonly healthUrl: string;
}

const TIMEOUT_MS = 1_500;
/** Milliseconds before a failed report is retried, so that a starting web process gets one quickly. */
const RETRY_MS = 400;

/** Starts reporting `served` to `CALLBOARD_URL`, until stopped. */
export function startReporting(config: Config, worker: string, served: readonly Served[]) {
  const lag = measureLag();
  const busy = measureBusy();
  const reporters = served.map((one) => {
    const agent = findAgent(one.agentName);
    const runs = agent && runsOf(config, agent);
    return { ...one, newRooms: followNewRooms(), runs, registration: { known: false } };
  });
  const missing = new Set(reporters.flatMap(({ runs }) => runs?.missing ?? []));
  for (const problem of missing) log().warn(`${problem}: agents run without it`);
  let draining = false;
  let last: readonly WorkerReport[] = [];
  // Calls continue without the web process.
  const delivery = trackFailures((error) =>
    log().warn({ error, url: config.CALLBOARD_URL }, 'report not delivered'),
  );
  let sending = false;
  let again = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  async function reportOf(
    { agentName, newRooms, runs, ...one }: (typeof reporters)[number],
    machine: Pick<WorkerReport, 'lagMs' | 'busy'>,
  ): Promise<WorkerReport> {
    const { activeJobs } = one.server;
    return {
      worker,
      agent: agentName,
      deployment: config.LIVEKIT_AGENT_DEPLOYMENT,
      version: agentVersion(config),
      host: hostname(),
      activeJobs: activeJobs.length,
      pendingJobs: one.admission.pending,
      maxJobs: config.AGENT_MAX_JOBS,
      load: one.admission.reportedLoad,
      warm: one.processes.warm(agentName),
      ...machine,
      newRooms: newRooms(activeJobs.map(({ job }) => job.room?.name ?? '')),
      runs,
      lastError: one.processes.lastError(agentName),
      ...(draining
        ? { state: 'draining' as const }
        : await stateOf(one, one.processes.state(agentName, activeJobs.length > 0))),
    };
  }

  async function post(): Promise<void> {
    const machine = { lagMs: lag(), busy: busy() };
    last = await Promise.all(reporters.map((one) => reportOf(one, machine)));
    try {
      const late = AbortSignal.timeout(TIMEOUT_MS);
      const answer = await postSigned(config, ['report', REPORT_PATH], last, late);
      if (!answer.ok) throw new Error(`the web process answered ${answer.status}`);
      delivery.worked();
    } catch (error) {
      delivery.failed(error);
      clearTimeout(retry);
      retry = setTimeout(() => void send(), RETRY_MS);
    }
  }

  /** One at a time, so that no report arrives after a newer one. */
  async function send(): Promise<void> {
    again = true;
    if (sending) return;
    sending = true;
    while (again) {
      again = false;
      await post();
    }
    sending = false;
  }

  void send();
  const timer = setInterval(() => void send(), REPORT_EVERY_MS);
  // A new worker is live immediately, not at the next tick.
  for (const { server } of served) server.event.on('worker_registered', () => setImmediate(send));

  return {
    now: () => void send(),
    /** Reports immediately that no more jobs are accepted. */
    drain() {
      draining = true;
      void send();
    },
    /** The last reports; empty before the first. */
    last: () => last,
    stop() {
      clearInterval(timer);
      clearTimeout(retry);
    },
  };
}

/**
 * Combines the framework's health route (200 only while registered with LiveKit) with our own state. A process too busy
 * to answer keeps its previous state.
 */
async function stateOf(
  { healthUrl, registration }: { healthUrl: string; registration: { known: boolean } },
  own: Pick<WorkerReport, 'state' | 'error'>,
): Promise<Pick<WorkerReport, 'state' | 'error'>> {
  // Why no process starts is worth reporting even while LiveKit is down.
  if (own.state === 'broken') return own;
  try {
    const answer = await fetch(healthUrl, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    registration.known = answer.ok;
    return answer.ok ? own : { state: 'starting', error: await answer.text() };
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    if (late && registration.known) return own;
    return { state: 'starting', error: 'not started yet' };
  }
}

/**
 * Returns a function that filters the rooms of all jobs to those whose job began within {@link NEW_JOB_MS}, newest
 * first. The web process admits callers by free slots and counts each admitted caller until their job appears here.
 */
export function followNewRooms(): (rooms: readonly string[]) => string[] {
  const since = new Map<string, number>();
  return (rooms) => {
    for (const room of since.keys()) if (!rooms.includes(room)) since.delete(room);
    for (const room of rooms) if (!since.has(room)) since.set(room, Date.now());
    return [...since]
      .filter(([, at]) => Date.now() - at < NEW_JOB_MS)
      .map(([room]) => room)
      .reverse()
      .slice(0, NEW_ROOMS_MAX);
  };
}
