// The labels of the metrics: only names that are in the catalogue, since every new value is a series
// that is kept for ever, and a name can come from anybody.
import { findAgent } from '@/lib/core/catalogue';

/** Stands for every name that the catalogue does not have. */
const OTHER = 'other';

/** Which agent, and which deployment by its shown name. */
export interface AgentLabels {
  readonly agent: string;
  readonly deployment: string;
}

/** The labels of an agent and a deployment that somebody named. */
export function agentLabels(
  agent: string | undefined,
  deployment: string | undefined,
): AgentLabels {
  const found = findAgent(agent ?? '');
  return {
    agent: found?.name ?? OTHER,
    deployment: found?.deployments.find((name) => name === deployment) ?? OTHER,
  };
}
