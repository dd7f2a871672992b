// Statistics of each version of an agent. The database computes the percentiles. Results are cached for all clients,
// because PGlite runs on this process's thread.
import { and, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { EndedBy, Outcome } from '@/lib/calls/call';
import { count, spread, spreadOf } from '@/lib/calls/store/read-stats';
import { calls } from '@/lib/calls/store/schema';
import type { AgentStats } from '@/lib/calls/view/agent-stats';
import { processSingleton } from '@/lib/core/process-singleton';
import { type Database, withDatabase } from '@/lib/db/database';
import { callersOf, hasFailed } from './read-judged';

/** Statistics of one version of an agent on one deployment. Calls count for the deployment they were requested from. */
export interface VersionStats extends Omit<AgentStats, 'agent' | 'steps'> {
  /** undefined if no agent joined, or it reported no version. */
  readonly version: string | undefined;
  /** Failed calls: see `hasFailed`. */
  readonly wrong: number;
  /** When its last call was requested, in milliseconds since 1970. */
  readonly lastAt: number;
}

/** Sorts by deployment, and each deployment's versions by their last call, newest first. */
export function sortByDeployment(
  figures: readonly VersionStats[],
  deployments: readonly string[],
): readonly VersionStats[] {
  const place = (name: string) => {
    const at = deployments.indexOf(name);
    return at < 0 ? deployments.length : at;
  };
  return [...figures].sort(
    (one, other) => place(one.deployment) - place(other.deployment) || other.lastAt - one.lastAt,
  );
}

/** Milliseconds for which a result is cached. Our own choice: the page's polling interval. */
const CACHE_MS = 5_000;

const DEPLOYMENT = sql<string>`${calls.deployments}[1]`;
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
    const endedBy: Partial<Record<EndedBy, number>> = {};
    const outcomes: Partial<Record<Outcome, number>> = {};
    for (const end of ends.filter(own)) {
      if (end.endedBy === null) continue;
      endedBy[end.endedBy] = (endedBy[end.endedBy] ?? 0) + end.calls;
      outcomes[end.outcome] = (outcomes[end.outcome] ?? 0) + end.calls;
    }
    return {
      ...row,
      version: row.version ?? undefined,
      timeToJoin: spreadOf(row.timeToJoin),
      timeToFirstAudio: spreadOf(row.timeToFirstAudio),
      answer: spreadOf(answers.find(own)?.answer),
      endedBy,
      outcomes,
    };
  });
}

interface Kept {
  readonly at: number;
  readonly since: number;
  readonly figures: Promise<readonly VersionStats[]>;
}

const agents = processSingleton('version-figures', () => new Map<string, Kept>());

/**
 * Statistics of an agent's calls since `since` (milliseconds since 1970), possibly some seconds old.
 * @throws {Problem} 503 if the database is unavailable
 */
export function versionStats(agent: string, since: number): Promise<readonly VersionStats[]> {
  const all = agents();
  const now = Date.now();
  const kept = all.get(agent);
  const near = (one: number, other: number) => Math.abs(one - other) < CACHE_MS;
  const good = kept && near(now, kept.at) && near(since, kept.since);
  if (good) return kept.figures;
  const figures = withDatabase((db) => read(db, agent, since));
  all.set(agent, { at: now, since, figures });
  // Failures are not cached.
  figures.catch(() => all.delete(agent));
  return figures;
}
