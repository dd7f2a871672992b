// The metrics as Prometheus reads them: counters since the start of the process, and gauges that are computed for each
// request.

import { listedAgent } from '@/lib/agents/registry';
import type { AgentsServer } from '@/lib/agents/server';
import { currentAgents } from '@/lib/agents/status';
import { FAILED } from '@/lib/calls/call';
import type { StoredEvent } from '@/lib/calls/event';
import type { CallChange, StoredEvents } from '@/lib/calls/server';
import { readLiveCounts } from '@/lib/calls/store/read-stats';
import { onStored } from '@/lib/calls/store/stored-events';
import { costOf, USAGE_AMOUNTS } from '@/lib/calls/usage';
import { withDatabase } from '@/lib/db/database';
import type { Instruments } from '@/lib/metrics/instruments';
import type { MetricsServer } from '@/lib/metrics/server';

/** Replaces names that are not in the list of agents. */
const OTHER = 'other';

/**
 * The labels of an agent and a deployment: only names in the list. Anybody can send names, and each new value would
 * be a time series that is kept forever.
 */
function agentLabels(
  server: AgentsServer,
  agent: string | undefined,
  deployment: string | undefined,
) {
  const found = listedAgent(server, agent ?? '');
  return {
    agent: found?.name ?? OTHER,
    deployment: found?.deployments.find((name) => name === deployment) ?? OTHER,
  };
}

// Metrics of new events and the calls that they changed. A time is observed when it appears in the call, so that metrics
// and the agents page agree.

function feedEvent(server: MetricsServer, { what, source, at, arrivedAt }: StoredEvent): void {
  const to = server.metrics;
  // A clock ahead of ours must not give negative times.
  const lag = Math.max(0, arrivedAt - at) / 1_000;
  if (source === 'livekit') to.webhookLag.observe(lag);
  if (source.startsWith('worker:')) to.eventLag.observe(lag);
  if (what.kind === 'gave_up') {
    to.failures.inc({ ...agentLabels(server, what.agent, what.deployment), reason: 'gave up' });
  }
  if (what.kind === 'usage') {
    for (const one of what.models) {
      const labels = {
        ...agentLabels(server, what.agent, what.deployment),
        type: one.type,
        model: one.model,
      };
      for (const amount of USAGE_AMOUNTS) {
        if (one[amount]) to.usage.inc({ ...labels, amount }, one[amount]);
      }
      to.cost.inc(labels, costOf(one) ?? 0);
    }
  }
  if (what.kind === 'error') to.errors.inc({ source: source.split(':')[0] ?? source });
  if (what.kind !== 'dispatched' && what.kind !== 'agent_joined' && what.kind !== 'job_refused') {
    return;
  }
  const labels = agentLabels(server, what.agent, what.deployment);
  if (what.kind === 'dispatched') to.dispatches.inc({ ...labels, by: what.by });
  // LiveKit reports the same join, before the agent has identified itself.
  if (what.kind === 'agent_joined' && source !== 'livekit') to.joins.inc(labels);
  if (what.kind === 'job_refused') to.failures.inc({ ...labels, reason: 'job refused' });
}

/** The values of `after` that are not in `before`, by number of occurrences. */
function added(before: readonly number[], after: readonly number[]): number[] {
  const had = [...before];
  return after.filter((value) => {
    const at = had.indexOf(value);
    if (at >= 0) had.splice(at, 1);
    return at < 0;
  });
}

function feedCall(server: MetricsServer, { before, after }: CallChange): void {
  const to = server.metrics;
  const labels = agentLabels(server, after.agents[0], after.deployments[0]);
  const since = (at: number) => Math.max(0, at - after.requestedAt) / 1_000;
  if (after.joinedAt !== undefined && before?.joinedAt === undefined) {
    to.timeToJoin.observe(labels, since(after.joinedAt));
  }
  if (after.answeredAt !== undefined && before?.answeredAt === undefined) {
    to.timeToFirstAudio.observe(labels, since(after.answeredAt));
  }
  for (const ms of added(before?.answerMs ?? [], after.answerMs)) {
    to.answer.observe(labels, ms / 1_000);
  }
  if (after.endedBy !== undefined && before?.endedBy === undefined) {
    to.calls.inc({ ...labels, ended_by: after.endedBy });
    if (FAILED.includes(after.endedBy)) to.failures.inc({ ...labels, reason: after.endedBy });
  }
}

function feed(server: MetricsServer, { events, calls }: StoredEvents): void {
  for (const event of events) feedEvent(server, event);
  for (const change of calls) feedCall(server, change);
}

/** Counts all stored events from now on. */
export function startCounting(server: MetricsServer): void {
  onStored(server, (stored) => feed(server, stored));
}

function updateWorkerGauges(
  server: AgentsServer,
  { liveWorkers, activeJobs, maxJobs }: Instruments,
): void {
  for (const { name, deployments } of currentAgents(server)) {
    for (const status of deployments) {
      const labels = agentLabels(server, name, status.name);
      liveWorkers.set(labels, status.workers);
      activeJobs.set(labels, status.activeJobs);
      maxJobs.set(labels, status.maxJobs);
    }
  }
}

/** The other metrics do not depend on the database: they are needed most when it is unavailable. */
async function updateCallGauges(
  server: AgentsServer,
  { activeCalls, databaseUp }: Instruments,
): Promise<void> {
  const counts = await withDatabase(server, readLiveCounts).catch(() => undefined);
  databaseUp.set(counts ? 1 : 0);
  activeCalls.reset();
  if (!counts) return;
  for (const { name, deployments } of currentAgents(server)) {
    for (const deployment of deployments)
      activeCalls.set(agentLabels(server, name, deployment.name), 0);
  }
  for (const { agent, deployment, calls } of counts) {
    activeCalls.inc(agentLabels(server, agent, deployment), calls);
  }
}

/** All metrics in Prometheus's text format, and its content type. */
export async function metricsText(
  server: MetricsServer,
): Promise<{ text: string; contentType: string }> {
  const all = server.metrics;
  updateWorkerGauges(server, all);
  all.failoverLeader.set(server.failover.isLeader ? 1 : 0);
  await updateCallGauges(server, all);
  return { text: await all.register.metrics(), contentType: all.register.contentType };
}
