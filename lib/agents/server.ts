// What is known of agents in the web process (`lib/server.ts`).
import type { Ground } from '@/lib/cluster/ground';
import type { AddedAgent } from './agent';

/** A process that has the list of agents. */
export interface AgentsServer extends Ground {
  /** The agents that the team has added: `registry.ts`. */
  readonly addedAgents: { known: readonly AddedAgent[] };
}
