// Small things that all web processes have to agree on: lines of callers, invitations, calls of strangers, rules.
// A row each in the PostgreSQL server they share; in the memory of a process that is the only one.
import { and, eq, lt, sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { processSingleton } from '@/lib/core/process-singleton';
import { withDatabase } from '@/lib/db/database';
import { PROCESS_LOCKS } from './locks';
import { hasOthers } from './pubsub';

/** What is kept, by what it is and a key of its own. */
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

/** What is to be kept from now on, and what whoever changed it is told. */
export interface Changed<T, R> {
  readonly after: T;
  readonly result: R;
}

const memory = processSingleton(
  'shared-state',
  () => new Map<string, { value: unknown; changedAt: number }>(),
);

const memoryKey = (kind: string, key: string) => JSON.stringify([kind, key]);

/** One kind of shared state: a value for each key. */
export interface SharedState<T> {
  /** Changes the value in this process's memory: all there is where it is the only one. */
  changeOwn<R>(key: string, change: (before: T | undefined) => Changed<T, R>): R;
  /**
   * Changes the value. Nobody else changes it meanwhile, in no process.
   * @throws {Problem} 503 where the database does not answer; and whatever `change` throws
   */
  change<R>(key: string, change: (before: T | undefined) => Changed<T, R>): Promise<R>;
  /** The value. @throws {Problem} 503 where the database does not answer */
  read(key: string): Promise<T | undefined>;
  /** Forgets what nobody has changed since (milliseconds since 1970). @throws {Problem} 503 */
  forget(before: number): Promise<void>;
}

/** The shared state of a kind. What is read of it is trusted to be a `T`: only this code writes it. */
export function sharedState<T>(kind: string): SharedState<T> {
  const { value, changedAt } = sharedStateTable;
  const at = (key: string) => and(eq(sharedStateTable.kind, kind), eq(sharedStateTable.key, key));
  function changeOwn<R>(key: string, change: (before: T | undefined) => Changed<T, R>): R {
    const own = memoryKey(kind, key);
    const { after, result } = change(memory().get(own)?.value as T | undefined);
    memory().set(own, { value: after, changedAt: Date.now() });
    return result;
  }
  return {
    changeOwn,
    async change(key, change) {
      if (!hasOthers()) return changeOwn(key, change);
      return withDatabase((db) =>
        db.transaction(async (tx) => {
          const name = memoryKey(kind, key);
          await tx.execute(
            sql`select pg_advisory_xact_lock(${PROCESS_LOCKS.state}::int, hashtext(${name}))`,
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
    async read(key) {
      if (!hasOthers()) return memory().get(memoryKey(kind, key))?.value as T | undefined;
      const [row] = await withDatabase((db) =>
        db.select({ value }).from(sharedStateTable).where(at(key)),
      );
      return row?.value as T | undefined;
    },
    async forget(before) {
      if (hasOthers()) {
        const old = and(eq(sharedStateTable.kind, kind), lt(changedAt, before));
        await withDatabase((db) => db.delete(sharedStateTable).where(old));
        return;
      }
      for (const [key, kept] of memory()) {
        if (kept.changedAt < before && key.startsWith(`["${kind}",`)) memory().delete(key);
      }
    },
  };
}
