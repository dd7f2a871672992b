// Finds, exports and deletes all data of one caller. A caller is a browser, a telephone number, or the identity that a
// program gave.

import { desc, eq } from 'drizzle-orm';
import { chunk } from 'es-toolkit';
import type { CallSummary } from '@/lib/calls/call';
import type { CallsServer } from '@/lib/calls/server';
import { summaryColumns, summaryOf } from '@/lib/calls/store/call-row';
import { deleteCalls } from '@/lib/calls/store/delete-calls';
import type { Undeleted } from '@/lib/calls/store/delete-recordings';
import { calls } from '@/lib/calls/store/schema';
import { type CallDetail, callDetail } from '@/lib/calls/view/one-call';
import { recordingsOf } from '@/lib/calls/view/recordings';
import type { Ground } from '@/lib/cluster/ground';
import { pathSegment } from '@/lib/core/path-segment';
import { isProblem, Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import { identifies } from '@/lib/livekit/caller-key';

/** Rows of one statement: PostgreSQL allows 65,535 values in one. */
const AT_ONCE = 1_000;

/**
 * A caller's calls, newest first.
 * @throws {Problem} 404 without calls; 503 if the database is unavailable
 */
export async function callsOfCaller(server: Ground, caller: string): Promise<CallSummary[]> {
  // Earlier releases stored "anonymous" for many people.
  const rows = identifies(caller) ? await rowsOf(server, caller) : [];
  if (rows.length > 0) return rows.map(summaryOf);
  throw new Problem(
    'unknown-caller',
    'No calls of this caller are stored. There were none, or all were deleted.',
  );
}

const rowsOf = (server: Ground, caller: string) =>
  withDatabase(server, (db) =>
    db
      .select(summaryColumns)
      .from(calls)
      .where(eq(calls.callerId, storable(caller)))
      .orderBy(desc(calls.requestedAt), desc(calls.id)),
  );

interface ExportedCall extends Omit<CallDetail, 'newer' | 'older'> {
  readonly recordings: readonly string[];
}

/** All data of a caller. */
export interface CallerData {
  readonly caller: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  readonly calls: readonly ExportedCall[];
  /** What features store of them. */
  readonly [field: string]: unknown;
}

/** @throws {Problem} 404 without data; 503 if the database, or a server of a feature, is unavailable */
export async function callerData(
  server: CallsServer,
  caller: string,
  now = Date.now(),
): Promise<CallerData> {
  const found: ExportedCall[] = [];
  const stored = await callsOfCaller(server, caller);
  // In sequence: a caller may have many calls, and others need the database too.
  for (const { id } of stored) {
    const detail = await callDetail(server, id).catch((error: unknown) => {
      // It was deleted after the list was read.
      if (isProblem(error) && error.kind === 'unknown-call') return undefined;
      throw error;
    });
    if (!detail) continue;
    const { newer: _, older: __, ...call } = detail;
    const recordings = recordingsOf(call).map(
      (___, at) => `/api/calls/${pathSegment(id)}/recordings/${at}`,
    );
    found.push({ ...call, recordings });
  }
  const known = { id: caller, calls: stored.map(({ id }) => id) };
  const others = await Promise.all(server.features.map((one) => one.callerData?.(server, known)));
  const exportedAt = new Date(now).toISOString();
  return Object.assign({ caller, exportedAt, calls: found }, ...others);
}

/** The result of deleting a caller's data. */
export interface DeletedCaller {
  readonly calls: number;
  /** Recordings that are stored elsewhere and cannot be deleted here. */
  readonly notDeleted: readonly Undeleted[];
  /** What features deleted. */
  readonly [field: string]: unknown;
}

/**
 * Deletes all data of a caller: what features store, and calls with their recordings. Features come first, because they may
 * need the calls to find it.
 * @throws {Problem} 404 without data; 500 or 503 if something could not be deleted: a repeated request deletes the
 * rest
 */
export async function deleteCaller(
  server: CallsServer,
  caller: string,
  now = Date.now(),
): Promise<DeletedCaller> {
  const ids = (await callsOfCaller(server, caller)).map(({ id }) => id);
  const others: unknown[] = [];
  for (const one of server.features) {
    others.push(await one.deleteCaller?.(server, { id: caller, calls: ids }));
  }
  const notDeleted: Undeleted[] = [];
  let deletedCalls = 0;
  for (const some of chunk(ids, AT_ONCE)) {
    const left = await deleteCalls(server, some, now);
    deletedCalls += left.size;
    notDeleted.push(...[...left.values()].flat());
  }
  return Object.assign({ calls: deletedCalls, notDeleted }, ...others);
}
