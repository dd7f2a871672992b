// The catalogue: the one list of agents that the selector, the token route and the workers read,
// so that a name can never diverge between the page that asks and the worker that answers.

/** An agent as people and programs see it. What it says and does is in `agent/agents/`. */
export interface CatalogueAgent {
  /** LiveKit agent name: case-sensitive, what a worker registers and a token dispatches. */
  readonly name: string;
  /** The name the agent gives itself when it speaks. */
  readonly person: string;
  /** What the person is, in two words. */
  readonly role: string;
  /** One line for callers: what it does. */
  readonly summary: string;
  /** Voice of the built-in speech server; `SPEECH_TTS_VOICE` overrides it for other servers. */
  readonly voice: string;
  /** Deployments that workers serve, as shown: the first is the usual one. */
  readonly deployments: readonly [string, ...string[]];
  /**
   * Set where other agents may hand callers over to this one: the deployment that such a hand-over
   * asks for, `same` as the agent that hands over or always this one, by its shown name.
   */
  readonly handOver?: string;
}

/** Every agent there is. Add one here and under `agent/agents/`. */
export const catalogue: readonly [CatalogueAgent, ...CatalogueAgent[]] = [
  {
    name: 'front-desk',
    person: 'Ada',
    role: 'front desk',
    summary: 'Opening hours, appointments, messages',
    voice: 'slt',
    deployments: ['production', 'staging'],
    handOver: 'same',
  },
  {
    name: 'line-check',
    person: 'Milo',
    role: 'line check',
    summary: 'Repeats what it heard and how fast it answered',
    voice: 'rms',
    deployments: ['production', 'staging'],
    handOver: 'same',
  },
  {
    name: 'billing',
    person: 'Frank',
    role: 'billing',
    summary: 'Bills, payments and prices',
    voice: 'awb',
    deployments: ['production', 'staging'],
    handOver: 'same',
  },
];

/**
 * Speaks for all agents of a Letta server (`LETTA_URL`): which of them, the dispatch says. Without such a
 * server it is neither served nor shown.
 */
export const lettaAgent: CatalogueAgent = {
  name: 'letta',
  person: 'Letta',
  role: 'remembers you',
  summary: 'An agent with a memory of its own',
  voice: 'slt',
  deployments: ['production', 'staging'],
};

/** The agents that are served where `LETTA_URL` has this value. */
export function servedAgents(
  lettaUrl: string | undefined,
): readonly [CatalogueAgent, ...CatalogueAgent[]] {
  return lettaUrl ? [...catalogue, lettaAgent] : catalogue;
}

/** The agent of that exact name, or undefined. */
export function findAgent(name: string): CatalogueAgent | undefined {
  return [...catalogue, lettaAgent].find((agent) => agent.name === name);
}
