// Labels of the metrics: only names in the catalogue. Anybody can send names, and each new value would be a time series
// that is kept forever.
import { findAgent } from '@/lib/core/catalogue';

/** Replaces names that are not in the catalogue. */
const OTHER = 'other';

/** An agent and its deployment as shown. */
export interface AgentLabels {
  readonly agent: string;
  readonly deployment: string;
}

/** The labels of an agent and a deployment of any name. */
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
