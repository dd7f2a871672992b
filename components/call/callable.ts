// All agents that can be called: those of the catalogue, and those of a Letta server, which share one agent name and
// are selected by the dispatch metadata.
import { type CatalogueAgent, catalogue, lettaAgent } from '@/lib/core/catalogue';
import type { LettaChoice } from '@/lib/dispatch/letta-choice';
import type { LettaView } from '@/lib/letta/listing';
import { lettaText } from '@/lib/messages/en/catalogue';

/** An agent that can be called. */
export interface Callable extends CatalogueAgent {
  /** Identifies the agent on the page and in its URL. */
  readonly key: string;
  /** Metadata of the dispatch; undefined for agents of the catalogue. */
  readonly metadata?: string;
}

const PREFIX = `${lettaAgent.name}:`;

/** Whether a key belongs to a Letta agent. */
export const isLettaKey = (key: string) => key.startsWith(PREFIX);

/**
 * The metadata that selects the agent. Not written by `writeLetta`, whose module would add zod to the bundle.
 */
const chosen = (agent: string): string =>
  JSON.stringify({ letta: { agent } satisfies LettaChoice });

const fromLetta = ({ id, name, summary }: LettaView): Callable => ({
  ...lettaAgent,
  person: name,
  role: lettaText.role,
  summary: summary || lettaText.summary,
  key: `${PREFIX}${id}`,
  metadata: chosen(id),
});

/** The agents of the catalogue. */
export const ownAgents: readonly Callable[] = catalogue.map((agent) => ({
  ...agent,
  key: agent.name,
}));

/** All agents, those of the catalogue first. */
export const callableAgents = (letta: readonly LettaView[]): readonly Callable[] => [
  ...ownAgents,
  ...letta.map(fromLetta),
];
