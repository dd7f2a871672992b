// The rollout page's data of an agent: the active or last rollout, whether another could be started, its versions
// side by side, and the history.

import { isReporting } from '@/lib/agents/status';
import { simulationVerdict } from '@/lib/calls/test-calls/verdict';
import { PRODUCTION } from '@/lib/core/deployment';
import { requireAgent } from '@/lib/rollouts/act';
import type { RolloutOverview } from '@/lib/rollouts/answers';
import { percentOf } from '@/lib/rollouts/rollout';
import { placesOn, versionsOn } from '@/lib/rollouts/running';
import type { RolloutsServer } from '@/lib/rollouts/server';
import { versionStats } from '@/lib/rollouts/store/read-calls';
import { readHistory, readLast } from '@/lib/rollouts/store/rollouts';

/** Milliseconds of calls that are shown without an active rollout. */
const DEFAULT_WINDOW_MS = 7 * 24 * 60 * 60_000;

/**
 * @param name agent name
 * @throws {Problem} 422 for an unknown agent; 503 if the database is unavailable
 */
export async function rolloutOverview(
  server: RolloutsServer,
  name: string,
): Promise<RolloutOverview> {
  const { deployments } = requireAgent(server, name);
  const others = deployments.filter((one) => one !== PRODUCTION);
  const [last, history] = await Promise.all([readLast(server, name), readHistory(server, name)]);
  const since = last && !last.endedAt ? last.startedAt : Date.now() - DEFAULT_WINDOW_MS;
  const [figures, simulations] = await Promise.all([
    versionStats(server, name, since),
    Promise.all(
      others.map(async (deployment) => ({
        deployment,
        ...(await simulationVerdict(server, name, deployment)),
      })),
    ),
  ]);
  const order = [PRODUCTION, ...others];
  // Deployments that the agent no longer has are last.
  const place = (deployment: string) => order.indexOf(deployment) + 1 || order.length + 1;
  return {
    agent: name,
    rollout: last && { ...last, percent: percentOf(last) },
    running: order.map((deployment) => ({
      deployment,
      reports: isReporting(server, name, deployment),
      versions: versionsOn(server, name, deployment),
      places: placesOn(server, name, deployment),
    })),
    simulations,
    since,
    figures: [...figures].sort(
      (one, other) => place(one.deployment) - place(other.deployment) || other.lastAt - one.lastAt,
    ),
    history,
  };
}
