// Reads the calls of rollouts, by the deployment they were requested from and without simulations: the ended calls by
// which a rollout is judged, and the statistics of each version of an agent.

import { and, arrayContains, desc, eq, gte, isNotNull, notExists, sql } from 'drizzle-orm';
import { hasFailed, readVersions } from '@/lib/calls/store/read-versions';
import { calls } from '@/lib/calls/store/schema';
import { count } from '@/lib/calls/store/stats-columns';
import { simulationRuns } from '@/lib/calls/test-calls/tables';
import type { VersionFigures } from '@/lib/calls/view/agent-stats';
import type { Ground } from '@/lib/cluster/ground';
import { withDatabase } from '@/lib/db/database';
import type { JudgedCall } from '@/lib/rollouts/judge';
import type { RolloutsServer } from '@/lib/rollouts/server';

/** The deployment that a call was requested from. */
const DEPLOYMENT = sql<string>`${calls.deployments}[1]`;
/** Calls of real callers to an agent. */
const callersOf = (agent: string, since: number) =>
  and(
    gte(calls.requestedAt, since),
    // The index supports only this condition.
    arrayContains(calls.agents, [agent]),
    eq(sql`${calls.agents}[1]`, agent),
    calls.begun,
    notExists(sql`(select 1 from ${simulationRuns} where ${simulationRuns.call} = ${calls.id})`),
  );

interface CallSelection {
  readonly agent: string;
  /** Shown name. */
  readonly deployment: string;
  /** Least time of the request, in milliseconds since 1970. */
  readonly since: number;
}

const over = ({ agent, deployment, since }: CallSelection) =>
  and(callersOf(agent, since), eq(DEPLOYMENT, deployment), isNotNull(calls.endedAt));

/** How many calls have ended. @throws {Problem} 503 if the database is unavailable */
export async function countEnded(server: Ground, meant: CallSelection): Promise<number> {
  const [row] = await withDatabase(server, (db) =>
    db
      .select({ calls: count(sql`*`) })
      .from(calls)
      .where(over(meant)),
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
      .where(over(meant))
      .orderBy(desc(calls.requestedAt))
      .limit(limit),
  );
  return rows.map((row) => ({ wrong: row.wrong, answerMs: row.answerMs ?? undefined }));
}

/**
 * Milliseconds for which statistics are cached for all clients, because PGlite does one thing at a time. Our own choice:
 * the page's polling interval.
 */
const CACHE_MS = 5_000;

const read = (server: Ground, agent: string, since: number) =>
  readVersions(server, {
    where: and(callersOf(agent, since), isNotNull(DEPLOYMENT)),
    ...{ since, least: 1 },
  });

/**
 * The version of the latest call to a deployment that reported one; undefined if none has.
 * @throws {Problem} 503 if the database is unavailable
 */
export async function latestVersion(
  server: Ground,
  { agent, deployment, since }: CallSelection,
): Promise<string | undefined> {
  const [row] = await withDatabase(server, (db) =>
    db
      .select({ version: calls.version })
      .from(calls)
      .where(
        and(
          ...[gte(calls.requestedAt, since), arrayContains(calls.agents, [agent])],
          ...[eq(sql`${calls.agents}[1]`, agent), eq(DEPLOYMENT, deployment)],
          isNotNull(calls.version),
        ),
      )
      .orderBy(desc(calls.requestedAt))
      .limit(1),
  );
  return row?.version ?? undefined;
}

/**
 * Statistics of an agent's calls since `since` (milliseconds since 1970), possibly some seconds old.
 * @throws {Problem} 503 if the database is unavailable
 */
export function versionStats(
  server: RolloutsServer,
  agent: string,
  since: number,
): Promise<readonly VersionFigures[]> {
  const all = server.versionStats;
  const now = Date.now();
  const cached = all.get(agent);
  const near = (one: number, other: number) => Math.abs(one - other) < CACHE_MS;
  const good = cached && near(now, cached.at) && near(since, cached.since);
  if (good) return cached.figures;
  const figures = read(server, agent, since);
  all.set(agent, { at: now, since, figures });
  // Failures are not cached.
  figures.catch(() => all.delete(agent));
  return figures;
}
