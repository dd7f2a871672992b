// A copy's memory of calls is deleted with the last of them. Each copy at Letta has its calls as tags, and is deleted once
// all of these calls were deleted here. If Letta is unavailable, the hourly run of `old-copies.ts` does it later: the
// tags alone show what remains to be done.
import type { Letta } from '@letta-ai/letta-client';
import { deletedIds } from '@/lib/calls/store/deleted-rooms';
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';
import { type LettaServer, lettaClient } from './client';
import { CALL_TAG, callTag, copies } from './copies';
import { deleteCopy } from './memory';

/** Milliseconds for each of Letta's responses, because a person is waiting. Our own choice. */
const ANSWER_MS = 3_000;
/** Deletes a copy whose calls are all deleted; otherwise removes their tags. */
async function settle(client: Letta, copy: Letta.AgentState, gone: ReadonlySet<string>) {
  const tags = copy.tags.filter((tag) => !gone.has(tag));
  if (tags.length === copy.tags.length) return;
  if (tags.some((tag) => tag.startsWith(CALL_TAG))) await client.agents.update(copy.id, { tags });
  else await deleteCopy(client, copy);
}

async function settleAll(client: Letta, all: readonly Letta.AgentState[]): Promise<void> {
  // Copies from before calls were tagged are deleted by age only.
  const found = all.filter(({ tags }) => tags.some((tag) => tag.startsWith(CALL_TAG)));
  if (found.length === 0) return;
  const gone = new Set((await deletedIds()).map(callTag));
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
export async function forgetDeletedCalls(client: Letta): Promise<void> {
  await settleAll(client, await copies(client));
}

/**
 * Does it for one call that was just deleted. Never throws.
 * @returns whether it is done; otherwise it is done later
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
    logError('letta: the memory of a deleted call will be deleted later', error);
    scheduleSoon();
    return false;
  }
}

/** Milliseconds between two runs, and until an early one. Our own choice. */
const EVERY_MS = 60 * 60_000;
const SOON_MS = 60_000;

const next = processSingleton('letta-next-look', () => ({ at: Number.NEGATIVE_INFINITY }));

/** Whether a run is due; the next is then scheduled in an hour. @param now milliseconds since 1970 */
export function isCleanupDue(now: number): boolean {
  if (now < next().at) return false;
  next().at = now + EVERY_MS;
  return true;
}

/** Much is left to do: run again at once. */
export function scheduleNow(): void {
  next().at = Number.NEGATIVE_INFINITY;
}

/** Something failed at Letta: run again in a minute. */
export function scheduleSoon(now = Date.now()): void {
  next().at = now + SOON_MS;
}
