// What a caller's agent remembers of calls goes with the last of them: each such agent at Letta has the
// calls it was in as tags, and is deleted when all of these calls were deleted here. Where Letta is away,
// the hourly look of `old-copies.ts` does it later: what is still to be done is read from the tags alone.
import type { Letta } from '@letta-ai/letta-client';
import { deletedIds } from '@/lib/calls/store/deleted-rooms';
import { redact } from '@/lib/core/redact';
import { type LettaServer, lettaClient } from './client';
import { CALL_TAG, COPY_TAG, callTag, deleteCopy } from './copies';
import { lookAgainSoon } from './next-look';

/** Milliseconds for each of Letta's answers: whoever deletes waits for them. Our own choice. */
const ANSWER_MS = 3_000;
/** Agents of one answer. */
const PAGE = 100;

/** Callers' agents: all, or those that were in a call. @throws the client's own errors */
export async function copies(client: Letta, tag?: string): Promise<Letta.AgentState[]> {
  const query = {
    tags: [COPY_TAG, ...(tag ? [tag] : [])],
    match_all_tags: true,
    order: 'asc',
    limit: PAGE,
    include: ['agent.tags', 'agent.blocks'],
    show_hidden_agents: true,
  } as const;
  // All of them first: a page begins behind an agent, which has to be there still.
  const found: Letta.AgentState[] = [];
  const pages = client.agents.list(query as unknown as Letta.AgentListParams);
  for await (const one of pages) if (one.tags.includes(COPY_TAG)) found.push(one);
  return found;
}

/** Deletes an agent whose calls are all gone; takes those that are off another. */
async function settle(client: Letta, copy: Letta.AgentState, gone: ReadonlySet<string>) {
  const tags = copy.tags.filter((tag) => !gone.has(tag));
  if (tags.length === copy.tags.length) return;
  if (tags.some((tag) => tag.startsWith(CALL_TAG))) await client.agents.update(copy.id, { tags });
  else await deleteCopy(client, copy);
}

async function settleAll(client: Letta, all: readonly Letta.AgentState[]): Promise<void> {
  // Those of before agents had the tags of their calls go by their age alone.
  const found = all.filter(({ tags }) => tags.some((tag) => tag.startsWith(CALL_TAG)));
  if (found.length === 0) return;
  const gone = new Set((await deletedIds()).map(callTag));
  const failures: unknown[] = [];
  // One that cannot be deleted does not keep the others.
  for (const one of found) await settle(client, one, gone).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/**
 * Does what deleted calls have left to do. An agent with calls that this server does not know, because it
 * forgot them or they are another's, stays.
 * @throws the client's own errors, and what the database throws
 */
export async function forgetDeletedCalls(client: Letta): Promise<void> {
  await settleAll(client, await copies(client));
}

/**
 * Does it for one call, which was just deleted. Never throws.
 * @returns whether it is done; if not, it is done later
 */
export async function forgetAtLetta(
  call: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const { LETTA_URL: url, LETTA_API_KEY: key } = env;
  if (!url) return true;
  const server: LettaServer = { url, key: key || undefined };
  try {
    const client = await lettaClient(server, ANSWER_MS);
    const ids = await deletedIds(call);
    const found = await Promise.all(ids.map((id) => copies(client, callTag(id))));
    await settleAll(client, found.flat());
    return true;
  } catch (error) {
    console.error(redact(`What Letta remembers of a deleted call is deleted later: ${error}`));
    lookAgainSoon();
    return false;
  }
}
