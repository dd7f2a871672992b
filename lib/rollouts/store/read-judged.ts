// The calls by which a roll-out is judged: ended calls of an agent, by the deployment they were requested from.
// Simulations do not count.
import { and, arrayContains, count, desc, eq, gte, isNotNull, notExists, sql } from 'drizzle-orm';
import { calls } from '@/lib/calls/store/schema';
import { simulationRuns } from '@/lib/calls/test-calls/tables';
import { type Database, withDatabase } from '@/lib/db/database';
import type { JudgedCall } from '../judge';

/** Failed endings: `EndedBy`. `lost`: no end was reported. */
const WRONG_ENDS = sql`('no agent', 'agent failed', 'lost')`;

/** Whether a call failed: no agent joined, the agent failed, an error occurred, or another deployment had to take over. */
export const hasFailed = sql<boolean>`(${calls.joinedAt} is null or ${calls.errors} > 0
  or coalesce(${calls.endedBy} in ${WRONG_ENDS}, false) or cardinality(${calls.deployments}) > 1)`;

/** Calls of real callers to an agent. */
export const callersOf = (db: Database, agent: string, since: number) =>
  and(
    gte(calls.requestedAt, since),
    // The index supports only this condition.
    arrayContains(calls.agents, [agent]),
    eq(sql`${calls.agents}[1]`, agent),
    calls.begun,
    notExists(
      db.select({ one: sql`1` }).from(simulationRuns).where(eq(simulationRuns.call, calls.id)),
    ),
  );

/** Selects calls. */
interface CallSelection {
  readonly agent: string;
  /** Shown name. */
  readonly deployment: string;
  /** Least time of the request, in milliseconds since 1970. */
  readonly since: number;
}

const over = (db: Database, { agent, deployment, since }: CallSelection) =>
  and(
    callersOf(db, agent, since),
    eq(sql`${calls.deployments}[1]`, deployment),
    isNotNull(calls.endedAt),
  );

/** How many calls have ended. @throws {Problem} 503 if the database is unavailable */
export async function countEnded(meant: CallSelection): Promise<number> {
  const [row] = await withDatabase((db) =>
    db.select({ calls: count() }).from(calls).where(over(db, meant)),
  );
  return row?.calls ?? 0;
}

/** The latest ended calls. @throws {Problem} 503 if the database is unavailable */
export async function latestEnded(
  meant: CallSelection,
  limit: number,
): Promise<readonly JudgedCall[]> {
  const answerMs = sql<number | null>`(select percentile_cont(0.5) within group (order by ms)
    from unnest(${calls.answerMs}) as ms)`.mapWith(Number);
  const rows = await withDatabase((db) =>
    db
      .select({ wrong: hasFailed, answerMs })
      .from(calls)
      .where(over(db, meant))
      .orderBy(desc(calls.requestedAt))
      .limit(limit),
  );
  return rows.map((row) => ({ wrong: row.wrong, answerMs: row.answerMs ?? undefined }));
}
