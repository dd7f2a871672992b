// Deletes expired data, at most once an hour: recordings, calls, and the records of deleted calls. The settings define
// when data expires.

import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { CallsServer } from '@/lib/calls/server';
import { deleteCalls } from '@/lib/calls/store/delete-calls';
import { deleteOldRecordings, deleteRecordings } from '@/lib/calls/store/delete-recordings';
import { deleteOldRooms } from '@/lib/calls/store/deleted-rooms';
import { calls, events } from '@/lib/calls/store/schema';
import { simulationSessions } from '@/lib/calls/test-calls/tables';
import type { Ground } from '@/lib/cluster/ground';
import { logError } from '@/lib/core/log';
import { withDatabase } from '@/lib/db/database';

const DAY_MS = 24 * 60 * 60_000;
/** Milliseconds between two runs. */
const EVERY_MS = 60 * 60_000;
/** Maximum number of calls or recordings deleted at a time, so that writers do not wait long. */
const AT_ONCE = 500;

/**
 * Deletes expired data, at most once an hour unless much is left. Never throws, because the write that triggered it has
 * succeeded.
 */
export async function deleteOld(server: CallsServer, now: number): Promise<void> {
  try {
    const due = await withDatabase(server, async (db) => {
      if (now - server.expiredDeleted.at < EVERY_MS) return false;
      server.expiredDeleted.at = now;
      await deleteOldRooms(db, now);
      const days = server.config.CALLS_KEEP_DAYS;
      // Results of test calls are kept as long as calls.
      const isOld = lt(simulationSessions.startedAt, now - days * DAY_MS);
      if (days > 0) await db.delete(simulationSessions).where(isOld);
      return true;
    });
    if (!due) return;
    await deleteOldRecordings(server.config, now);
    const found = [await deleteOldStored(server, now), await deleteOldCalls(server, now)];
    if (found.includes(AT_ONCE)) server.expiredDeleted.at = Number.NEGATIVE_INFINITY;
  } catch (error) {
    logError('Cannot delete expired data', error);
  }
}

/** Deletes expired calls; returns how many. */
async function deleteOldCalls(server: CallsServer, now: number): Promise<number> {
  const days = server.config.CALLS_KEEP_DAYS;
  if (days === 0) return 0;
  const old = await withDatabase(server, (db) =>
    db
      .select({ id: calls.id })
      .from(calls)
      .where(lt(calls.requestedAt, now - days * DAY_MS))
      .limit(AT_ONCE),
  );
  const ids = old.map(({ id }) => id);
  await deleteCalls(server, ids, now);
  return ids.length;
}

/** Deletes expired recordings that LiveKit's Egress stored for existing calls; returns how many. */
async function deleteOldStored(server: Ground, now: number): Promise<number> {
  const { config } = server;
  const days = config.RECORDINGS_KEEP_DAYS;
  if (days === 0) return 0;
  const old = await withDatabase(server, (db) =>
    db
      .select({ id: events.id, what: events.data })
      .from(events)
      .where(
        and(
          eq(events.kind, 'recording'),
          lt(events.at, now - days * DAY_MS),
          sql`${events.data} ? 'egress' and not ${events.data} ? 'expiredAt'`,
        ),
      )
      .orderBy(asc(events.at))
      .limit(AT_ONCE),
  );
  if (old.length === 0) return 0;
  const recordings = old.flatMap(({ what }) => (what.kind === 'recording' ? [what] : []));
  for (const { file, location } of await deleteRecordings(config, recordings, now)) {
    logError(`The expired recording ${location ?? file} cannot be deleted from here.`);
  }
  const done = JSON.stringify({ expiredAt: now });
  await withDatabase(server, (db) =>
    db
      .update(events)
      .set({ data: sql`${events.data} || ${done}::jsonb` })
      .where(
        inArray(
          events.id,
          old.map(({ id }) => id),
        ),
      ),
  );
  return old.length;
}
