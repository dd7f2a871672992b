// Deletes expired data, at most once an hour: recordings, calls, and the records of deleted calls. The settings define
// when data expires.
import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';
import { serverConfig } from '@/lib/core/server-config';
import { type Database, withDatabase } from '@/lib/db/database';
import { deleteCalls } from './delete-calls';
import { deleteOldRecordings, deleteRecordings } from './delete-recordings';
import { deleteOldRooms } from './deleted-rooms';
import { calls, events } from './schema';

const DAY_MS = 24 * 60 * 60_000;
/** Milliseconds between two runs. */
const EVERY_MS = 60 * 60_000;
/** Maximum number of calls or recordings deleted at a time, so that writers do not wait long. */
const AT_ONCE = 500;

/** Deletion functions of other features whose data expires with calls. */
const deletedToo = processSingleton(
  'deleted-with-calls',
  () => new Set<(db: Database, before: number) => Promise<void>>(),
);

/** Registers a function that deletes data from before a time (milliseconds since 1970) when old calls are deleted. */
export function deleteWithOldCalls(also: (db: Database, before: number) => Promise<void>): void {
  deletedToo().add(also);
}

/** When the last run was, in milliseconds since 1970. */
const lookedAt = new WeakMap<Database, number>();

/**
 * Deletes expired data, at most once an hour unless much is left. Never throws, because the write that triggered it has
 * succeeded.
 */
export async function deleteOld(now: number): Promise<void> {
  await deleteOldRecordings(serverConfig(), now);
  try {
    const due = await withDatabase(async (db) => {
      if (now - (lookedAt.get(db) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return false;
      lookedAt.set(db, now);
      await deleteOldRooms(db, now);
      const days = serverConfig().CALLS_KEEP_DAYS;
      if (days > 0) for (const also of deletedToo()) await also(db, now - days * DAY_MS);
      return true;
    });
    if (!due) return;
    const found = [await deleteOldStored(now), await deleteOldCalls(now)];
    if (found.includes(AT_ONCE)) await withDatabase(async (db) => lookedAt.delete(db));
  } catch (error) {
    logError('Cannot delete expired data', error);
  }
}

/** Deletes expired calls; returns how many. */
async function deleteOldCalls(now: number): Promise<number> {
  const days = serverConfig().CALLS_KEEP_DAYS;
  if (days === 0) return 0;
  const old = await withDatabase((db) =>
    db
      .select({ id: calls.id })
      .from(calls)
      .where(lt(calls.requestedAt, now - days * DAY_MS))
      .limit(AT_ONCE),
  );
  const ids = old.map(({ id }) => id);
  await deleteCalls(ids, now);
  return ids.length;
}

/** Deletes expired recordings that LiveKit's Egress stored for existing calls; returns how many. */
async function deleteOldStored(now: number): Promise<number> {
  const config = serverConfig();
  const days = config.RECORDINGS_KEEP_DAYS;
  if (days === 0) return 0;
  const old = await withDatabase((db) =>
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
  const told = old.flatMap(({ what }) => (what.kind === 'recording' ? [what] : []));
  for (const { file, location } of await deleteRecordings(config, told, now)) {
    logError(`The expired recording ${location ?? file} cannot be deleted from here.`);
  }
  const done = JSON.stringify({ expiredAt: now });
  await withDatabase((db) =>
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
