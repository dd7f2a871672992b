// The metrics as Prometheus reads them: counted from the start of the process on, and what is true
// at the moment looked up for each question.
import type { CallSummary, EndedBy } from '@/lib/calls/call';
import type { KeptEvent } from '@/lib/calls/event';
import { readLiveCounts } from '@/lib/calls/store/read-stats';
import { type CallChange, onRecorded, type Recorded } from '@/lib/calls/store/recorded';
import { processSingleton } from '@/lib/core/process-singleton';
import { withDatabase } from '@/lib/db/database';
import { leadsTheWatch } from '@/lib/failover/watch';
import { currentAgents } from '@/lib/livekit/workers';
import { type Instruments, instruments } from './instruments';
import { agentLabels } from './labels';

// What newly written events and the calls they changed mean for the metrics. A time is observed when
// the call's own figure appears, so that the metrics and the page of the agents say the same.

/** How a call ends when it failed. */
const FAILED: readonly EndedBy[] = ['no agent', 'agent failed', 'lost'];

function feedEvent(to: Instruments, { what, source, at, arrivedAt }: KeptEvent): void {
  // A clock that goes ahead must not make time run backwards.
  const lag = Math.max(0, arrivedAt - at) / 1_000;
  if (source === 'livekit') to.webhookLag.observe(lag);
  if (source.startsWith('worker:')) to.eventLag.observe(lag);
  if (what.kind === 'gave_up') {
    to.failures.inc({ ...agentLabels(what.agent, what.deployment), reason: 'gave up' });
  }
  if (what.kind === 'error') to.errors.inc({ source: source.split(':')[0] ?? source });
  if (what.kind !== 'dispatched' && what.kind !== 'agent_joined' && what.kind !== 'job_refused') {
    return;
  }
  const labels = { ...agentLabels(what.agent, what.deployment) };
  if (what.kind === 'dispatched') to.dispatches.inc({ ...labels, by: what.by });
  // LiveKit tells of the same joining, before the agent has said who it is.
  if (what.kind === 'agent_joined' && source !== 'livekit') to.joins.inc(labels);
  if (what.kind === 'job_refused') to.failures.inc({ ...labels, reason: 'job refused' });
}

/** The values of `after` that `before` does not have, each as often as it is there more. */
function added(before: readonly number[], after: readonly number[]): number[] {
  const had = [...before];
  return after.filter((value) => {
    const at = had.indexOf(value);
    if (at >= 0) had.splice(at, 1);
    return at < 0;
  });
}

const labelsOf = ({ agents, deployments }: CallSummary) => ({
  ...agentLabels(agents[0], deployments[0]),
});

function feedCall(to: Instruments, { before, after }: CallChange): void {
  const labels = labelsOf(after);
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

/** Counts what one transaction wrote. */
function feed(to: Instruments, { events, calls }: Recorded): void {
  for (const event of events) feedEvent(to, event);
  for (const change of calls) feedCall(to, change);
}

/** Counts from now on whatever is recorded. To be called once the process starts; again is harmless. */
export const startCounting = processSingleton('counting', () =>
  onRecorded((recorded) => feed(instruments(), recorded)),
);

function lookAtWorkers({ liveWorkers, activeJobs, maxJobs }: Instruments): void {
  for (const { name, deployments } of currentAgents()) {
    for (const status of deployments) {
      const labels = { ...agentLabels(name, status.name) };
      liveWorkers.set(labels, status.workers);
      activeJobs.set(labels, status.activeJobs);
      maxJobs.set(labels, status.maxJobs);
    }
  }
}

/** Without a database the other metrics are told all the same: that is when they are looked at. */
async function lookAtCalls({ activeCalls, databaseUp }: Instruments): Promise<void> {
  const counts = await withDatabase(readLiveCounts).catch(() => undefined);
  databaseUp.set(counts ? 1 : 0);
  activeCalls.reset();
  if (!counts) return;
  for (const { name, deployments } of currentAgents()) {
    for (const deployment of deployments)
      activeCalls.set({ ...agentLabels(name, deployment.name) }, 0);
  }
  for (const { agent, deployment, calls } of counts) {
    activeCalls.inc({ ...agentLabels(agent, deployment) }, calls);
  }
}

/** All metrics in Prometheus's text format, and its content type. */
export async function metricsText(): Promise<{ text: string; contentType: string }> {
  const all = instruments();
  lookAtWorkers(all);
  all.watches.set(leadsTheWatch() ? 1 : 0);
  await lookAtCalls(all);
  return { text: await all.register.metrics(), contentType: all.register.contentType };
}
