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
 * Deletes a call; undefined if there is none.
 * @returns recordings that are stored elsewhere and cannot be deleted from here
 * @throws {Problem} 500 if a recording could not be deleted, 503 if the database is unavailable; in both cases the
 * call still exists
 */
export async function deleteCall(
  server: CallsServer,
  id: string,
): Promise<readonly Undeleted[] | undefined> {
  return (await deleteCalls(server, [storable(id)], Date.now())).get(storable(id));
}

/** Deletes calls; the result of {@link deleteCall} for each that existed. */
export async function deleteCalls(
  server: CallsServer,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, readonly Undeleted[]>> {
  const gone = new Map<string, readonly Undeleted[]>();
  for (const id of ids) {
    const recordings = await withDatabase(server, (db) => recordingsIn(db, id));
    const left = await deleteRecordings(server.config, recordings, now).catch((error: unknown) => {
      const message =
        'The storage of its recording did not delete it, so the call is kept. Try again in a while.';
      throw new Problem('not-saved', message, {}, {}, { cause: error });
    });
    if (await withDatabase(server, (db) => db.transaction((tx) => remove(server, tx, id, now))))
      gone.set(id, left);
  }
  notifyChanged(server, gone.keys());
  return gone;
}

/** Events and rooms are deleted by their foreign keys. */
async function remove(server: Ground, tx: Database, id: string, now: number): Promise<boolean> {
  // Concurrent writers of the call wait, and then find it deleted.
  await lock(server, tx, 'call', new Set([id]));
  await rememberDeleted(tx, id, now);
  const gone = await tx.delete(calls).where(eq(calls.id, id)).returning({ id: calls.id });
  if (gone.length > 0) await notifyOthers(server, tx, [id]);
  return gone.length > 0;
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
