// Deletes expired data: recordings, calls, and the records of deleted calls. The settings define when data expires. It is
// done in the background and in small steps, so that no call in progress waits for it, and what one run leaves, because
// the process ended or a storage failed, the next run does.

import { setTimeout as pause } from 'node:timers/promises';
import { and, asc, inArray, lt, sql } from 'drizzle-orm';
import type { CallsServer } from '@/lib/calls/server';
import { DELETION_BEGUN, deleteCall } from '@/lib/calls/store/delete-calls';
import { deleteOldRecordings, deleteRecordings } from '@/lib/calls/store/delete-recordings';
import { deleteOldRooms } from '@/lib/calls/store/deleted-rooms';
import { calls, EXPIRING_RECORDING, events } from '@/lib/calls/store/schema';
import { simulationSessions } from '@/lib/calls/test-calls/tables';
import { groupBy } from '@/lib/core/group-by';
import { logError } from '@/lib/core/log';
import { isProblem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';

const DAY_MS = 24 * 60 * 60_000;
/** Calls or recordings that are read at a time. */
const AT_ONCE = 100;
/**
 * Milliseconds between two calls. Deleting one takes about ten on PGlite, so requests and events have the rest of the
 * time. Our own choice.
 */
const PAUSE_MS = 20;

/**
 * Deletes expired data.
 * @param now milliseconds since 1970
 * @param stopping ends it early
 * @throws {Problem} 503 if the database is unavailable
 */
export async function deleteOld(
  server: CallsServer,
  now: number,
  stopping = new AbortController().signal,
): Promise<void> {
  const { config } = server;
  await deleteOldRooms(server, now);
  const days = config.CALLS_KEEP_DAYS;
  // Results of test calls are kept as long as calls.
  const isOld = lt(simulationSessions.startedAt, now - days * DAY_MS);
  if (days > 0) await withDatabase(server, (db) => db.delete(simulationSessions).where(isOld));
  await deleteOldRecordings(config, now);
  await deleteOldStored(server, now, stopping);
  await deleteOldCalls(server, now, stopping);
}

/** Waits until it is the next one's turn; whether to go on. */
async function turn(stopping: AbortSignal): Promise<boolean> {
  await pause(PAUSE_MS, undefined, { signal: stopping, ref: false }).catch(() => {});
  return !stopping.aborted;
}

/** Something that is deleted oldest first. */
interface Old {
  readonly at: number;
  readonly id: string;
}

/** Does `work` with pages of what is old, each read after the last one of the page before, until there is no more. */
async function eachPage<T extends Old>(
  read: (after: Old) => Promise<readonly T[]>,
  work: (page: readonly T[]) => Promise<boolean>,
): Promise<void> {
  let after: Old = { at: Number.MIN_SAFE_INTEGER, id: '' };
  for (;;) {
    const page = await read(after);
    if (!(await work(page))) return;
    if (page.length < AT_ONCE) return;
    after = page.at(-1) ?? after;
  }
}

/** Deletes expired calls, and the rest of those whose deletion was interrupted. A call that cannot be deleted stops no other. */
async function deleteOldCalls(
  server: CallsServer,
  now: number,
  stopping: AbortSignal,
): Promise<void> {
  const days = server.config.CALLS_KEEP_DAYS;
  const before = days === 0 ? DELETION_BEGUN + 1 : now - days * DAY_MS;
  const { id, requestedAt: at } = calls;
  const kept: unknown[] = [];
  await eachPage(
    (after) =>
      withDatabase(server, (db) =>
        db
          .select({ id, at })
          .from(calls)
          .where(
            and(lt(at, before), sql`(${at}, ${id}) > (${after.at}::bigint, ${after.id}::text)`),
          )
          .orderBy(asc(at), asc(id))
          .limit(AT_ONCE),
      ),
    async (page) => {
      for (const one of page) {
        if (!(await turn(stopping))) return false;
        await deleteCall(server, one.id, { now, announced: false }).catch((error: unknown) => {
          if (!isProblem(error) || error.kind !== 'not-saved') throw error;
          kept.push(error);
        });
      }
      return true;
    },
  );
  if (kept.length === 0) return;
  logError(`Kept ${kept.length} expired calls whose recordings could not be deleted`, kept[0]);
}

/** Deletes expired recordings that LiveKit's Egress stored for existing calls. One that cannot be deleted stops no other. */
async function deleteOldStored(
  server: CallsServer,
  now: number,
  stopping: AbortSignal,
): Promise<void> {
  const { config } = server;
  const days = config.RECORDINGS_KEEP_DAYS;
  if (days === 0) return;
  const { id, at, data } = events;
  const failures: unknown[] = [];
  await eachPage(
    (after) =>
      withDatabase(server, (db) =>
        db
          .select({ id, at, what: data })
          .from(events)
          .where(
            and(
              EXPIRING_RECORDING,
              lt(at, now - days * DAY_MS),
              sql`(${at}, ${id}) > (${after.at}::bigint, ${after.id}::text)`,
            ),
          )
          .orderBy(asc(at), asc(id))
          .limit(AT_ONCE),
      ),
    async (page) => {
      const recordings = page.flatMap(({ id, what }) =>
        what.kind === 'recording' ? [{ id, what }] : [],
      );
      const done: string[] = [];
      for (const [, about] of groupBy(recordings, ({ what }) => what.file)) {
        if (stopping.aborted) break;
        try {
          const whats = about.map(({ what }) => what);
          for (const { file, location } of await deleteRecordings(config, whats, now)) {
            logError(`The expired recording ${location ?? file} cannot be deleted from here.`);
          }
          done.push(...about.map(({ id }) => id));
        } catch (error) {
          failures.push(error);
        }
      }
      if (done.length === 0) return turn(stopping);
      const expired = JSON.stringify({ expiredAt: now });
      await withDatabase(server, (db) =>
        db
          .update(events)
          .set({ data: sql`${data} || ${expired}::jsonb` })
          .where(inArray(id, done)),
      );
      return turn(stopping);
    },
  );
  if (failures.length > 0) logError('Cannot delete expired recordings', failures[0]);
}
