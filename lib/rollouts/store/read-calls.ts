// Reads the calls of rollouts, by the deployment they were requested from and without simulations: the ended calls by
// which a rollout is judged, and the statistics of each version of an agent.

import {
  and,
  arrayContains,
  desc,
  eq,
  gte,
  isNotNull,
  notExists,
  type SQL,
  sql,
} from 'drizzle-orm';
import { FAILED } from '@/lib/calls/call';
import { count, endsOf, spread, spreadOf } from '@/lib/calls/store/read-stats';
import { calls } from '@/lib/calls/store/schema';
import { simulationRuns } from '@/lib/calls/test-calls/tables';
import type { Ground } from '@/lib/cluster/ground';
import { type Database, withDatabase } from '@/lib/db/database';
import type { JudgedCall } from '../judge';
import type { RolloutsServer, VersionStats } from '../server';

/** The deployment that a call was requested from. */
const DEPLOYMENT = sql<string>`${calls.deployments}[1]`;
const FAILED_ENDS = sql.raw(FAILED.map((end) => `'${end}'`).join(', '));

/** Whether a call failed: no agent joined, the agent failed, an error occurred, or another deployment had to take over. */
const hasFailed = sql<boolean>`(${calls.joinedAt} is null or ${calls.errors} > 0
  or coalesce(${calls.endedBy} in (${FAILED_ENDS}), false) or cardinality(${calls.deployments}) > 1)`;

/** Calls of real callers to an agent. */
const callersOf = (db: Database, agent: string, since: number) =>
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
  and(callersOf(db, agent, since), eq(DEPLOYMENT, deployment), isNotNull(calls.endedAt));

/** How many calls have ended. @throws {Problem} 503 if the database is unavailable */
export async function countEnded(server: Ground, meant: CallSelection): Promise<number> {
  const [row] = await withDatabase(server, (db) =>
    db
      .select({ calls: count(sql`*`) })
      .from(calls)
      .where(over(db, meant)),
  );
  return row?.calls ?? 0;
}

/** The latest ended calls. @throws {Problem} 503 if the database is unavailable */
export async function latestEnded(
  server: Ground,
  meant: CallSelection,
  limit: number,
): Promise<readonly JudgedCall[]> {
  const answerMs = sql<number | null>`(select percentile_cont(0.5) within group (order by ms)
    from unnest(${calls.answerMs}) as ms)`.mapWith(Number);
  const rows = await withDatabase(server, (db) =>
    db
      .select({ wrong: hasFailed, answerMs })
      .from(calls)
      .where(over(db, meant))
      .orderBy(desc(calls.requestedAt))
      .limit(limit),
  );
  return rows.map((row) => ({ wrong: row.wrong, answerMs: row.answerMs ?? undefined }));
}

/**
 * Milliseconds for which statistics are cached for all clients, because PGlite runs on this process's thread. Our own
 * choice: the page's polling interval.
 */
const CACHE_MS = 5_000;

const GROUP = [sql`1`, sql`2`];
/** The key of a row: the first two columns. */
const rowOf = { deployment: DEPLOYMENT.as('deployment'), version: calls.version };

type Where = SQL | undefined;

const readCalls = (db: Database, where: Where) =>
  db
    .select({
      ...rowOf,
      calls: count(sql`*`),
      joined: count(calls.joinedAt as unknown as SQL),
      missed: count(sql`case when ${calls.joinedAt} is null then ${calls.endedAt} end`),
      wrong: count(sql`case when ${hasFailed} then ${calls.endedAt} end`),
      errors: sql<number>`sum(${calls.errors})`.mapWith(Number),
      timeToJoin: spread(sql`${calls.joinedAt} - ${calls.requestedAt}`),
      timeToFirstAudio: spread(sql`${calls.answeredAt} - ${calls.requestedAt}`),
      lastAt: sql<number>`max(${calls.requestedAt})`.mapWith(Number),
    })
    .from(calls)
    .where(where)
    .groupBy(...GROUP);

const readAnswers = (db: Database, where: Where) =>
  db
    .select({ ...rowOf, answer: spread(sql`ms`) })
    .from(calls)
    .crossJoinLateral(sql`unnest(${calls.answerMs}) as ms`)
    .where(where)
    .groupBy(...GROUP);

const readEnds = (db: Database, where: Where) =>
  db
    .select({ ...rowOf, endedBy: calls.endedBy, outcome: calls.outcome, calls: count(sql`*`) })
    .from(calls)
    .where(and(where, isNotNull(calls.endedAt)))
    .groupBy(...GROUP, calls.endedBy, calls.outcome);

async function read(db: Database, agent: string, since: number): Promise<VersionStats[]> {
  const where = and(callersOf(db, agent, since), isNotNull(DEPLOYMENT));
  const [measured, answers, ends] = await Promise.all([
    readCalls(db, where),
    readAnswers(db, where),
    readEnds(db, where),
  ]);
  return measured.map((row) => {
    const own = (other: { readonly deployment: string; readonly version: string | null }) =>
      other.deployment === row.deployment && other.version === row.version;
    return {
      ...row,
      version: row.version ?? undefined,
      timeToJoin: spreadOf(row.timeToJoin),
      timeToFirstAudio: spreadOf(row.timeToFirstAudio),
      answer: spreadOf(answers.find(own)?.answer),
      ...endsOf(ends.filter(own)),
    };
  });
}

/**
 * Statistics of an agent's calls since `since` (milliseconds since 1970), possibly some seconds old.
 * @throws {Problem} 503 if the database is unavailable
 */
export function versionStats(
  server: RolloutsServer,
  agent: string,
  since: number,
): Promise<readonly VersionStats[]> {
  const all = server.versionStats;
  const now = Date.now();
  const cached = all.get(agent);
  const near = (one: number, other: number) => Math.abs(one - other) < CACHE_MS;
  const good = cached && near(now, cached.at) && near(since, cached.since);
  if (good) return cached.figures;
  const figures = withDatabase(server, (db) => read(db, agent, since));
  all.set(agent, { at: now, since, figures });
  // Failures are not cached.
  figures.catch(() => all.delete(agent));
  return figures;
}
