// An agent of Letta has one memory, whoever talks with it: blocks, past messages and all that it looks up
// in them. Two callers must not read each other's talk, so each caller has an agent of their own, made at
// their first call from the one they chose, and found again by its tags. Letta's conversations keep
// messages apart, but share the blocks, and the search in past messages finds those of all of them.
import { createHash } from 'node:crypto';
import type { Letta } from '@letta-ai/letta-client';

/** On each agent that was made for a caller: none of them is offered to be called. */
export const COPY_TAG = 'callboard:copy';

/** Begins the tag of each call that such an agent was in. */
export const CALL_TAG = 'callboard:call:';

/** In the metadata of such an agent: when it was called last, ISO 8601. Writing it counts as a change of it. */
const CALLED = 'callboard:called';

/**
 * When a caller's agent was last called or changed, in milliseconds since 1970. Letta itself may not say
 * when its agents ran (0.16.6: only where it is told to track that).
 */
export function calledAt({ metadata, updated_at, created_at }: State): number {
  const told = [metadata?.[CALLED], updated_at, created_at].map((at) => Date.parse(String(at)));
  return Math.max(...told.filter((at) => !Number.isNaN(at)), 0);
}

const hashOf = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 32);

/** The tags by which a caller's agent is found. Who reads them at Letta cannot call as that caller. */
const tagsOf = (chosen: string, caller: string): string[] => [
  COPY_TAG,
  `callboard:of:${chosen}`,
  callerTag(caller),
];

/** The tag of a call. @param id its own, or the sid of its room where the worker knows no other */
export const callTag = (id: string): string => `${CALL_TAG}${hashOf(id)}`;

const callerTag = (caller: string) => `callboard:caller:${hashOf(caller)}`;

type State = Letta.Agents.AgentState;
type Making = Letta.Agents.AgentCreateParams;

const INCLUDED = ['agent.blocks', 'agent.tools', 'agent.sources', 'agent.secrets'] as const;

const present = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

/**
 * What an agent is made of that is like this one and has lived nothing yet. What the agent can only read
 * (read-only blocks, tools, folders) both share; what it may write is made anew, as it stands now.
 */
function likeness(state: State, tags: string[]): Making {
  const { blocks } = state;
  return {
    name: state.name,
    description: present(state.description),
    agent_type: state.agent_type,
    system: state.system,
    model: present(state.model),
    model_settings: present(state.model_settings) as Making['model_settings'],
    context_window_limit: state.llm_config.context_window,
    embedding: present(state.embedding),
    block_ids: blocks.flatMap(({ read_only: fixed, id }) => (fixed && id) || []),
    memory_blocks: blocks
      .filter((block) => !block.read_only)
      .map(({ label, value, description, limit }) => ({
        label: label ?? '',
        value,
        description: present(description),
        limit,
      })),
    tool_ids: state.tools.map(({ id }) => id),
    tool_rules: present(state.tool_rules),
    include_base_tools: false,
    include_base_tool_rules: false,
    folder_ids: state.sources.flatMap(({ id }) => id ?? []),
    secrets: Object.fromEntries((state.secrets ?? []).map(({ key, value }) => [key, value])),
    message_buffer_autoclear: state.message_buffer_autoclear,
    enable_sleeptime: present(state.enable_sleeptime),
    compaction_settings: present(state.compaction_settings) as Making['compaction_settings'],
    timezone: present(state.timezone),
    tags,
    // Kept out of Letta's own lists too.
    hidden: true,
  };
}

async function find(client: Letta, tags: string[]) {
  const query = { tags, match_all_tags: true, order: 'asc', limit: 1, show_hidden_agents: true };
  const list = { ...query, include: ['agent.tags'] };
  const { items } = await client.agents.list(list as unknown as Letta.Agents.AgentListParams);
  return items[0];
}

/**
 * Writes down that it is being called, and in which call. The call goes on where that fails: it is also
 * changed by its talk.
 */
async function markCalled(client: Letta, { id, metadata, tags }: State, more: string[]) {
  const called = { ...metadata, [CALLED]: new Date().toISOString() };
  const all = [...new Set([...tags, ...more])];
  await client.agents.update(id, { metadata: called, tags: all }).catch(() => undefined);
}

/**
 * Deletes an agent of a caller, and the blocks that it alone had: Letta would keep them.
 * @throws the client's own errors
 */
export async function deleteCopy(client: Letta, { id, blocks }: State): Promise<void> {
  await client.agents.delete(id);
  for (const block of blocks) {
    if (block.read_only || !block.id) continue;
    const { items } = await client.blocks.agents.list(block.id, { limit: 1 });
    if (items.length === 0) await client.blocks.delete(block.id);
  }
}

/**
 * Deletes all agents of a caller; returns how many there were.
 * @throws the client's own errors
 */
export async function deleteCopiesOf(client: Letta, caller: string): Promise<number> {
  const tags = [COPY_TAG, callerTag(caller)];
  const query = {
    ...{ tags, match_all_tags: true, limit: 100, show_hidden_agents: true },
    include: ['agent.tags', 'agent.blocks'],
  };
  const { items } = await client.agents.list(query as unknown as Letta.Agents.AgentListParams);
  // A server that passed over the tags would tell of agents of others.
  const own = items.filter((one) => tags.every((tag) => one.tags.includes(tag)));
  for (const one of own) await deleteCopy(client, one);
  return own.length;
}

/**
 * Id of the agent that this caller has of the chosen one; made where they have none yet.
 * @param call see {@link callTag}; the agent is deleted with the last of its calls
 * @throws the client's own errors: 404 where there is no such agent
 */
export async function callersCopy(
  client: Letta,
  chosen: string,
  caller: string,
  call?: string,
): Promise<string> {
  const tags = tagsOf(chosen, caller);
  const calledIn = [...tags, ...(call ? [callTag(call)] : [])];
  const known = await find(client, tags);
  if (known) {
    await markCalled(client, known, calledIn);
    return known.id;
  }
  const state = await client.agents.retrieve(chosen, { include: [...INCLUDED] });
  const made = await client.agents.create(likeness(state, calledIn));
  // Two calls that began at once: both go on with the older one.
  const first = await find(client, tags);
  if (!first || first.id === made.id) return made.id;
  await deleteCopy(client, made);
  await markCalled(client, first, calledIn);
  return first.id;
}
