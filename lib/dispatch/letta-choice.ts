// Which of Letta's agents a call is with. Its workers serve all of them under one agent name; the one
// that was chosen stands in the metadata of the dispatch, beside whatever else is there.
import * as z from 'zod/mini';
import { metadataObject } from './metadata';

/** Longest id and name in characters. Our own choice; Letta's ids have 42. */
const ID_MAX = 100;
const NAME_MAX = 100;

const choice = z.object({
  /** Letta's id of the agent. */
  agent: z.string().check(z.regex(/^agent-[\w-]+$/), z.maxLength(ID_MAX)),
  /** The name it has at Letta, as the web process wrote it: the one it goes by in the call. */
  name: z.optional(z.string().check(z.maxLength(NAME_MAX))),
});
/** One of Letta's agents. */
export type LettaChoice = z.infer<typeof choice>;

const envelope = z.object({ letta: choice });

/** The agent that was chosen, if the metadata of a dispatch names one. */
export function readLetta(metadata: string): LettaChoice | undefined {
  return envelope.safeParse(metadataObject(metadata)).data?.letta;
}

/** The metadata with that agent in it. What else stands there stays, as far as it is an object. */
export function writeLetta({ agent, name }: LettaChoice, metadata = ''): string {
  const letta = { agent, ...(name !== undefined && { name: name.slice(0, NAME_MAX) }) };
  return JSON.stringify({ ...metadataObject(metadata), letta });
}

/**
 * The metadata for another dispatch of the same agent into the same room: with the choice of an
 * earlier one, unless it makes its own.
 */
export function keepLetta(
  metadata: string,
  earlier: readonly { readonly metadata: string }[],
): string {
  if (readLetta(metadata)) return metadata;
  const kept = earlier.map((one) => readLetta(one.metadata)).find((one) => one !== undefined);
  return kept ? writeLetta(kept, metadata) : metadata;
}
