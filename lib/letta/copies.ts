// A Letta agent has one memory for everybody: blocks, past messages, and what it finds in them. Callers must not see
// each other's conversations, so each caller gets their own copy of an agent, created at the first call and found by its
// tags. Letta's conversations are not enough: they separate messages, but share blocks and the search in past
// messages.
import { createHash } from 'node:crypto';
import type { Letta } from '@letta-ai/letta-client';
import { logError } from '@/lib/core/log';
import { deleteCopy } from '@/lib/letta/memory';
import { copyParameters, followOriginal, INCLUDED } from '@/lib/letta/original';

/** Tag of all copies, which are not offered for calls. */
export const COPY_TAG = 'callboard:copy';

/** Prefix of the tag of each call of a copy. */
export const CALL_TAG = 'callboard:call:';

/** Prefix of the tag with the ID of a copy's original. */
const OF_TAG = 'callboard:of:';

/** The ID of a copy's original. */
export const originalOf = ({ tags }: Pick<State, 'tags'>): string | undefined =>
  tags.find((tag) => tag.startsWith(OF_TAG))?.slice(OF_TAG.length);

/** Metadata of a copy: time of its last call, ISO 8601. Writing it counts as a change of the agent. */
const CALLED = 'callboard:called';

/**
 * When a copy was last called or changed, in milliseconds since 1970. Letta itself may not know when its agents ran
 * (0.16.6: only if it is configured to track that).
 */
export function calledAt({ metadata, updated_at, created_at }: State): number {
  const times = [metadata?.[CALLED], updated_at, created_at].map((at) => Date.parse(String(at)));
  return Math.max(...times.filter((at) => !Number.isNaN(at)), 0);
}

const hashOf = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 32);

/** The tags of a caller's copy. They do not allow anybody who reads them at Letta to call as that caller. */
const tagsOf = (chosen: string, caller: string): string[] => [
  COPY_TAG,
  `${OF_TAG}${chosen}`,
  callerTag(caller),
];

/** The tag of a call. @param id its ID, or the room's SID if the worker knows no ID */
export const callTag = (id: string): string => `${CALL_TAG}${hashOf(id)}`;

const callerTag = (caller: string) => `callboard:caller:${hashOf(caller)}`;

type State = Letta.Agents.AgentState;

/** Agents in one response. */
const PAGE = 100;

/**
 * The query for copies with these tags, which are hidden from Letta's own lists. The client's type has not all of its parameters.
 */
export const copiesQuery = (tags: string[], more: object = {}) =>
  ({
    ...{ tags: [...new Set([COPY_TAG, ...tags])], match_all_tags: true, order: 'asc', limit: PAGE },
    ...{ include: ['agent.tags'], show_hidden_agents: true, ...more },
  }) as unknown as Letta.Agents.AgentListParams;

async function find(client: Letta, tags: string[]) {
  const { items } = await client.agents.list(copiesQuery(tags, { limit: 1 }));
  return items[0];
}

/** Tries to record a call while other processes record theirs. Our own choice. */
const TRIES = 3;

/**
 * Records that a copy is called, and in which call. The call continues if this fails: its conversation changes the copy too.
 * Letta replaces all tags at once, so a concurrent call may remove this one's.
 */
async function markCalled(client: Letta, { id, metadata, tags }: State, more: string[]) {
  const called = { ...metadata, [CALLED]: new Date().toISOString() };
  let known = tags;
  for (let tries = 0; tries < TRIES; tries++) {
    await client.agents.update(id, { metadata: called, tags: [...new Set([...known, ...more])] });
    known = (await client.agents.retrieve(id, { include: ['agent.tags'] })).tags;
    if (more.every((tag) => known.includes(tag))) return;
  }
}

/**
 * All copies, or those with a tag, such as a call's.
 * @throws the client's errors
 */
export async function copies(client: Letta, tag?: string): Promise<State[]> {
  const tags = [COPY_TAG, ...(tag ? [tag] : [])];
  // Read them all first: the cursor of a page is an agent, which must still exist.
  const found: State[] = [];
  const pages = client.agents.list(copiesQuery(tags));
  // A server that ignores tags would return other agents.
  for await (const one of pages) if (tags.every((each) => one.tags.includes(each))) found.push(one);
  return found;
}

/**
 * All copies of a caller.
 * @throws the client's errors
 */
export const copiesOf = (client: Letta, caller: string): Promise<State[]> =>
  copies(client, callerTag(caller));

/**
 * ID of this caller's copy of the chosen agent, created if there is none yet, and updated if the chosen agent has changed.
 * @param call see {@link callTag}; the copy is deleted with the last of its calls
 * @throws the client's errors: 404 if there is no such agent (any longer)
 */
export async function callersCopy(
  client: Letta,
  chosen: string,
  caller: string,
  call?: string,
): Promise<string> {
  const tags = tagsOf(chosen, caller);
  const calledIn = [...tags, ...(call ? [callTag(call)] : [])];
  const [known, original] = await Promise.all([
    find(client, tags),
    client.agents.retrieve(chosen, { include: [...INCLUDED] }),
  ]);
  if (known) {
    const copy = await followOriginal(client, known, original).catch((error: unknown) => {
      logError("letta: a caller's copy could not be updated, and is as it was", error);
      return known;
    });
    await markCalled(client, copy, calledIn).catch(() => undefined);
    return known.id;
  }
  const made = await client.agents.create(copyParameters(original, calledIn));
  // Of two concurrent calls, both use the older copy.
  const first = await find(client, tags);
  if (!first || first.id === made.id) return made.id;
  await deleteCopy(client, made);
  await markCalled(client, first, calledIn).catch(() => undefined);
  return first.id;
}
