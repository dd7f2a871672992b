// Known workers: their latest reports, and the resulting status of each agent. LiveKit has no API that lists
// workers. Kept in memory, because a report is valid for six seconds only.

import { catalogue, servedAgents } from '@/lib/core/catalogue';
import type { Runs } from '@/lib/core/runs-on';
import { type FailingModel, failingOf } from './model-failures';
import type { Reported, ReportServer } from './server';
import { REPORT_STALE_MS, type WorkerReport } from './worker-report';

/** The reports that are not stale at `now`. */
function freshReports(known: readonly Reported[], now: number): readonly Reported[] {
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

/** A worker as shown to users and API clients: without rooms, which only their callers may know. */
export type WorkerDetail = Omit<WorkerReport, 'agent' | 'deployment' | 'newRooms' | 'runs'>;

function detailOf(report: WorkerReport): WorkerDetail {
  const { agent, deployment, newRooms, runs, ...detail } = report;
  return detail;
}

/** Status of one deployment of an agent. */
export interface DeploymentStatus {
  /** Display name ("production", never ""). */
  name: string;
  /** Whether a worker can take a call now. */
  live: boolean;
  /** Number of live workers. */
  workers: number;
  /** Calls on all of its workers, including stopping ones. */
  activeJobs: number;
  /** Capacity of its live workers together. */
  maxJobs: number;
  /** Why it is not live, or an error of one of its workers. */
  problem?: string;
  /** What it runs on: one entry if all its workers have the same settings. */
  runs: readonly Runs[];
  /** What it runs on that does not answer, as far as is known. */
  failing: readonly FailingModel[];
  /** All its workers, in a stable order. */
  workerDetails: readonly WorkerDetail[];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

function problemOf(reports: readonly WorkerReport[]): string | undefined {
  const broken = reports.find(({ state }) => state === 'broken');
  if (broken) return broken.error ?? 'A worker reports a fault without naming it';
  if (reports.some(({ state }) => state === 'live')) return undefined;
  if (reports.some(({ state }) => state === 'starting')) return 'The worker is starting';
  if (reports.length > 0) return 'The worker is being stopped';
  return 'No worker is running';
}

const byHost = (a: WorkerDetail, b: WorkerDetail) =>
  (a.host ?? '').localeCompare(b.host ?? '') || a.worker.localeCompare(b.worker);

/** The distinct sets of models and speech, in a stable order. */
function distinctRuns(reports: readonly WorkerReport[]): readonly Runs[] {
  const texts = reports.flatMap(({ runs }) => (runs ? [JSON.stringify(runs)] : []));
  return [...new Set(texts)].sort().map((text) => JSON.parse(text) as Runs);
}

/** Summarizes the reports on one deployment of one agent. */
export function deploymentStatus(
  server: ReportServer,
  name: string,
  reports: readonly WorkerReport[],
): DeploymentStatus {
  const live = reports.filter(({ state }) => state === 'live');
  const runs = distinctRuns(reports);
  return {
    name,
    live: live.length > 0,
    workers: live.length,
    activeJobs: sum(reports.map(({ activeJobs }) => activeJobs)),
    maxJobs: sum(live.map(({ maxJobs }) => maxJobs)),
    problem: problemOf(reports),
    runs,
    failing: failingOf(server, runs),
    workerDetails: reports.map(detailOf).sort(byHost),
  };
}

/** The catalogue with the status of each deployment at `now`: the body of `GET /api/agents`. */
export function agentStatuses(
  server: ReportServer,
  known: readonly Reported[],
  now: number,
  agents = catalogue,
) {
  const reports = freshReports(known, now).map(({ report }) => report);
  return agents.map(({ name, person, role, summary, deployments }) => ({
    name,
    person,
    role,
    summary,
    deployments: deployments.map((shown) =>
      deploymentStatus(
        server,
        shown,
        reports.filter((r) => r.agent === name && r.deployment === shown),
      ),
    ),
  }));
}
export type AgentStatus = ReturnType<typeof agentStatuses>[number];

/** The latest reports of all recently seen workers. */
export const knownReports = (server: ReportServer): readonly Reported[] => server.workers.reported;

/** Stores new reports. */
export function recordReports(server: ReportServer, reports: readonly WorkerReport[]): void {
  server.workers.reported = withReports(server.workers.reported, reports, Date.now());
}

/** The current status of every agent. */
export function currentAgents(server: ReportServer): AgentStatus[] {
  return agentStatuses(
    server,
    server.workers.reported,
    Date.now(),
    servedAgents(server.config.LETTA_URL),
  );
}

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

/** Drops the reports of a worker process that has died. */
export function forgetWorker(server: ReportServer, worker: string): void {
  const known = server.workers.reported;
  server.workers.reported = known.filter(({ report }) => report.worker !== worker);
}
