// The metrics as Prometheus reads them: counted from the start of the process on, and what is true
// at the moment looked up for each question.
import { withDatabase } from '../calls/store/database';
import { readLiveCounts } from '../calls/store/read-stats';
import { onRecorded } from '../calls/store/recorded';
import { leadsTheWatch } from '../watch/watch';
import { currentAgents } from '../workers';
import { feed } from './feed';
import { type Instruments, instruments } from './instruments';
import { agentLabels } from './labels';

const shared = globalThis as typeof globalThis & { callboardCounting?: () => void };

/** Counts from now on whatever is recorded. To be called once the process starts; again is harmless. */
export function startCounting(): void {
  shared.callboardCounting ??= onRecorded((recorded) => feed(instruments(), recorded));
}

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
