// What agents at Letta remember of a caller: exported, and deleted before the calls, because only these tell which copies are
// the caller's.

import type { Letta } from '@letta-ai/letta-client';
import { and, inArray } from 'drizzle-orm';
import { chunk } from 'es-toolkit';
import type { StoredCaller } from '@/lib/calls/server';
import { events } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { isProblem, Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import { connectionOf, lettaClient } from '@/lib/letta/client';
import { callTag, copies, copiesOf } from '@/lib/letta/copies';
import { type CopyMemory, deleteCopy, memoryOf } from '@/lib/letta/memory';
import { identifies } from '@/lib/livekit/caller-key';

/** Milliseconds for each of Letta's responses. */
const ANSWER_MS = 10_000;

/** Calls of one statement: PostgreSQL allows 65,535 values in one. */
const AT_ONCE = 1_000;

/** All identities of a caller in these calls, by which Letta's copies know them. */
async function identitiesIn(server: Ground, ids: readonly string[]): Promise<Set<string>> {
  const rows = await withDatabase(server, (db) =>
    db
      .select({ what: events.data })
      .from(events)
      .where(
        and(inArray(events.call, [...ids]), inArray(events.kind, ['requested', 'person_joined'])),
      ),
  );
  const identities = rows.flatMap(({ what }) => {
    if (what.kind === 'requested') return [what.identity];
    const isCaller = what.kind === 'person_joined' && ['caller', 'phone'].includes(what.role);
    return isCaller ? [what.identity] : [];
  });
  return new Set(identities.filter((one) => identifies(one)));
}

/** Client of the Letta server; undefined without one. */
async function lettaIfAny(server: Ground): Promise<Letta | undefined> {
  const letta = connectionOf(server.config);
  return letta && lettaClient(letta, ANSWER_MS);
}

/**
 * IDs of a caller's copies at Letta.
 * @throws {Problem} 503 if the database is unavailable
 * @throws the client's errors
 */
async function copiesOfCaller(
  server: Ground,
  client: Letta,
  { id: caller, calls: ids }: StoredCaller,
): Promise<Set<string>> {
  const names = new Set([caller]);
  for (const some of chunk(ids, AT_ONCE)) {
    for (const name of await identitiesIn(server, some)) names.add(name);
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

/** What copies remember of a caller. @throws {Problem} 503 if Letta does not answer: an export without its memory would not be complete */
export async function remembered(server: Ground, caller: StoredCaller): Promise<CopyMemory[]> {
  const client = await lettaIfAny(server);
  if (!client) return [];
  try {
    const all: CopyMemory[] = [];
    for (const id of await copiesOfCaller(server, client, caller)) {
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

/** Deletes a caller's copies. @returns how many @throws {Problem} 500 if Letta does not delete them */
export async function forgetCaller(server: Ground, caller: StoredCaller): Promise<number> {
  const client = await lettaIfAny(server);
  if (!client) return 0;
  try {
    const found = await copiesOfCaller(server, client, caller);
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
