// The Letta agent of a call. Letta's workers serve all of them under one agent name; the dispatch metadata
// names the chosen one.
import * as z from 'zod/mini';
import { metadataObject } from '@/lib/dispatch/metadata';

/** Longest ID and name in characters. Our own choice; Letta's IDs have 42. */
const ID_MAX = 100;
const NAME_MAX = 100;

const choice = z.object({
  /** The agent's ID at Letta. */
  agent: z.string().check(z.regex(/^agent-[\w-]+$/), z.maxLength(ID_MAX)),
  /** Its name at Letta, written by the web process. The agent goes by this name in the call. */
  name: z.optional(z.string().check(z.maxLength(NAME_MAX))),
});
/** One of Letta's agents. */
export type LettaChoice = z.infer<typeof choice>;

const lettaView = z.object({
  id: z.string(),
  name: z.string(),
  /** Its description, possibly empty. */
  summary: z.string(),
});
/** A Letta agent as pages see it. */
export type LettaView = Readonly<z.infer<typeof lettaView>>;

/** `GET /api/letta/agents`: the agents that can be called, or why they are unknown, as a text for people. */
export const lettaListing = z.object({
  agents: z.array(lettaView),
  problem: z.exactOptional(z.string()),
});
export type LettaListing = z.infer<typeof lettaListing>;

const envelope = z.object({ letta: choice });

/** The chosen agent in a dispatch's metadata, if any. */
export function readLetta(metadata: string): LettaChoice | undefined {
  return envelope.safeParse(metadataObject(metadata)).data?.letta;
}

/** Adds the agent to the metadata. Keeps other fields if the metadata is a JSON object. */
export function writeLetta({ agent, name }: LettaChoice, metadata = ''): string {
  const letta = { agent, ...(name !== undefined && { name: name.slice(0, NAME_MAX) }) };
  return JSON.stringify({ ...metadataObject(metadata), letta });
}
