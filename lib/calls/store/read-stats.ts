// Queries the agents' statistics. The database computes the percentiles over columns of the calls, so that the data of a
// week need not be transferred. Six queries, for all agents at once, and four more if some have several versions; pages and
// API clients get a cached result, because PGlite runs on this process's own thread, where a week of 24,700 calls takes
// 1.3 s on two busy cores (measured: docs/performance.md).

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
  endColumns,
  endsOf,
  fieldOf,
  hasPrices,
  spread,
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
import { type Database, withDatabase } from '@/lib/db/database';

/** Calls for an agent that were requested in the window. */
const inWindow = ({ since, until }: StatsWindow) =>
  and(gte(calls.requestedAt, since), lt(calls.requestedAt, until), isNotNull(AGENT), calls.begun);

/** The window's calls, with the requested agent and deployment, and the step of the request. */
const askedIn = (db: Database, window: StatsWindow) =>
  db
    .select({
      agent: AGENT.as('agent'),
      deployment: DEPLOYMENT.as('deployment'),
      step: sql`(${calls.requestedAt} - ${window.since}) / ${window.stepMs}`.as('step'),
      toJoin: sql`${calls.joinedAt} - ${calls.requestedAt}`.as('to_join'),
      toAudio: sql`${calls.answeredAt} - ${calls.requestedAt}`.as('to_audio'),
      missed: sql`case when ${calls.joinedAt} is null then ${calls.endedAt} end`.as('missed'),
      answers: sql`${calls.answerMs}`.as('answers'),
    })
    .from(calls)
    .where(inWindow(window))
    .as('asked');
type Asked = ReturnType<typeof askedIn>;

/** Agent and deployment of a row; `step` is null in the row of the whole window. */
const rowOf = ({ agent, deployment, step }: Asked) => ({
  agent: sql<string>`${agent}`,
  deployment: sql<string>`${deployment}`,
  step: sql<number | null>`${step}`.mapWith(Number),
});
/** One row per step, and one for the whole window. */
const stepsAndWhole = ({ agent, deployment, step }: Asked) =>
  sql`grouping sets ((${agent}, ${deployment}), (${agent}, ${deployment}, ${step}))`;

function readCalls(db: Database, asked: Asked) {
  const { toJoin, toAudio, missed } = asked;
  return db
    .select({
      ...rowOf(asked),
      calls: count(sql`*`),
      missed: count(missed),
      timeToJoin: spread(toJoin),
      timeToFirstAudio: spread(toAudio),
    })
    .from(asked)
    .groupBy(stepsAndWhole(asked));
}

function readAnswers(db: Database, asked: Asked) {
  return db
    .select({ ...rowOf(asked), answer: spread(sql`ms`) })
    .from(asked)
    .crossJoinLateral(sql`unnest(${asked.answers}) as ms`)
    .groupBy(stepsAndWhole(asked));
}

/** How the calls ended, and what was counted in them. */
function readEnds(db: Database, window: StatsWindow) {
  return db
    .select({ agent: AGENT.as('agent'), deployment: DEPLOYMENT.as('deployment'), ...endColumns })
    .from(calls)
    .where(inWindow(window))
    .groupBy(sql`1`, sql`2`, calls.endedBy, calls.outcome);
}

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
    .groupBy(sql`1`, sql`2`, ...usageKeys);
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

type CallsRow = Awaited<ReturnType<typeof readCalls>>[number];
type AnswersRow = Awaited<ReturnType<typeof readAnswers>>[number];

const measures = (row: CallsRow, answers: AnswersRow | undefined): Measures => ({
  calls: row.calls,
  joined: row.timeToJoin.measured,
  missed: row.missed,
  timeToJoin: spreadOf(row.timeToJoin),
  timeToFirstAudio: spreadOf(row.timeToFirstAudio),
  answer: spreadOf(answers?.answer),
});

async function readMeasured(db: Database, window: StatsWindow): Promise<Measured> {
  const asked = askedIn(db, window);
  // The usual case is one version a deployment, of which the whole says all.
  const several = and(inWindow(window), isNotNull(calls.version));
  const [whole, answers, ends, usage, seen, versions] = await Promise.all([
    readCalls(db, asked),
    readAnswers(db, asked),
    readEnds(db, window),
    hasPrices ? readUsage(db, window) : [],
    readDispatchedByOthers(db, window),
    readVersions(db, { where: several, since: window.since, least: 2 }),
  ]);
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
): Promise<AgentStats[]> =>
  completed(server, window, await withDatabase(server, (db) => readMeasured(db, window)));

/** Number of open calls by requested agent and deployment. */
export function readLiveCounts(db: Database) {
  return db
    .select({
      agent: AGENT.as('agent'),
      deployment: DEPLOYMENT.as('deployment'),
      calls: count(sql`*`),
    })
    .from(calls)
    .where(and(isNull(calls.endedAt), calls.begun))
    .groupBy(sql`1`, sql`2`);
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
    const read = withDatabase(server, (db) => readMeasured(db, window));
    kept = { at: now, window, read };
    all[name] = kept;
    // Failures are not cached.
    read.catch(() => delete all[name]);
  }
  const { window, read } = kept;
  return { ...window, agents: completed(server, window, await read) };
}
