// Queries the agents' statistics. The database computes the percentiles over columns of the calls, so that the data of a
// week need not be transferred. Six queries, for all agents at once, and four more if some have several versions. PGlite
// does one thing at a time, and a week of 24,700 calls takes it 1.3 s on two busy cores (measured: docs/performance.md).
// So pages and API clients get a cached result, and the queries run one after the other, with other requests in between; on
// a server, they leave the other connections to those.

import { and, eq, gte, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { listedAgents } from '@/lib/agents/registry';
import type { AgentsServer } from '@/lib/agents/server';
import type { CallsServer } from '@/lib/calls/server';
import { readVersions } from '@/lib/calls/store/read-versions';
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
import {
  type AgentStats,
  completeStats,
  type Measured,
  type Measures,
  type StatsWindow,
  type WindowName,
  type WindowStats,
  windowAt,
} from '@/lib/calls/view/agent-stats';
import type { Ground } from '@/lib/cluster/ground';
import { type Database, withDatabase } from '@/lib/db/database';

/** Calls for an agent that were requested in the window. */
const inWindow = ({ since, until }: StatsWindow) =>
  and(gte(calls.requestedAt, since), lt(calls.requestedAt, until), isNotNull(AGENT), calls.begun);

/** The agent and deployment that were requested. */
const key = { agent: AGENT.as('agent'), deployment: DEPLOYMENT.as('deployment') };
const BY_KEY = [sql`1`, sql`2`];

/** One row per step, and one for the whole window, in which `step` is null. */
const stepsAndWhole = (window: StatsWindow) => {
  const step = sql<number | null>`(${calls.requestedAt} - ${window.since}) / ${window.stepMs}`;
  return {
    where: inWindow(window),
    columns: { ...key, step: step.mapWith(Number).as('step') },
    by: [sql`grouping sets ((1, 2), (1, 2, 3))`],
  };
};

/** What was used in the window, for each agent, deployment and model: those of the part of a call, not of the request. */
function readUsage(db: Database, { since, until }: StatsWindow) {
  return db
    .select({
      agent: fieldOf('agent').as('agent'),
      deployment: fieldOf('deployment').as('deployment'),
      ...usageColumns,
    })
    .from(events)
    .crossJoinLateral(eachModel)
    .where(and(eq(events.kind, 'usage'), gte(events.at, since), lt(events.at, until)))
    .groupBy(...BY_KEY, ...usageKeys);
}

/** Agents that another program dispatched into a call, which need not be the requested ones. */
function readDispatchedByOthers(db: Database, { since, until }: StatsWindow) {
  return db
    .selectDistinct({ agent: fieldOf('agent'), deployment: fieldOf('deployment') })
    .from(events)
    .where(
      and(
        eq(events.kind, 'dispatched'),
        sql`${events.data}->>'by' = 'other'`,
        gte(events.at, since),
        lt(events.at, until),
      ),
    );
}

type Steps = ReturnType<typeof stepsAndWhole>['columns'];
type CallsRow = Awaited<ReturnType<typeof readCalls<Steps>>>[number];
type AnswersRow = Awaited<ReturnType<typeof readAnswers<Steps>>>[number];

const measures = (row: CallsRow, answers: AnswersRow | undefined): Measures => ({
  calls: row.calls,
  joined: row.timeToJoin.measured,
  missed: row.missed,
  timeToJoin: spreadOf(row.timeToJoin),
  timeToFirstAudio: spreadOf(row.timeToFirstAudio),
  answer: spreadOf(answers?.answer),
});

async function readMeasured(server: Ground, window: StatsWindow): Promise<Measured> {
  const read = <T>(query: (db: Database) => Promise<T>) => withDatabase(server, query);
  const steps = stepsAndWhole(window);
  // The usual case is one version a deployment, of which the whole says all.
  const several = and(inWindow(window), isNotNull(calls.version));
  const whole = await read((db) => readCalls(db, steps));
  const answers = await read((db) => readAnswers(db, steps));
  const groups = { where: inWindow(window), columns: key, by: BY_KEY };
  const ends = await read((db) => readEnds(db, groups));
  const usage = hasPrices ? await read((db) => readUsage(db, window)) : [];
  const seen = await read((db) => readDispatchedByOthers(db, window));
  const versions = await readVersions(server, { where: several, since: window.since, least: 2 });
  type Key = Pick<CallsRow, 'agent' | 'deployment'>;
  const same = (one: Key) => (other: Key) =>
    one.agent === other.agent && one.deployment === other.deployment;
  const measured = whole
    .filter(({ step }) => step === null)
    .map((row): AgentStats => {
      const itsAnswers = answers.filter(same(row));
      const measure = (of: CallsRow) =>
        measures(
          of,
          itsAnswers.find(({ step }) => step === of.step),
        );
      const steps = whole
        .filter(same(row))
        .flatMap((of) =>
          of.step === null ? [] : [{ ...measure(of), at: window.since + of.step * window.stepMs }],
        );
      const { agent, deployment } = row;
      const itsEnds = ends.filter(same(row));
      return {
        ...{ agent, deployment, ...measure(row), ...endsOf(itsEnds), ...countsOf(itsEnds) },
        cost: totalCost(usage.filter(same(row))),
        versions: versions.filter(same(row)).map(({ agent: _, ...version }) => version),
        steps,
      };
    });
  return { measured, seen };
}

const completed = (server: AgentsServer, window: StatsWindow, read: Measured) =>
  completeStats(read, window, listedAgents(server));

/**
 * The statistics of all agents and deployments, for calls requested within the window.
 * @throws {Problem} 503 if the database is unavailable
 */
export const agentStats = async (
  server: AgentsServer,
  window: StatsWindow,
): Promise<AgentStats[]> => completed(server, window, await readMeasured(server, window));

/** Number of open calls by requested agent and deployment. */
export function readLiveCounts(db: Database) {
  return db
    .select({ ...key, calls: count(sql`*`) })
    .from(calls)
    .where(and(isNull(calls.endedAt), calls.begun))
    .groupBy(...BY_KEY);
}

/** Cache lifetime in milliseconds: a small part of a step. Our own choice. */
const GOOD_MS: Readonly<Record<WindowName, number>> = { hour: 2_000, day: 10_000, week: 60_000 };

/**
 * The statistics of the window that ends now or ended a moment ago, of the agents that are listed now.
 * @throws {Problem} 503 if the database is unavailable
 */
export async function recentStats(server: CallsServer, name: WindowName): Promise<WindowStats> {
  const all = server.recentStats;
  const now = Date.now();
  let kept = all[name];
  if (!kept || Math.abs(now - kept.at) >= GOOD_MS[name]) {
    const window = windowAt(name, now);
    const read = readMeasured(server, window);
    kept = { at: now, window, read };
    all[name] = kept;
    // Failures are not cached.
    read.catch(() => delete all[name]);
  }
  const { window, read } = kept;
  return { ...window, agents: completed(server, window, await read) };
}
