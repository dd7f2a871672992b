// Known workers: their latest reports. LiveKit has no API that lists workers. Kept in memory, because a report is valid for six
// seconds only.
import type { Reported, ReportServer } from '@/lib/livekit/server';
import { REPORT_STALE_MS, type WorkerReport } from '@/lib/livekit/worker-report';

/**
 * Milliseconds for which a deployment whose worker has reported is expected to report. Without a report it is then off, and
 * later it is unknown whether it is. Our own choice.
 */
export const REPORTED_MS = 60 * 60_000;
/** Maximum number of deployments that are remembered. */
export const REPORTED_MAX = 2_000;

/** The reports that are not stale at `now`. */
export function freshReports(known: readonly Reported[], now: number): readonly Reported[] {
  return known.filter(({ at }) => now - at < REPORT_STALE_MS);
}

/** Merges new reports: a process's new reports replace all of its old ones. */
export function withReports(
  known: readonly Reported[],
  reports: readonly WorkerReport[],
  now: number,
): readonly Reported[] {
  const senders = new Set(reports.map(({ worker }) => worker));
  const others = freshReports(known, now).filter(({ report }) => !senders.has(report.worker));
  return [...others, ...reports.map((report) => ({ report, at: now }))];
}

/** The latest reports of all recently seen workers. */
export const knownReports = (server: ReportServer): readonly Reported[] => server.workers.reported;

const deploymentKey = (agent: string, deployment: string) => JSON.stringify([agent, deployment]);

/** Stores new reports. */
export function recordReports(server: ReportServer, reports: readonly WorkerReport[]): void {
  server.workers.reported = withReports(server.workers.reported, reports, Date.now());
  for (const { agent, deployment } of reports) {
    server.workers.everReported.set(deploymentKey(agent, deployment), true);
  }
}

/** Whether a worker of this deployment has reported within {@link REPORTED_MS}. */
export const hasReported = (server: ReportServer, agent: string, deployment: string): boolean =>
  server.workers.everReported.has(deploymentKey(agent, deployment));

/** Fresh reports of live workers for an agent and deployment. */
export function liveWorkers(
  server: ReportServer,
  agent: string,
  deployment: string,
): readonly WorkerReport[] {
  return freshReports(server.workers.reported, Date.now())
    .map(({ report }) => report)
    .filter(
      (report) =>
        report.agent === agent && report.deployment === deployment && report.state === 'live',
    );
}

/** The jobs that have ended with a worker process, by its latest reports. */
export const jobsOf = (server: ReportServer, worker: string) =>
  freshReports(server.workers.reported, Date.now())
    .filter(({ report }) => report.worker === worker)
    .flatMap(({ report }) => report.jobs ?? []);

/** Drops the reports of a worker process that has died. */
export function forgetWorker(server: ReportServer, worker: string): void {
  const known = server.workers.reported;
  server.workers.reported = known.filter(({ report }) => report.worker !== worker);
}
