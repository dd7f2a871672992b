// Copies are kept no longer than calls: a copy that was not called for that time is deleted at Letta with its memory. The
// caller's next call starts with a new one. A copy whose original was deleted cannot be called again and is deleted too.

import type { Letta } from '@letta-ai/letta-client';
import { liveIds } from '@/lib/calls/store/read-calls';
import type { Ground } from '@/lib/cluster/ground';
import { logError } from '@/lib/core/log';
import { type LettaConnection, lettaClient } from '@/lib/letta/client';
import { COPY_TAG, calledAt, callTag, copies, copiesQuery, originalOf } from '@/lib/letta/copies';
import {
  forgetDeletedCalls,
  isCleanupDue,
  scheduleNow,
  scheduleSoon,
} from '@/lib/letta/deleted-calls';
import { deleteCopy, ifGone } from '@/lib/letta/memory';
import type { LettaServer } from '@/lib/letta/server';

const DAY_MS = 24 * 60 * 60_000;
/** Milliseconds for each of Letta's responses; nobody waits for them. */
const ANSWER_MS = 30_000;
/** Copies that are checked in one run, to limit the load on Letta. */
const AT_ONCE = 100;

/**
 * Deletes copies that were last called before `before` (milliseconds since 1970), the oldest first.
 * @returns how many there were
 * @throws the client's errors
 */
export async function deleteOldCopies(client: Letta, before: number): Promise<number> {
  const query = copiesQuery([], { order_by: 'updated_at', limit: AT_ONCE });
  const { items } = await client.agents.list(query);
  // A server that ignores tags would return agents that are no copies.
  const old = items.filter((one) => one.tags.includes(COPY_TAG) && calledAt(one) < before);
  const failures: unknown[] = [];
  // A failure does not stop the others.
  for (const one of old) await deleteCopy(client, one).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  return old.length;
}

/**
 * Deletes copies whose original no longer exists. Copies in a call that goes on are left until it has ended.
 * @returns how many were left
 * @throws the client's and the database's errors
 */
export async function deleteOrphans(server: Ground, client: Letta): Promise<number> {
  const all = await copies(client);
  const gone = new Set<string>();
  for (const id of new Set(all.flatMap((one) => originalOf(one) ?? []))) {
    if (!(await client.agents.retrieve(id).catch(ifGone))) gone.add(id);
  }
  if (gone.size === 0) return 0;
  const live = new Set((await liveIds(server)).map(callTag));
  const orphans = all.filter((one) => gone.has(originalOf(one) ?? ''));
  const ended = orphans.filter(({ tags }) => !tags.some((tag) => live.has(tag)));
  for (const one of ended) await deleteCopy(client, one);
  return orphans.length - ended.length;
}

/**
 * Deletes copies older than CALLS_KEEP_DAYS, those of deleted agents, and what deleted calls have left, at most once an
 * hour unless much is left. Never throws.
 */
export async function tidyCopies(
  server: LettaServer,
  letta: LettaConnection,
  now = Date.now(),
): Promise<void> {
  if (!isCleanupDue(server, now)) return;
  try {
    const days = server.config.CALLS_KEEP_DAYS;
    const client = await lettaClient(letta, ANSWER_MS);
    const gone = days === 0 ? 0 : await deleteOldCopies(client, now - days * DAY_MS);
    await forgetDeletedCalls(server, client);
    if ((await deleteOrphans(server, client)) > 0) scheduleSoon(server, now);
    if (gone === AT_ONCE) scheduleNow(server);
  } catch (error) {
    logError('letta: could not delete old copies', error);
    scheduleSoon(server, now);
  }
}
