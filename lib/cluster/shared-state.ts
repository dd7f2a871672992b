// Small state that all web processes share: queues, invitations, calls of anonymous callers, rules, agents. One row each in the
// shared PostgreSQL database; in memory if this process is the only one, unless it outlives the process.

import { and, eq, lt, sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Ground } from '@/lib/cluster/ground';
import { LOCK_KEYS } from '@/lib/cluster/locks';
import { hasOtherProcesses } from '@/lib/cluster/pubsub';
import { withDatabase } from '@/lib/db/database';

/** Values by kind and key. */
export const sharedStateTable = pgTable(
  'shared_state',
  {
    kind: text().notNull(),
    key: text().notNull(),
    value: jsonb().notNull(),
    /** Milliseconds since 1970. */
    changedAt: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.key] })],
);

/** The new value, and a result for the caller. */
export interface Changed<T, R> {
  readonly after: T;
  readonly result: R;
}

const memoryKey = (kind: string, key: string) => JSON.stringify([kind, key]);

const HOUR_MS = 3_600_000;
/** The kinds, with the milliseconds for which an unchanged value is kept. */
const KEPT_MS = {
  rules: Number.POSITIVE_INFINITY,
  /** The agents that the team has added. */
  agents: Number.POSITIVE_INFINITY,
  /**
   * The queues, one for each agent and deployment. They keep their name of before 0.2, because web processes of both releases
   * share them while an update replaces one after the other. Positions expire within seconds, and name their callers.
   */
  line: 60_000,
  /** Longer than an invitation is valid, to tell an expired one from a wrong link. */
  invitation: 24 * HOUR_MS,
  'anonymous-calls': 24 * HOUR_MS,
  /** Longer than LiveKit keeps such a room. */
  'early-room': 60_000,
  /** Longer than a token is valid; LiveKit renews it for ten minutes. */
  'token-uses': HOUR_MS,
};

/**
 * Deletes the values that have not changed for as long as their kind is kept.
 * @param now milliseconds since 1970
 * @throws {Problem} 503 if the database does not respond
 */
export async function deleteOldState(server: Ground, now: number): Promise<void> {
  for (const [kind, keptMs] of Object.entries(KEPT_MS)) {
    if (keptMs === Number.POSITIVE_INFINITY) continue;
    const old = now - keptMs;
    if (hasOtherProcesses(server)) {
      const { kind: of, changedAt } = sharedStateTable;
      await withDatabase(server, (db) =>
        db.delete(sharedStateTable).where(and(eq(of, kind), lt(changedAt, old))),
      );
    }
    for (const [key, { changedAt }] of server.sharedMemory) {
      if (changedAt < old && key.startsWith(`["${kind}",`)) server.sharedMemory.delete(key);
    }
  }
}

/**
 * The shared state of a kind: a value per key. Stored values are trusted to be a `T`, because only this code writes them.
 * @param outlivesProcess whether it is stored in the database of a single process too
 */
export function sharedState<T>(kind: keyof typeof KEPT_MS, { outlivesProcess = false } = {}) {
  const { value } = sharedStateTable;
  const at = (key: string) => and(eq(sharedStateTable.kind, kind), eq(sharedStateTable.key, key));
  const isInMemory = (server: Ground) => !outlivesProcess && !hasOtherProcesses(server);
  /** Changes the value in this process's memory, which is all there is if it is the only process. */
  function changeOwn<R>(
    server: Ground,
    key: string,
    change: (before: T | undefined) => Changed<T, R>,
  ): R {
    const own = memoryKey(kind, key);
    const { after, result } = change(server.sharedMemory.get(own)?.value as T | undefined);
    server.sharedMemory.set(own, { value: after, changedAt: Date.now() });
    return result;
  }
  return {
    changeOwn,
    /**
     * Changes the value exclusively, across all processes.
     * @throws {Problem} 503 if the database does not respond; and whatever `change` throws
     */
    async change<R>(
      server: Ground,
      key: string,
      change: (before: T | undefined) => Changed<T, R>,
    ): Promise<R> {
      if (isInMemory(server)) return changeOwn(server, key, change);
      return withDatabase(server, (db) =>
        db.transaction(async (tx) => {
          const name = memoryKey(kind, key);
          await tx.execute(
            sql`select pg_advisory_xact_lock(${LOCK_KEYS.state}::int, hashtext(${name}))`,
          );
          const [row] = await tx.select({ value }).from(sharedStateTable).where(at(key));
          const { after, result } = change(row?.value as T | undefined);
          const set = { value: after, changedAt: Date.now() };
          await tx
            .insert(sharedStateTable)
            .values({ kind, key, ...set })
            .onConflictDoUpdate({ target: [sharedStateTable.kind, sharedStateTable.key], set });
          return result;
        }),
      );
    },
    /** The value. @throws {Problem} 503 if the database does not respond */
    async read(server: Ground, key: string): Promise<T | undefined> {
      if (isInMemory(server))
        return server.sharedMemory.get(memoryKey(kind, key))?.value as T | undefined;
      const [row] = await withDatabase(server, (db) =>
        db.select({ value }).from(sharedStateTable).where(at(key)),
      );
      return row?.value as T | undefined;
    },
    /** All values. @throws {Problem} 503 if the database does not respond */
    async readAll(server: Ground): Promise<readonly { readonly key: string; readonly value: T }[]> {
      if (isInMemory(server)) {
        return [...server.sharedMemory].flatMap(([own, entry]) => {
          const [of, key] = JSON.parse(own) as [string, string];
          return of === kind ? [{ key, value: entry.value as T }] : [];
        });
      }
      const { key, kind: of } = sharedStateTable;
      const rows = await withDatabase(server, (db) =>
        db.select({ key, value }).from(sharedStateTable).where(eq(of, kind)),
      );
      return rows as { key: string; value: T }[];
    },
  };
}
