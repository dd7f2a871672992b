// What of the agents a visitor is told: callers whom they can call on production, and developers all.
import { PRODUCTION } from '@/lib/core/deployment';
import type { AgentStatus } from '@/lib/livekit/workers';
import { may, type Visitor } from './rights';

/** @param publicAgents names of those that strangers may call */
export function agentsFor(
  visitor: Visitor,
  agents: readonly AgentStatus[],
  publicAgents: readonly string[],
): readonly AgentStatus[] {
  if (may(visitor, 'watch') || may(visitor, 'dispatch')) return agents;
  return agents
    .filter(({ name }) => may(visitor, 'call') || publicAgents.includes(name))
    .map((agent) => ({
      ...agent,
      deployments: agent.deployments
        .filter((one) => one.name === PRODUCTION)
        .map((one) => ({
          ...one,
          problem: undefined,
          runs: one.runs.map((runs) => ({ ...runs, tools: [], missing: [] })),
          workerDetails: [],
        })),
    }));
}
