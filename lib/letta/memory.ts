// What Letta stores for a caller's copy of an agent: blocks, messages, archival memory, and with sleep-time a helper agent
// that reads the conversation too. Letta itself deletes less than that with an agent (observed in 0.16.8): blocks, archives
// and helpers stay. Its traces of requests to models cannot be deleted by its API: see docs/privacy.md.
import type { Letta } from '@letta-ai/letta-client';

/** Items in one response. */
const PAGE = 100;
/** Kinds of groups whose other members are helpers that Letta has made for their agent. */
const HELPED: readonly string[] = ['sleeptime', 'voice_sleeptime'];

type State = Letta.Agents.AgentState;

/** For `catch`: something that is gone needs nothing. */
export function ifGone(error: unknown): undefined {
  if ((error as { readonly status?: unknown }).status === 404) return undefined;
  throw error;
}

const stateOf = (client: Letta, id: string): Promise<State | undefined> =>
  client.agents
    .retrieve(id, { include: ['agent.blocks', 'agent.sources', 'agent.managed_group'] })
    .catch(ifGone);

/** The copy and its helpers, if it exists; the copy last. @throws the client's errors */
export async function withHelpers(client: Letta, id: string): Promise<readonly State[]> {
  const state = await stateOf(client, id);
  if (!state) return [];
  const { managed_group: group } = state;
  const ids = group && HELPED.includes(group.manager_type) ? group.agent_ids : [];
  const helpers = await Promise.all(ids.map((each) => stateOf(client, each)));
  return [...helpers.flatMap((one) => one ?? []), state];
}

/** Blocks that these agents may write, each once. */
function blocksOf(agents: readonly State[]) {
  const own = agents.flatMap(({ blocks }) => blocks.filter((block) => !block.read_only));
  return [...new Map(own.map((block) => [block.id, block])).values()];
}

async function archivesOf(client: Letta, agent: string): Promise<readonly string[]> {
  const { items } = await client.archives.list({ agent_id: agent, limit: PAGE });
  return items.map(({ id }) => id);
}

/** Whether other agents than these use a block or an archive. @param path its address */
async function isShared(client: Letta, path: string, agents: readonly State[]): Promise<boolean> {
  const query = { limit: agents.length + 1 };
  const users = await client.get<{ id: string }[]>(`${path}/agents`, { query });
  return users.some((user) => !agents.some(({ id }) => id === user.id));
}

/**
 * Deletes a block of these agents, unless others use it too.
 * @returns whether it is gone
 * @throws the client's errors
 */
export async function discardBlock(
  client: Letta,
  { id = '' }: State['blocks'][number],
  agents: readonly State[],
): Promise<boolean> {
  if (await isShared(client, `/v1/blocks/${id}`, agents)) return false;
  await client.blocks.delete(id).catch(ifGone);
  return true;
}

/**
 * Deletes a copy with everything that only it had. The copy itself comes last, so that a run that failed is repeated: it is
 * found by the copy's tags.
 * @throws the client's errors
 */
export async function deleteCopy(client: Letta, { id: copy }: Pick<State, 'id'>): Promise<void> {
  const agents = await withHelpers(client, copy);
  for (const block of blocksOf(agents)) await discardBlock(client, block, agents);
  for (const agent of agents) {
    for (const id of await archivesOf(client, agent.id)) {
      if (!(await isShared(client, `/v1/archives/${id}`, agents))) {
        await client.archives.delete(id).catch(ifGone);
      }
    }
  }
  for (const { id } of agents) await client.agents.delete(id).catch(ifGone);
}

/** What a copy remembers. */
export interface CopyMemory {
  /** Name of the agent at Letta. */
  readonly agent: string;
  /** Blocks that it or its helper may write. */
  readonly blocks: readonly { readonly label: string; readonly value: string }[];
  /** As Letta has them, oldest first, without the agent's instructions. */
  readonly messages: readonly object[];
  /** Texts of its archival memory. */
  readonly archive: readonly string[];
}

async function messagesOf(client: Letta, agent: string): Promise<object[]> {
  const found: object[] = [];
  for await (const one of client.agents.messages.list(agent, { limit: PAGE, order: 'asc' })) {
    if (one.message_type !== 'system_message') found.push(one);
  }
  return found;
}

async function passagesOf(client: Letta, agent: string): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await client.agents.passages.list(agent, {
      limit: PAGE,
      ...(after !== undefined && { after }),
      ascending: true,
    });
    found.push(...page.map(({ text }) => text));
    after = page.at(-1)?.id;
    if (page.length < PAGE || after === undefined) return found;
  }
}

/**
 * Reads what a copy remembers; undefined if it was deleted meanwhile.
 * @throws the client's errors
 */
export async function memoryOf(client: Letta, copy: string): Promise<CopyMemory | undefined> {
  const agents = await withHelpers(client, copy);
  const own = agents.at(-1);
  if (!own) return undefined;
  const messages: object[] = [];
  const archive: string[] = [];
  for (const { id } of agents.toReversed()) {
    messages.push(...(await messagesOf(client, id)));
    archive.push(...(await passagesOf(client, id)));
  }
  const blocks = blocksOf(agents).map(({ label, value }) => ({ label: label ?? '', value }));
  return { agent: own.name, blocks, messages, archive };
}
