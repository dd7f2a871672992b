// Agents that are not in the list, and were seen all the same.
import type { ListedAgent } from '@/lib/agents/agent';
import type { UnlistedAgent } from '@/lib/agents/answers';
import type { AgentStats } from '@/lib/calls/view/agent-stats';

/** The agents that were in calls or whose workers report, and that are not in the list. */
export function foundAgents(
  listed: readonly Pick<ListedAgent, 'name'>[],
  stats: readonly Pick<AgentStats, 'agent' | 'deployment'>[],
  reporting: readonly UnlistedAgent[],
): readonly UnlistedAgent[] {
  const seen = new Map<string, Set<string>>();
  const add = (name: string, deployments: readonly string[]) => {
    if (listed.some((one) => one.name === name)) return;
    seen.set(name, new Set([...(seen.get(name) ?? []), ...deployments]));
  };
  for (const { agent, deployment } of stats) add(agent, [deployment]);
  for (const { name, deployments } of reporting) add(name, deployments);
  return [...seen].map(([name, deployments]) => ({ name, deployments: [...deployments] }));
}
