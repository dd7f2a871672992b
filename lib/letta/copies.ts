// A Letta agent has one memory for everybody: blocks, past messages, and what it finds in them. Callers must not see
// each other's conversations, so each caller gets their own copy of an agent, created at the first call and found by its
// tags. Letta's conversations are not enough: they separate messages, but share blocks and the search in past
// messages.
import { createHash } from 'node:crypto';
import type { Letta } from '@letta-ai/letta-client';
import { deleteCopy } from './memory';

/** Tag of all copies, which are not offered for calls. */
export const COPY_TAG = 'callboard:copy';

/** Prefix of the tag of each call of a copy. */
export const CALL_TAG = 'callboard:call:';

/** Metadata of a copy: time of its last call, ISO 8601. Writing it counts as a change of the agent. */
const CALLED = 'callboard:called';

/**
 * When a copy was last called or changed, in milliseconds since 1970. Letta itself may not know when its agents ran
 * (0.16.6: only if it is configured to track that).
 */
export function calledAt({ metadata, updated_at, created_at }: State): number {
  const told = [metadata?.[CALLED], updated_at, created_at].map((at) => Date.parse(String(at)));
  return Math.max(...told.filter((at) => !Number.isNaN(at)), 0);
}

/** Agents in one response. */
const PAGE = 100;

const hashOf = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 32);

/** The tags of a caller's copy. They do not allow anybody who reads them at Letta to call as that caller. */
const tagsOf = (chosen: string, caller: string): string[] => [
  COPY_TAG,
  `callboard:of:${chosen}`,
  callerTag(caller),
];

/** The tag of a call. @param id its ID, or the room's SID if the worker knows no ID */
export const callTag = (id: string): string => `${CALL_TAG}${hashOf(id)}`;

const callerTag = (caller: string) => `callboard:caller:${hashOf(caller)}`;

type State = Letta.Agents.AgentState;
type Making = Letta.Agents.AgentCreateParams;

const INCLUDED = ['agent.blocks', 'agent.tools', 'agent.sources', 'agent.secrets'] as const;

const present = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

/**
 * Parameters for a copy of an agent without its history. Read-only blocks, tools and folders are shared; blocks that the
 * agent may write are copied with their current content.
 */
function copyParameters(state: State, tags: string[]): Making {
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
    // Hidden from Letta's own lists too.
    hidden: true,
  };
}

async function find(client: Letta, tags: string[]) {
  const query = { tags, match_all_tags: true, order: 'asc', limit: 1, show_hidden_agents: true };
  const list = { ...query, include: ['agent.tags'] };
  const { items } = await client.agents.list(list as unknown as Letta.Agents.AgentListParams);
  return items[0];
}

/** Records that a copy is called, and in which call. The call continues if this fails: its conversation changes it too. */
async function markCalled(client: Letta, { id, metadata, tags }: State, more: string[]) {
  const called = { ...metadata, [CALLED]: new Date().toISOString() };
  const all = [...new Set([...tags, ...more])];
  await client.agents.update(id, { metadata: called, tags: all }).catch(() => undefined);
}

/**
 * All copies, or those with a tag, such as a call's.
 * @throws the client's errors
 */
export async function copies(client: Letta, tag?: string): Promise<State[]> {
  const tags = [COPY_TAG, ...(tag ? [tag] : [])];
  const query = {
    tags,
    match_all_tags: true,
    order: 'asc',
    limit: PAGE,
    include: ['agent.tags'],
    show_hidden_agents: true,
  } as const;
  // Read them all first: the cursor of a page is an agent, which must still exist.
  const found: State[] = [];
  const pages = client.agents.list(query as unknown as Letta.Agents.AgentListParams);
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
 * ID of this caller's copy of the chosen agent, created if there is none yet.
 * @param call see {@link callTag}; the copy is deleted with the last of its calls
 * @throws the client's errors: 404 if there is no such agent
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
  const made = await client.agents.create(copyParameters(state, calledIn));
  // Of two concurrent calls, both use the older copy.
  const first = await find(client, tags);
  if (!first || first.id === made.id) return made.id;
  await deleteCopy(client, made);
  await markCalled(client, first, calledIn);
  return first.id;
}
