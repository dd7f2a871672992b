// The agents a visitor may see: callers see those they can call on production, developers see all.

import type { AgentStatus } from '@/lib/agents/answers';
import { hasPermission, type Visitor } from '@/lib/auth/permissions';
import { PRODUCTION } from '@/lib/core/deployment';

/** @param publicAgents names of the agents that anonymous visitors may call */
export function agentsFor(
  visitor: Visitor,
  agents: AgentStatus[],
  publicAgents: readonly string[],
): AgentStatus[] {
  if (hasPermission(visitor, 'watch') || hasPermission(visitor, 'dispatch')) return agents;
  return agents
    .filter(({ name }) => hasPermission(visitor, 'call') || publicAgents.includes(name))
    .map((agent) => ({
      ...agent,
      deployments: agent.deployments
        .filter((one) => one.name === PRODUCTION)
        .map((one) => ({
          ...one,
          problem: undefined,
          runs: one.runs.map((runs) => ({ ...runs, tools: [], missing: [] })),
          failing: [],
          workerDetails: [],
        })),
    }));
}
