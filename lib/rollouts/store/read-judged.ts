// The calls that a roll-out is judged by: those that are over, of an agent on a deployment, each by what
// it was asked for. Rehearsals are no callers, and do not count.
import { and, arrayContains, count, desc, eq, gte, isNotNull, notExists, sql } from 'drizzle-orm';
import { calls } from '@/lib/calls/store/schema';
import { rehearsalRuns } from '@/lib/calls/test-calls/tables';
import { type Database, withDatabase } from '@/lib/db/database';
import type { JudgedCall } from '../judge';

/** How things end that ought not to: `EndedBy`. `lost`: nobody told of the end. */
const WRONG_ENDS = sql`('no agent', 'agent failed', 'lost')`;

/**
 * Whether a call went wrong: nobody came, the agent failed, something in the call did, or another
 * deployment had to step in.
 */
export const wentWrong = sql<boolean>`(${calls.joinedAt} is null or ${calls.errors} > 0
  or coalesce(${calls.endedBy} in ${WRONG_ENDS}, false) or cardinality(${calls.deployments}) > 1)`;

/** Calls that were asked for from an agent by those who are no rehearsals. */
export const callersOf = (db: Database, agent: string, since: number) =>
  and(
    gte(calls.requestedAt, since),
    // The first condition is what the index knows.
    arrayContains(calls.agents, [agent]),
    eq(sql`${calls.agents}[1]`, agent),
    calls.begun,
    notExists(
      db.select({ one: sql`1` }).from(rehearsalRuns).where(eq(rehearsalRuns.call, calls.id)),
    ),
  );

/** Which calls are meant. */
interface Meant {
  readonly agent: string;
  /** Shown name. */
  readonly deployment: string;
  /** Milliseconds since 1970 at which they were asked for, or later. */
  readonly since: number;
}

const over = (db: Database, { agent, deployment, since }: Meant) =>
  and(
    callersOf(db, agent, since),
    eq(sql`${calls.deployments}[1]`, deployment),
    isNotNull(calls.endedAt),
  );

/** How many calls are over. @throws {Problem} 503 where the database is away */
export async function countOver(meant: Meant): Promise<number> {
  const [row] = await withDatabase((db) =>
    db.select({ calls: count() }).from(calls).where(over(db, meant)),
  );
  return row?.calls ?? 0;
}

/** The latest calls that are over, at most so many. @throws {Problem} 503 where the database is away */
export async function latestOver(meant: Meant, limit: number): Promise<readonly JudgedCall[]> {
  const answerMs = sql<number | null>`(select percentile_cont(0.5) within group (order by ms)
    from unnest(${calls.answerMs}) as ms)`.mapWith(Number);
  const rows = await withDatabase((db) =>
    db
      .select({ wrong: wentWrong, answerMs })
      .from(calls)
      .where(over(db, meant))
      .orderBy(desc(calls.requestedAt))
      .limit(limit),
  );
  return rows.map((row) => ({ wrong: row.wrong, answerMs: row.answerMs ?? undefined }));
}
