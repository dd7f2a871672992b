// The list of agents for tests.
import { listedAgents } from '@/lib/agents/registry';
import { type CatalogueAgent, catalogue } from '@/lib/core/catalogue';
import { testServer } from '@/lib/testing/server';

/** The agents in code, and those of a Letta server if one is set. */
export const testAgents = (env: Readonly<Record<string, string>> = {}) =>
  listedAgents(testServer(env));

/** The first of the agents in code. */
export const firstAgent = catalogue[0] as CatalogueAgent;
