// Whether someone is there to take a job: LiveKit answers "dispatched" also where nobody can, so the
// workers' own reports are asked before.
import { shownDeployment } from '@/lib/core/deployment';
import { Problem } from '@/lib/core/problem';
import { currentAgents } from '@/lib/livekit/workers';
import type { CheckedAgent } from './checks';

/**
 * Makes sure that the agent's deployment has a live worker. Asks nobody, so it answers at once.
 * @throws {Problem} 409 with the deployments of the agent that are live.
 */
export function requireLiveWorker({ name, deployment }: Pick<CheckedAgent, 'name' | 'deployment'>) {
  const deployments = currentAgents().find((agent) => agent.name === name)?.deployments ?? [];
  const shown = shownDeployment(deployment);
  const found = deployments.find((one) => one.name === shown);
  if (found?.live) return;
  const valid = deployments.filter((one) => one.live).map((one) => one.name);
  const why = found?.problem ?? 'No worker is running';
  throw new Problem(
    'no-live-worker',
    `${name} on ${shown}: ${why}. Live: ${valid.join(', ') || 'none'}. ` +
      'Set force to send it all the same.',
    { valid },
  );
}
