// Finds, exports and deletes all data of one caller. A caller is a browser, a telephone number, or the identity that a
// program gave.

import type { Letta } from '@letta-ai/letta-client';
import { desc, eq, inArray } from 'drizzle-orm';
import type { CallSummary } from '@/lib/calls/call';
import type { CallsServer } from '@/lib/calls/server';
import { summaryOf } from '@/lib/calls/store/call-row';
import { deleteCalls } from '@/lib/calls/store/delete-calls';
import type { Undeleted } from '@/lib/calls/store/delete-recordings';
import { calls, events } from '@/lib/calls/store/schema';
import { summaryColumns } from '@/lib/calls/store/write-steps';
import { type CallDetail, callDetail } from '@/lib/calls/view/one-call';
import { recordingsOf } from '@/lib/calls/view/recordings';
import type { Ground } from '@/lib/cluster/ground';
import { pathSegment } from '@/lib/core/path-segment';
import { isProblem, Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import { connectionOf, lettaClient } from '@/lib/letta/client';
import { callTag, copies, copiesOf } from '@/lib/letta/copies';
import { type CopyMemory, deleteCopy, memoryOf } from '@/lib/letta/memory';
import { identifies } from '@/lib/livekit/caller-key';

/** Milliseconds for each of Letta's responses. */
const LETTA_MS = 10_000;

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

/** A complete call with the addresses of its recordings. */
interface ExportedCall extends Omit<CallDetail, 'newer' | 'older'> {
  readonly recordings: readonly string[];
}

/** All data of a caller. */
export interface CallerData {
  readonly caller: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  readonly calls: readonly ExportedCall[];
  /** What agents at Letta remember of them. */
  readonly letta: readonly CopyMemory[];
}

/** @throws {Problem} 404 without data; 503 if the database or Letta is unavailable */
export async function callerData(
  server: Ground,
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
  const ids = stored.map(({ id }) => id);
  const letta = await remembered(server, caller, ids);
  return { caller, exportedAt: new Date(now).toISOString(), calls: found, letta };
}

/** All identities of a caller in these calls, by which Letta's copies know them. */
async function identitiesIn(server: Ground, ids: readonly string[]): Promise<Set<string>> {
  const rows = await withDatabase(server, (db) =>
    db
      .select({ what: events.data })
      .from(events)
      .where(inArray(events.call, [...ids])),
  );
  const identities = rows.flatMap(({ what }) => {
    if (what.kind === 'requested') return [what.identity];
    const isCaller = what.kind === 'person_joined' && ['caller', 'phone'].includes(what.role);
    return isCaller ? [what.identity] : [];
  });
  return new Set(identities.filter((one) => identifies(one)));
}

/** The result of deleting a caller's data. */
export interface DeletedCaller {
  readonly calls: number;
  /** Deleted copies at Letta. */
  readonly lettaAgents: number;
  /** Recordings that are stored elsewhere and cannot be deleted here. */
  readonly notDeleted: readonly Undeleted[];
}

/**
 * Deletes all data of a caller: copies at Letta, and calls with their recordings. Letta comes first, because only the
 * calls tell which copies are the caller's.
 * @throws {Problem} 404 without data; 500 or 503 if something could not be deleted: a repeated request deletes the
 * rest
 */
export async function deleteCaller(
  server: CallsServer,
  caller: string,
  now = Date.now(),
): Promise<DeletedCaller> {
  const ids = (await callsOfCaller(server, caller)).map(({ id }) => id);
  const lettaAgents = await forgetAtLetta(server, caller, ids);
  const notDeleted: Undeleted[] = [];
  let deletedCalls = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const left = await deleteCalls(server, some, now);
    deletedCalls += left.size;
    notDeleted.push(...[...left.values()].flat());
  }
  return { calls: deletedCalls, lettaAgents, notDeleted };
}

/** Client of the Letta server; undefined without one. */
async function lettaIfAny(server: Ground): Promise<Letta | undefined> {
  const letta = connectionOf(server.config);
  return letta && lettaClient(letta, LETTA_MS);
}

/**
 * IDs of a caller's copies at Letta.
 * @param ids the caller's calls
 * @throws {Problem} 503 if the database is unavailable
 * @throws the client's errors
 */
async function copiesOfCaller(
  server: Ground,
  client: Letta,
  caller: string,
  ids: readonly string[],
) {
  const names = new Set([caller]);
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    for (const name of await identitiesIn(server, ids.slice(at, at + AT_ONCE))) names.add(name);
  }
  const found = new Set<string>();
  // Older versions used the bare identity.
  for (const name of [...names].flatMap((one) => [`sip:${one}`, `identity:${one}`, one])) {
    for (const { id } of await copiesOf(client, name)) found.add(id);
  }
  // The calls do not contain the ID of a browser or an account, but copies have the calls as tags.
  for (const call of ids) {
    for (const { id } of await copies(client, callTag(call))) found.add(id);
  }
  return found;
}

/** @throws {Problem} 503 if Letta does not answer: an export without its memory would not be complete */
async function remembered(
  server: Ground,
  caller: string,
  ids: readonly string[],
): Promise<CopyMemory[]> {
  const client = await lettaIfAny(server);
  if (!client) return [];
  try {
    const all: CopyMemory[] = [];
    for (const id of await copiesOfCaller(server, client, caller, ids)) {
      const memory = await memoryOf(client, id);
      if (memory) all.push(memory);
    }
    return all;
  } catch (cause) {
    if (isProblem(cause)) throw cause;
    const detail =
      'The Letta server did not say what it remembers of this caller. Check that it is running.';
    throw new Problem('busy', detail, {}, {}, { cause });
  }
}

/** @throws {Problem} 500 if Letta does not delete them */
async function forgetAtLetta(
  server: Ground,
  caller: string,
  ids: readonly string[],
): Promise<number> {
  const client = await lettaIfAny(server);
  if (!client) return 0;
  try {
    const found = await copiesOfCaller(server, client, caller, ids);
    for (const id of found) await deleteCopy(client, { id });
    return found.size;
  } catch (cause) {
    if (isProblem(cause)) throw cause;
    throw new Problem(
      'not-saved',
      'The Letta server did not delete its memory of this caller, so no call was deleted. Check that it is running ' +
        'and try again.',
      {},
      {},
      { cause },
    );
  }
}
