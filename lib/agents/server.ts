// What is known of agents in the web process (`lib/server.ts`).

import type { ListedAgent } from '@/lib/agents/agent';
import type { Ground } from '@/lib/cluster/ground';

/** A process that has the list of agents. */
export interface AgentsServer extends Ground {
  /** The list, derived whenever the added agents are read: `registry.ts`. */
  readonly registry: { agents: readonly ListedAgent[] };
}
