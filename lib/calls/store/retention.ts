// Deletes what is older than the settings say it is kept, at most once an hour: recordings, calls, and
// what is remembered of deleted ones.
import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { type Database, withDatabase } from '@/lib/db/database';
import { deleteCalls } from './delete-calls';
import { deleteOldRecordings, deleteRecordings } from './delete-recordings';
import { forgetDeleted } from './deleted-rooms';
import { calls, events } from './schema';

const DAY_MS = 24 * 60 * 60_000;
/** Milliseconds between two looks. */
const EVERY_MS = 60 * 60_000;
/** Calls, and recordings, that are deleted at a time, so that whoever writes does not wait long. */
const AT_ONCE = 500;

/** What other features keep for as long as calls, and delete themselves. */
const deletedToo = processSingleton(
  'deleted-with-calls',
  () => new Set<(db: Database, before: number) => Promise<void>>(),
);

/** Has `also` delete what began before a moment (milliseconds since 1970), whenever old calls are deleted. */
export function deleteWithOldCalls(also: (db: Database, before: number) => Promise<void>): void {
  deletedToo().add(also);
}

/** When old things were looked for last, in milliseconds since 1970. */
const lookedAt = new WeakMap<Database, number>();

/**
 * Deletes what is old, at most once an hour unless much is left. It never throws: what was to be
 * written is written.
 */
export async function deleteOld(now: number): Promise<void> {
  await deleteOldRecordings(serverConfig(), now);
  try {
    const due = await withDatabase(async (db) => {
      if (now - (lookedAt.get(db) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return false;
      lookedAt.set(db, now);
      await forgetDeleted(db, now);
      const days = serverConfig().CALLS_KEEP_DAYS;
      if (days > 0) for (const also of deletedToo()) await also(db, now - days * DAY_MS);
      return true;
    });
    if (!due) return;
    const found = [await deleteOldStored(now), await deleteOldCalls(now)];
    if (found.includes(AT_ONCE)) await withDatabase(async (db) => lookedAt.delete(db));
  } catch (error) {
    console.error(redact(`What is old could not be deleted: ${error}`));
  }
}

/** Calls; returns how many there were. */
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

/** Recordings that LiveKit's Egress stored, of calls that are kept; returns how many there were. */
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
    console.error(`The old recording ${location ?? file} cannot be deleted from here.`);
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
