// Queries the figures of an agent's versions, for the Agents page and for rollouts. A version may be a hash of instructions
// that differ in every call, so only the latest few are read.

import { and, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { FAILED } from '@/lib/calls/call';
import { calls, events } from '@/lib/calls/store/schema';
import {
  AGENT,
  count,
  countsOf,
  DEPLOYMENT,
  eachModel,
  endsOf,
  fieldOf,
  hasPrices,
  readAnswers,
  readCalls,
  readEnds,
  spreadOf,
  usageColumns,
  usageKeys,
} from '@/lib/calls/store/stats-columns';
import { totalCost } from '@/lib/calls/usage';
import { VERSIONS_MAX, type VersionFigures } from '@/lib/calls/view/agent-stats';
import type { Ground } from '@/lib/cluster/ground';
import { FAIL } from '@/lib/core/outcome';
import { type Database, withDatabase } from '@/lib/db/database';

const FAILED_ENDS = sql.raw(FAILED.map((end) => `'${end}'`).join(', '));

/**
 * Whether a call failed: no agent joined, the agent failed or said so itself, an error occurred, or another deployment had to
 * take over. A failed tool alone does not count, because agents expect and handle that.
 */
export const hasFailed = sql<boolean>`(${calls.joinedAt} is null or ${calls.errors} > 0
  or ${calls.outcome} = ${sql.raw(`'${FAIL}'`)}
  or coalesce(${calls.endedBy} in (${FAILED_ENDS}), false) or cardinality(${calls.deployments}) > 1)`;

/** No agent joined, or it reported no version. */
const UNKNOWN = '';
const VERSION = sql<string>`coalesce(${calls.version}, ${sql.raw(`'${UNKNOWN}'`)})`;

/** Selects calls. */
export interface VersionsQuery {
  readonly where: SQL | undefined;
  /** Least time of the calls' requests, milliseconds since 1970. */
  readonly since: number;
  /** How many versions a deployment must have had. */
  readonly least: number;
}

/** A version of an agent on a deployment. */
const key = {
  agent: AGENT.as('agent'),
  deployment: DEPLOYMENT.as('deployment'),
  version: VERSION.as('version'),
};
const BY_KEY = [sql`1`, sql`2`, sql`3`];
const WRONG = count(sql`case when ${hasFailed} then ${calls.endedAt} end`);

/** The latest versions of each deployment. */
function readLatest(db: Database, { where, least }: VersionsQuery) {
  const lastAt = sql<number>`max(${calls.requestedAt})`.mapWith(Number);
  const ofDeployment = sql`partition by ${AGENT}, ${DEPLOYMENT}`;
  const versions = db
    .select({
      ...key,
      lastAt: lastAt.as('last_at'),
      place: sql<number>`row_number() over (${ofDeployment} order by ${lastAt} desc)`.as('place'),
      versions: sql<number>`count(*) over (${ofDeployment})`.as('versions'),
    })
    .from(calls)
    .where(where)
    .groupBy(...BY_KEY)
    .as('versions');
  const { agent, deployment, version } = versions;
  return db
    .select({ agent, deployment, version, lastAt: versions.lastAt })
    .from(versions)
    .where(and(lte(versions.place, VERSIONS_MAX), gte(versions.versions, least)));
}

/** Use by the requested agent only: that of another one says nothing about the version. */
const readUsage = (db: Database, where: SQL | undefined, since: number) =>
  db
    .select({ ...key, ...usageColumns })
    .from(events)
    .innerJoin(calls, eq(calls.id, events.call))
    .crossJoinLateral(eachModel)
    .where(
      and(
        // With the time, for the index.
        ...[eq(events.kind, 'usage'), gte(events.at, since), where],
        ...[eq(fieldOf('agent'), AGENT), eq(fieldOf('deployment'), DEPLOYMENT)],
      ),
    )
    .groupBy(...BY_KEY, ...usageKeys);

/** The values without repetition. */
const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** The figures of the latest versions of each agent and deployment, newest first. @throws {Problem} 503 */
export async function readVersions(
  server: Ground,
  query: VersionsQuery,
): Promise<(VersionFigures & { readonly agent: string })[]> {
  const read = <T>(work: (db: Database) => Promise<T>) => withDatabase(server, work);
  const versions = await read((db) => readLatest(db, query));
  if (versions.length === 0) return [];
  // Two lists instead of a join, which takes several times as long. What matches both by chance is left out below.
  const where = and(
    query.where,
    inArray(AGENT, distinct(versions.map(({ agent }) => agent))),
    inArray(VERSION, distinct(versions.map(({ version }) => version))),
  );
  const groups = { where, columns: key, by: BY_KEY };
  // One after the other: see `read-stats.ts`.
  const columns = { ...key, wrong: WRONG };
  const measured = await read((db) => readCalls(db, { ...groups, columns }));
  const answers = await read((db) => readAnswers(db, groups));
  const ends = await read((db) => readEnds(db, groups));
  const usage = hasPrices ? await read((db) => readUsage(db, where, query.since)) : [];
  type Key = Pick<(typeof versions)[number], 'agent' | 'deployment' | 'version'>;
  return measured
    .flatMap((row) => {
      const own = (other: Key) =>
        other.agent === row.agent &&
        other.deployment === row.deployment &&
        other.version === row.version;
      const latest = versions.find(own);
      if (!latest) return [];
      const itsEnds = ends.filter(own);
      return {
        ...row,
        version: row.version === UNKNOWN ? undefined : row.version,
        joined: row.timeToJoin.measured,
        timeToJoin: spreadOf(row.timeToJoin),
        timeToFirstAudio: spreadOf(row.timeToFirstAudio),
        answer: spreadOf(answers.find(own)?.answer),
        ...endsOf(itsEnds),
        ...countsOf(itsEnds),
        cost: totalCost(usage.filter(own)),
        lastAt: latest.lastAt,
      };
    })
    .sort((one, other) => other.lastAt - one.lastAt);
}
