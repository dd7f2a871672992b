// The list of agents for tests.
import { listedAgents } from '@/lib/agents/registry';
import { testServer } from './server';

/** The agents in code, and those of a Letta server if one is set. */
export const testAgents = (env: Readonly<Record<string, string>> = {}) =>
  listedAgents(testServer(env));
