// Everybody who can be called: the agents of the catalogue, and those of a Letta server, which are served
// under one agent name and chosen by what goes with the dispatch.
import { type CatalogueAgent, catalogue, lettaAgent } from '@/lib/core/catalogue';
import type { LettaChoice } from '@/lib/dispatch/letta-choice';
import type { LettaView } from '@/lib/letta/listing';
import { lettaText } from '@/lib/messages/en/catalogue';

/** Somebody to call. */
export interface Callable extends CatalogueAgent {
  /** What stands for this choice on the page and in its address. */
  readonly key: string;
  /** Metadata of the dispatch; not set for agents of the catalogue. */
  readonly metadata?: string;
}

const PREFIX = `${lettaAgent.name}:`;

/** Whether a key stands for an agent of Letta. */
export const isLettaKey = (key: string) => key.startsWith(PREFIX);

/** What chooses the agent: written here, since `writeLetta` comes with what reads it, and with zod. */
const chosen = (agent: string): string =>
  JSON.stringify({ letta: { agent } satisfies LettaChoice });

const ofLetta = ({ id, name, summary }: LettaView): Callable => ({
  ...lettaAgent,
  person: name,
  role: lettaText.role,
  summary: summary || lettaText.summary,
  key: `${PREFIX}${id}`,
  metadata: chosen(id),
});

/** The agents of the catalogue as people to call. */
export const ownAgents: readonly Callable[] = catalogue.map((agent) => ({
  ...agent,
  key: agent.name,
}));

/** Everybody, those of the catalogue first. */
export const callableAgents = (letta: readonly LettaView[]): readonly Callable[] => [
  ...ownAgents,
  ...letta.map(ofLetta),
];
