// Everything that is kept of one caller: found by what they are known again by, given out as one
// document, and deleted. A caller is a browser, a telephone number, or the identity a program gave.
import { desc, eq, inArray } from 'drizzle-orm';
import type { CallSummary } from '@/lib/calls/call';
import { summaryOf } from '@/lib/calls/store/call-row';
import { deleteCalls } from '@/lib/calls/store/delete-calls';
import type { Undeleted } from '@/lib/calls/store/delete-recordings';
import { calls, events } from '@/lib/calls/store/schema';
import { summaryColumns } from '@/lib/calls/store/write-steps';
import { type CallDetail, callDetail } from '@/lib/calls/view/one-call';
import { recordingsOf } from '@/lib/calls/view/recordings';
import { Problem } from '@/lib/core/problem';
import { serverConfig } from '@/lib/core/server-config';
import { withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import { lettaClient } from '@/lib/letta/client';
import { callTag, deleteCopiesOf, deleteCopy } from '@/lib/letta/copies';
import { copies } from '@/lib/letta/deleted-calls';

/** Milliseconds for each of Letta's answers. */
const LETTA_MS = 10_000;

/** Rows of one statement: PostgreSQL takes 65,535 values in one. */
const AT_ONCE = 1_000;

/**
 * The calls of a caller, the newest first.
 * @throws {Problem} 404 where none is kept; 503 where the database is away
 */
export async function callsOfCaller(caller: string): Promise<CallSummary[]> {
  const rows = await withDatabase((db) =>
    db
      .select(summaryColumns)
      .from(calls)
      .where(eq(calls.callerId, storable(caller)))
      .orderBy(desc(calls.requestedAt), desc(calls.id)),
  );
  if (rows.length > 0) return rows.map(summaryOf);
  throw new Problem(
    'unknown-caller',
    'No call of this caller is kept: none was, or all are deleted.',
  );
}

/** A call with everything of it, and where its recordings are to be had. */
interface ExportedCall extends Omit<CallDetail, 'newer' | 'older'> {
  readonly recordings: readonly string[];
}

/** What is kept of a caller. */
export interface CallerData {
  readonly caller: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  readonly calls: readonly ExportedCall[];
}

/** @throws {Problem} 404 where nothing is kept; 503 where the database is away */
export async function callerData(caller: string, now = Date.now()): Promise<CallerData> {
  const found: ExportedCall[] = [];
  // One after another: a caller of years has many, and others are waiting for the database.
  for (const { id } of await callsOfCaller(caller)) {
    const detail = await callDetail(id).catch((error: unknown) => {
      // Deleted since the list was read.
      if (error instanceof Problem && error.kind === 'unknown-call') return undefined;
      throw error;
    });
    if (!detail) continue;
    const { newer: _, older: __, ...call } = detail;
    const recordings = recordingsOf(call).map(
      (___, at) => `/api/calls/${encodeURIComponent(id)}/recordings/${at}`,
    );
    found.push({ ...call, recordings });
  }
  return { caller, exportedAt: new Date(now).toISOString(), calls: found };
}

/** Every identity under which a caller was in these calls: agents of Letta know them by it. */
async function identitiesIn(ids: readonly string[]): Promise<Set<string>> {
  const rows = await withDatabase((db) =>
    db
      .select({ what: events.data })
      .from(events)
      .where(inArray(events.call, [...ids])),
  );
  return new Set(
    rows.flatMap(({ what }) => {
      if (what.kind === 'requested') return [what.identity];
      const isCaller = what.kind === 'person_joined' && ['caller', 'phone'].includes(what.role);
      return isCaller ? [what.identity] : [];
    }),
  );
}

/** What became of a caller's data. */
export interface DeletedCaller {
  readonly calls: number;
  /** Agents at Letta that remembered this caller. */
  readonly lettaAgents: number;
  /** Recordings that are kept elsewhere, where nothing here can delete them. */
  readonly notDeleted: readonly Undeleted[];
}

/**
 * Deletes everything of a caller: what Letta's agents remember, and calls with their recordings. What Letta remembers goes first, as the calls alone tell of whom.
 * @throws {Problem} 404 where nothing is kept; 500 or 503 where something could not be deleted: what
 * is left is found again by the same request
 */
export async function deleteCaller(caller: string, now = Date.now()): Promise<DeletedCaller> {
  const ids = (await callsOfCaller(caller)).map(({ id }) => id);
  const lettaAgents = await forgetAtLetta(caller, ids);
  const notDeleted: Undeleted[] = [];
  let deletedCalls = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const left = await deleteCalls(some, now);
    deletedCalls += left.size;
    notDeleted.push(...[...left.values()].flat());
  }
  return { calls: deletedCalls, lettaAgents, notDeleted };
}

/** @throws {Problem} 503 where Letta does not let them go */
async function forgetAtLetta(caller: string, ids: readonly string[]): Promise<number> {
  const { LETTA_URL: url, LETTA_API_KEY: key } = serverConfig();
  if (!url) return 0;
  const names = new Set([caller]);
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    for (const name of await identitiesIn(ids.slice(at, at + AT_ONCE))) names.add(name);
  }
  try {
    const client = await lettaClient({ url, key }, LETTA_MS);
    let count = 0;
    // By the bare name agents knew callers once.
    for (const name of [...names].flatMap((one) => [`sip:${one}`, `identity:${one}`, one])) {
      count += await deleteCopiesOf(client, name);
    }
    // Who called from a browser or an account is known by what stands in no call, but the calls are.
    for (const id of ids) {
      const found = await copies(client, callTag(id));
      for (const copy of found) await deleteCopy(client, copy);
      count += found.length;
    }
    return count;
  } catch (cause) {
    throw new Problem(
      'not-saved',
      'The Letta server did not delete what its agents remember of this caller, so nothing was ' +
        'deleted yet. See that it runs, and try again.',
      {},
      {},
      { cause },
    );
  }
}
