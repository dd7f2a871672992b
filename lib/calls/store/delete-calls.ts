// Deletes calls with all their data: the recordings first, because only the events know them. The rooms are remembered
// for a while.

import { and, asc, eq, inArray } from 'drizzle-orm';
import type { CallEvent } from '@/lib/calls/event';
import type { CallsServer } from '@/lib/calls/server';
import { notifyChanged, notifyOthers } from '@/lib/calls/store/call-feed';
import {
  deleteRecordings,
  type ReportedRecording,
  type Undeleted,
} from '@/lib/calls/store/delete-recordings';
import { rememberDeleted } from '@/lib/calls/store/deleted-rooms';
import { calls, events } from '@/lib/calls/store/schema';
import { lock } from '@/lib/calls/store/write-steps';
import type { Ground } from '@/lib/cluster/ground';
import { logError } from '@/lib/core/log';
import { Problem } from '@/lib/core/problem';
import { type Database, withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';

/**
 * Events that are deleted in one transaction: on PGlite, everything else waits for it. Our own choice: an hour of talk, which
 * takes about ten milliseconds.
 */
const EVENTS_AT_ONCE = 1_000;

/**
 * `requestedAt` of a call of which some events are deleted already: it is older than any other and in no list, and retention
 * deletes the rest if this process ends in between.
 */
export const DELETION_BEGUN = -1;

/** How a call is deleted. */
interface Deletion {
  /** Milliseconds since 1970. */
  readonly now?: number;
  /** Whether pages are told. Retention does not: nobody looks at the oldest calls, and each message goes to every page. */
  readonly announced?: boolean;
}

/**
 * Deletes a call; undefined if there is none.
 * @returns recordings that are stored elsewhere and cannot be deleted from here
 * @throws {Problem} 500 if a recording could not be deleted: the call still exists; 503 if the database is unavailable: the
 * call, or the rest of a long one, still exists
 */
export async function deleteCall(
  server: CallsServer,
  call: string,
  { now = Date.now(), announced = true }: Deletion = {},
): Promise<readonly Undeleted[] | undefined> {
  const id = storable(call);
  const recordings = await withDatabase(server, (db) => recordingsIn(db, id));
  const left = await deleteRecordings(server.config, recordings, now).catch((error: unknown) => {
    const message =
      'The storage of its recording did not delete it, so the call is kept. Try again in a while.';
    throw new Problem('not-saved', message, {}, {}, { cause: error });
  });
  let removed: Removed;
  do {
    removed = await withDatabase(server, (db) =>
      db.transaction(async (tx) => {
        const gone = await remove(server, tx, id, now);
        if (gone === 'call' && announced) await notifyOthers(server, tx, [id]);
        return gone;
      }),
    );
  } while (removed === 'some');
  if (removed === 'nothing') return undefined;
  if (announced) notifyChanged(server, [id]);
  return left;
}

/** Deletes calls; the result of {@link deleteCall} for each that existed. */
export async function deleteCalls(
  server: CallsServer,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, readonly Undeleted[]>> {
  const gone = new Map<string, readonly Undeleted[]>();
  for (const id of ids) {
    const left = await deleteCall(server, id, { now });
    if (left) gone.set(id, left);
  }
  return gone;
}

/** What a step of a deletion has removed: the call with all that remained of it, some of its events, or nothing. */
type Removed = 'call' | 'some' | 'nothing';

/** Deletes a call, or the first events of a long one. Rooms are deleted by their foreign key. */
async function remove(server: Ground, tx: Database, id: string, now: number): Promise<Removed> {
  // Concurrent writers of the call wait, and then find its rooms among the deleted ones.
  await lock(server, tx, 'call', new Set([id]));
  const isIt = eq(calls.id, id);
  const [call] = await tx.select({ requestedAt: calls.requestedAt }).from(calls).where(isIt);
  if (!call) return 'nothing';
  const isFirst = call.requestedAt !== DELETION_BEGUN;
  if (isFirst) await rememberDeleted(tx, id, now);
  const own = tx.select({ id: events.id }).from(events).where(eq(events.call, id));
  const gone = await tx
    .delete(events)
    .where(inArray(events.id, own.limit(EVENTS_AT_ONCE)))
    .returning({ id: events.id });
  if (gone.length === EVENTS_AT_ONCE) {
    const begun = { requestedAt: DELETION_BEGUN, begun: false };
    if (isFirst) await tx.update(calls).set(begun).where(isIt);
    return 'some';
  }
  await tx.delete(calls).where(isIt);
  return 'call';
}

/** The recordings in the events of a call, latest event last. */
async function recordingsIn(db: Database, id: string): Promise<ReportedRecording[]> {
  const rows = await db
    .select({ what: events.data })
    .from(events)
    .where(and(eq(events.kind, 'recording'), inArray(events.call, [id])))
    .orderBy(asc(events.at));
  return rows.flatMap(({ what }) => (what.kind === 'recording' ? [what] : []));
}

/** Deletes recordings that were reported only after their call was deleted. Never throws. */
export async function deleteLateRecordings(
  server: Ground,
  late: readonly CallEvent[],
): Promise<void> {
  const recordings = late.flatMap(({ what }) => (what.kind === 'recording' ? [what] : []));
  if (recordings.length === 0) return;
  try {
    const left = await deleteRecordings(server.config, recordings);
    for (const { file, location } of left) {
      logError(`The recording ${location ?? file} of a deleted call cannot be deleted from here.`);
    }
  } catch (error) {
    logError('Cannot delete the recording of a deleted call', error);
  }
}
