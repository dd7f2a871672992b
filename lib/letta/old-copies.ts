// What callers' agents remember is kept no longer than their calls: an agent that was called by nobody for
// that time is deleted at Letta, with what it wrote down. Who calls again begins anew.
import type { Letta } from '@letta-ai/letta-client';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { type LettaServer, lettaClient } from './client';
import { COPY_TAG, calledAt, deleteCopy } from './copies';
import { forgetDeletedCalls } from './deleted-calls';
import { lookAgainNow, lookAgainSoon, takeLook } from './next-look';

const DAY_MS = 24 * 60 * 60_000;
/** Milliseconds for each of Letta's answers: nobody waits for them. */
const ANSWER_MS = 30_000;
/** Agents that are looked at in one look, so that Letta is not kept busy. */
const AT_ONCE = 100;

/**
 * Deletes callers' agents that were called last before `before` (ms since 1970), those of longest ago first.
 * @returns how many there were
 * @throws the client's own errors
 */
export async function deleteOldCopies(client: Letta, before: number): Promise<number> {
  const query = {
    tags: [COPY_TAG],
    order: 'asc',
    order_by: 'updated_at',
    limit: AT_ONCE,
    include: ['agent.tags', 'agent.blocks'],
    show_hidden_agents: true,
  } as const;
  const { items } = await client.agents.list(query as unknown as Letta.AgentListParams);
  // A server that passed over the tag would tell of agents that are nobody's copy.
  const old = items.filter((one) => one.tags.includes(COPY_TAG) && calledAt(one) < before);
  const failures: unknown[] = [];
  // One that cannot be deleted does not keep the others.
  for (const one of old) await deleteCopy(client, one).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  return old.length;
}

/**
 * Deletes what is older than CALLS_KEEP_DAYS, and what deleted calls have left, at most once an hour unless
 * much is left. Never throws.
 */
export async function tidyCopies(server: LettaServer, now = Date.now()): Promise<void> {
  if (!takeLook(now)) return;
  try {
    const days = serverConfig().CALLS_KEEP_DAYS;
    const client = await lettaClient(server, ANSWER_MS);
    const gone = days === 0 ? 0 : await deleteOldCopies(client, now - days * DAY_MS);
    await forgetDeletedCalls(client);
    if (gone === AT_ONCE) lookAgainNow();
  } catch (error) {
    console.error(redact(`Old agents of callers could not be deleted at Letta: ${error}`));
    lookAgainSoon(now);
  }
}
