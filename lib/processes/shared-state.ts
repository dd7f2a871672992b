// Small things that all web processes have to agree on: lines of callers, invitations, calls of strangers, rules.
// A row each in the PostgreSQL server they share; in the memory of a process that is the only one.
import { and, eq, lt, sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { withDatabase } from '../calls/store/database';
import type { Invitation } from '../invitations';
import type { StrangerCalls } from '../limits/strangers';
import type { Line } from '../line/line';
import { hasOthers } from './bus';
import { PROCESS_LOCKS } from './locks';

/** What is kept, by what it is and a key of its own. */
export const sharedState = pgTable(
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

/** What there is. */
interface Kinds {
  readonly line: Line;
  readonly invitation: Invitation;
  readonly 'stranger-calls': StrangerCalls;
  readonly rules: { readonly text: string };
}

/** What is to be kept from now on, and what whoever changed it is told. */
export interface Changed<T, R> {
  readonly after: T;
  readonly result: R;
}

type Kept = Map<string, { value: unknown; changedAt: number }>;
/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardState?: Kept };

function memory(): Kept {
  shared.callboardState ??= new Map();
  return shared.callboardState;
}

const memoryKey = (kind: string, key: string) => JSON.stringify([kind, key]);

/** Changes something in this process's memory: all there is where it is the only one. */
export function changeOwn<K extends keyof Kinds, R>(
  kind: K,
  key: string,
  change: (before: Kinds[K] | undefined) => Changed<Kinds[K], R>,
): R {
  const own = memoryKey(kind, key);
  const { after, result } = change(memory().get(own)?.value as Kinds[K] | undefined);
  memory().set(own, { value: after, changedAt: Date.now() });
  return result;
}

/**
 * Changes something: nobody else does meanwhile, in no process.
 * @throws {Problem} 503 where the database does not answer; and whatever `change` throws
 */
export async function changeShared<K extends keyof Kinds, R>(
  kind: K,
  key: string,
  change: (before: Kinds[K] | undefined) => Changed<Kinds[K], R>,
): Promise<R> {
  if (!hasOthers()) return changeOwn(kind, key, change);
  const { value } = sharedState;
  const where = and(eq(sharedState.kind, kind), eq(sharedState.key, key));
  return withDatabase((db) =>
    db.transaction(async (tx) => {
      const name = memoryKey(kind, key);
      await tx.execute(
        sql`select pg_advisory_xact_lock(${PROCESS_LOCKS.state}::int, hashtext(${name}))`,
      );
      const [row] = await tx.select({ value }).from(sharedState).where(where);
      const { after, result } = change(row?.value as Kinds[K] | undefined);
      const set = { value: after, changedAt: Date.now() };
      await tx
        .insert(sharedState)
        .values({ kind, key, ...set })
        .onConflictDoUpdate({ target: [sharedState.kind, sharedState.key], set });
      return result;
    }),
  );
}

/** What is kept. @throws {Problem} 503 where the database does not answer */
export async function readShared<K extends keyof Kinds>(
  kind: K,
  key: string,
): Promise<Kinds[K] | undefined> {
  if (!hasOthers()) return memory().get(memoryKey(kind, key))?.value as Kinds[K] | undefined;
  const where = and(eq(sharedState.kind, kind), eq(sharedState.key, key));
  const [row] = await withDatabase((db) =>
    db.select({ value: sharedState.value }).from(sharedState).where(where),
  );
  return row?.value as Kinds[K] | undefined;
}

/** Forgets what nobody has changed since (milliseconds since 1970). @throws {Problem} 503 */
export async function forgetShared(kind: keyof Kinds, before: number): Promise<void> {
  if (hasOthers()) {
    const old = and(eq(sharedState.kind, kind), lt(sharedState.changedAt, before));
    await withDatabase((db) => db.delete(sharedState).where(old));
    return;
  }
  for (const [key, { changedAt }] of memory()) {
    if (changedAt < before && key.startsWith(`["${kind}",`)) memory().delete(key);
  }
}
