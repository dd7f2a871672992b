// Checks that a worker can take a job. LiveKit accepts dispatches that no worker can take, so this uses the
// workers' own reports.
import { Problem } from '@/lib/core/problem';
import { currentAgents } from '@/lib/livekit/workers';
import type { CheckedAgent } from './checks';

/**
 * Requires a live worker for the agent's deployment. Uses known reports only, so it returns at once.
 * @throws {Problem} 409 with the agent's live deployments.
 */
export function requireLiveWorker({ name, deployment }: Pick<CheckedAgent, 'name' | 'deployment'>) {
  const deployments = currentAgents().find((agent) => agent.name === name)?.deployments ?? [];
  const found = deployments.find((one) => one.name === deployment);
  if (found?.live) return;
  const valid = deployments.filter((one) => one.live).map((one) => one.name);
  const why = found?.problem ?? 'No worker is running';
  throw new Problem(
    'no-live-worker',
    `${name} on ${deployment}: ${why}. Live: ${valid.join(', ') || 'none'}. ` +
      'Set force to dispatch it anyway.',
    { valid },
  );
}
