// The catalogue: the agents in code, which workers serve. Everything else reads the list at run time, which has them too:
// `lib/agents/registry.ts`.
import { agents } from '@/lib/core/agents.gen';
import type { Outcomes } from '@/lib/core/outcome';

/** An agent as users and API clients see it. Its file in `agent/agents/` declares it. */
export interface CatalogueAgent {
  /** LiveKit agent name: case-sensitive, what a worker registers and a token dispatches. */
  readonly name: string;
  /** Its file in `agent/agents/`, without extension, if it is not named like the agent. */
  readonly file?: string;
  /** The name the agent introduces itself with. */
  readonly person: string;
  /** The agent's role, in two words; empty if its file does not say it. */
  readonly role: string;
  /** One line for callers: what the agent does; empty if its file does not say it. */
  readonly summary: string;
  /**
   * Voice of the built-in speech server; `SPEECH_TTS_VOICE` overrides it for other servers. Without it, the agent is
   * LiveKit's `defineAgent(…)`, and brings its own speech and models.
   */
  readonly voice?: string | undefined;
  /** Deployments that workers serve, by their display names; the first is the default. */
  readonly deployments: readonly [string, ...string[]];
  /**
   * Set if other agents may hand callers off to this one. The value is the target deployment: `same` for
   * the deployment of the agent that hands off, or a fixed display name.
   */
  readonly handOff?: string | undefined;
  /** What its calls can achieve; the most important first. */
  readonly outcomes?: Outcomes | undefined;
}

/** All agents, as their files declare them; none if a team has deleted the files. */
export const catalogue: readonly CatalogueAgent[] = agents;

/**
 * Represents all agents of a Letta server (`LETTA_URL`); the dispatch metadata says which one. Without such a
 * server it is neither served nor shown.
 */
export const lettaAgent: CatalogueAgent & { readonly voice: string } = {
  name: 'letta',
  person: 'Letta',
  role: 'remembers you',
  summary: 'An agent with a memory of its own',
  voice: 'slt',
  deployments: ['production', 'staging'],
};

/**
 * The agents in code that a worker serves with this value of `LETTA_URL`; there may be none.
 * @param only names of a worker's agents, from `AGENT_NAME`, which `parseConfig` has checked; all by default
 */
export function agentsInCode(
  lettaUrl: string | undefined,
  only?: readonly string[],
): readonly CatalogueAgent[] {
  return (lettaUrl ? [...catalogue, lettaAgent] : catalogue).filter(
    ({ name }) => only?.includes(name) ?? true,
  );
}

/** The agent with exactly this name, or undefined. */
export function findAgent(name: string): CatalogueAgent | undefined {
  return [...catalogue, lettaAgent].find((agent) => agent.name === name);
}
