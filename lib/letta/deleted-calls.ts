// A copy's memory of calls is deleted with the last of them. Each copy at Letta has its calls as tags, and is deleted once
// all of these calls were deleted here. If Letta is unavailable, the hourly run of `old-copies.ts` does it later: the
// tags alone show what remains to be done.

import type { Letta } from '@letta-ai/letta-client';
import { deletedIds } from '@/lib/calls/store/deleted-rooms';
import type { Ground } from '@/lib/cluster/ground';
import { logError } from '@/lib/core/log';
import { connectionOf, lettaClient } from '@/lib/letta/client';
import { CALL_TAG, callTag, copies } from '@/lib/letta/copies';
import { deleteCopy } from '@/lib/letta/memory';
import type { LettaServer } from '@/lib/letta/server';

/** Milliseconds for each of Letta's responses, because a person is waiting. Our own choice. */
const ANSWER_MS = 3_000;
/** Deletes a copy whose calls are all deleted; otherwise removes their tags. */
async function settle(client: Letta, copy: Letta.AgentState, gone: ReadonlySet<string>) {
  const tags = copy.tags.filter((tag) => !gone.has(tag));
  if (tags.length === copy.tags.length) return;
  if (tags.some((tag) => tag.startsWith(CALL_TAG))) await client.agents.update(copy.id, { tags });
  else await deleteCopy(client, copy);
}

async function settleAll(
  server: Ground,
  client: Letta,
  all: readonly Letta.AgentState[],
): Promise<void> {
  // Copies from before calls were tagged are deleted by age only.
  const found = all.filter(({ tags }) => tags.some((tag) => tag.startsWith(CALL_TAG)));
  if (found.length === 0) return;
  const gone = new Set((await deletedIds(server)).map(callTag));
  const failures: unknown[] = [];
  // A failure does not stop the others.
  for (const one of found) await settle(client, one, gone).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/**
 * Does what deleted calls have left to do. Copies with calls that this server does not know, because it forgot them or
 * they are another server's, are kept.
 * @throws the client's and the database's errors
 */
export async function forgetDeletedCalls(server: Ground, client: Letta): Promise<void> {
  await settleAll(server, client, await copies(client));
}

/**
 * Does it for one call that was just deleted. Never throws.
 * @returns whether it is done; otherwise it is done later
 */
export async function forgetAtLetta(server: LettaServer, call: string): Promise<boolean> {
  const letta = connectionOf(server.config);
  if (!letta) return true;
  try {
    const client = await lettaClient(letta, ANSWER_MS);
    const ids = await deletedIds(server, call);
    const found = await Promise.all(ids.map((id) => copies(client, callTag(id))));
    await settleAll(server, client, found.flat());
    return true;
  } catch (error) {
    logError('letta: the memory of a deleted call will be deleted later', error);
    scheduleSoon(server);
    return false;
  }
}

/** Milliseconds between two runs, and until an early one. Our own choice. */
const EVERY_MS = 60 * 60_000;
const SOON_MS = 60_000;

/** Whether a run is due; the next is then scheduled in an hour. @param now milliseconds since 1970 */
export function isCleanupDue(server: LettaServer, now: number): boolean {
  if (now < server.lettaCleanup.at) return false;
  server.lettaCleanup.at = now + EVERY_MS;
  return true;
}

/** Much is left to do: run again at once. */
export function scheduleNow(server: LettaServer): void {
  server.lettaCleanup.at = Number.NEGATIVE_INFINITY;
}

/** Something failed at Letta: run again in a minute. */
export function scheduleSoon(server: LettaServer, now = Date.now()): void {
  server.lettaCleanup.at = now + SOON_MS;
}
