// The status of each agent in the list, from its workers' reports. Workers that were not written for Callboard need not report:
// whether they run is then unknown, and only a call can tell.

import { sumBy } from 'es-toolkit';
import type { ListedAgent } from '@/lib/agents/agent';
import type {
  AgentStatus,
  DeploymentStatus,
  UnlistedAgent,
  WorkerDetail,
} from '@/lib/agents/answers';
import { listedAgent, listedAgents } from '@/lib/agents/registry';
import type { AgentsServer } from '@/lib/agents/server';
import type { Runs } from '@/lib/core/runs-on';
import { failingOf } from '@/lib/livekit/model-failures';
import type { ReportServer } from '@/lib/livekit/server';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { freshReports, hasReported } from '@/lib/livekit/workers';

function detailOf(report: WorkerReport): WorkerDetail {
  const { agent, deployment, jobs, newRooms, runs, ...detail } = report;
  return detail;
}

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
function distinctRuns(reports: readonly WorkerReport[]): Runs[] {
  const texts = reports.flatMap(({ runs }) => (runs ? [JSON.stringify(runs)] : []));
  return [...new Set(texts)].sort().map((text) => JSON.parse(text) as Runs);
}

/**
 * Summarizes the reports on one deployment of one agent.
 * @param expected whether its workers report while they run
 */
export function deploymentStatus(
  server: ReportServer,
  name: string,
  reports: readonly WorkerReport[],
  expected = true,
): DeploymentStatus {
  const live = reports.filter(({ state }) => state === 'live');
  const runs = distinctRuns(reports);
  return {
    name,
    live: live.length > 0,
    reports: expected || reports.length > 0,
    workers: live.length,
    activeJobs: sumBy(reports, ({ activeJobs }) => activeJobs),
    maxJobs: sumBy(live, ({ maxJobs }) => maxJobs),
    problem: expected || reports.length > 0 ? problemOf(reports) : undefined,
    runs,
    failing: failingOf(server, runs),
    workerDetails: reports.map(detailOf).sort(byHost),
  };
}

/** Whether the workers of this deployment report while they run: Callboard's do, and others that did lately. */
export function isReporting(server: AgentsServer, agent: string, deployment: string): boolean {
  return reportsJobs(server, agent) || hasReported(server, agent, deployment);
}

/** Whether its workers report each job that they accept, as an event of the call. Only those of Callboard do. */
export const reportsJobs = (server: AgentsServer, agent: string): boolean =>
  (listedAgent(server, agent)?.source ?? 'team') !== 'team';

const reportsNow = (server: AgentsServer) =>
  freshReports(server.workers.reported, Date.now()).map(({ report }) => report);

/** @param reports of all workers */
function statusOf(
  server: AgentsServer,
  { deployments, ...agent }: ListedAgent,
  reports: readonly WorkerReport[],
): AgentStatus {
  return {
    ...agent,
    // What requests call it.
    title: agent.person,
    deployments: deployments.map((deployment) =>
      deploymentStatus(
        server,
        deployment,
        reports.filter((one) => one.agent === agent.name && one.deployment === deployment),
        isReporting(server, agent.name, deployment),
      ),
    ),
  };
}

/** The status of each agent in the list: the body of `GET /api/agents`. */
export function currentAgents(server: AgentsServer): AgentStatus[] {
  const reports = reportsNow(server);
  return listedAgents(server).map((agent) => statusOf(server, agent, reports));
}

/** The status of one agent; undefined if it is not in the list. */
export function agentStatus(server: AgentsServer, name: string): AgentStatus | undefined {
  const agent = listedAgent(server, name);
  return agent && statusOf(server, agent, reportsNow(server));
}

/** The agents whose workers report, and that are not in the list. */
export function unlistedAgents(server: AgentsServer): UnlistedAgent[] {
  const listed = new Set(listedAgents(server).map(({ name }) => name));
  const found = new Map<string, Set<string>>();
  for (const report of reportsNow(server)) {
    if (listed.has(report.agent)) continue;
    found.set(report.agent, (found.get(report.agent) ?? new Set()).add(report.deployment));
  }
  return [...found].map(([name, deployments]) => ({ name, deployments: [...deployments].sort() }));
}

/**
 * Whether calls may go to a deployment: unless its workers report, and none is live. Only an agent that does not come then
 * shows that none is there.
 */
export const mayBeLive = (server: AgentsServer, agent: string, deployment: string): boolean => {
  const { deployments = [] } = agentStatus(server, agent) ?? {};
  const status = deployments.find(({ name }) => name === deployment);
  return status !== undefined && (status.live || !status.reports);
};
