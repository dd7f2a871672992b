// What the queries of statistics have in common: the figures of groups of calls, the columns of sums, and how their rows add up.
import { type SQL, sql } from 'drizzle-orm';
import { sumBy } from 'es-toolkit';
import type { EndedBy } from '@/lib/calls/call';
import { prices } from '@/lib/calls/prices';
import { calls, events } from '@/lib/calls/store/schema';
import { type ModelUsage, USAGE_AMOUNTS, type UsageAmount } from '@/lib/calls/usage';
import type { Figures, Spread } from '@/lib/calls/view/agent-stats';
import { groupBy } from '@/lib/core/group-by';
import { currentOutcome } from '@/lib/core/outcome';
import type { Database } from '@/lib/db/database';

/** The requested agent and deployment. */
export const AGENT = sql<string>`${calls.agents}[1]`;
export const DEPLOYMENT = sql<string>`coalesce(${calls.deployments}[1], '')`;

/** Number of non-null values. */
export const count = (what: SQL | SQL.Aliased) => sql<number>`count(${what})`.mapWith(Number);

/** Number of non-null values, and their continuous percentiles in whole milliseconds. */
function spread(ms: SQL | SQL.Aliased) {
  const at = (share: SQL) =>
    sql<number | null>`percentile_cont(${share}) within group (order by ${ms})`.mapWith((value) =>
      Math.round(Number(value)),
    );
  return { measured: count(ms), p50Ms: at(sql`0.5`), p95Ms: at(sql`0.95`) };
}

type SpreadRow = { readonly [Key in keyof Spread]: Spread[Key] | null };
/** The result of {@link spread}. */
export const spreadOf = (row: SpreadRow | undefined): Spread => ({
  measured: row?.measured ?? 0,
  p50Ms: row?.p50Ms ?? undefined,
  p95Ms: row?.p95Ms ?? undefined,
});

const sum = (what: SQL | typeof calls.errors) =>
  sql<number>`coalesce(sum(${what}), 0)`.mapWith(Number);

/** Groups of calls. The columns that tell them apart are first, and `by` has their places, from 1. */
export interface Groups<Columns> {
  readonly where: SQL | undefined;
  readonly columns: Columns;
  readonly by: readonly SQL[];
}
type Columns = Readonly<Record<string, SQL | SQL.Aliased>>;

/** How many calls each group has, and how fast they began. */
export const readCalls = <C extends Columns>(db: Database, { where, columns, by }: Groups<C>) =>
  db
    .select({
      ...columns,
      calls: count(sql`*`),
      missed: count(sql`case when ${calls.joinedAt} is null then ${calls.endedAt} end`),
      timeToJoin: spread(sql`${calls.joinedAt} - ${calls.requestedAt}`),
      timeToFirstAudio: spread(sql`${calls.answeredAt} - ${calls.requestedAt}`),
    })
    .from(calls)
    .where(where)
    .groupBy(...by);

/** How fast the agents of each group answered. */
export const readAnswers = <C extends Columns>(db: Database, { where, columns, by }: Groups<C>) =>
  db
    .select({ ...columns, answer: spread(sql`ms`) })
    .from(calls)
    .crossJoinLateral(sql`unnest(${calls.answerMs}) as ms`)
    .where(where)
    .groupBy(...by);

/** How the calls of each group ended, and what was counted in them: several rows for each. */
export const readEnds = <C extends Columns>(db: Database, { where, columns, by }: Groups<C>) =>
  db
    .select({ ...columns, ...endColumns })
    .from(calls)
    .where(where)
    .groupBy(...by, calls.endedBy, calls.outcome);

/** How calls ended, and what was counted in them; `endedBy` is null for open calls. */
const endColumns = {
  endedBy: calls.endedBy,
  outcome: calls.outcome,
  calls: count(sql`*`),
  errors: sum(calls.errors),
  // Calls that an earlier release stored have null in all four.
  agentTurns: sum(sql`${calls.agentTurns}`),
  interruptions: sum(sql`${calls.interruptions}`),
  toolCalls: sum(sql`${calls.toolCalls}`),
  toolFailures: sum(sql`${calls.toolFailures}`),
};

/** Calls that ended alike, or that are in progress: `endedBy` is null. */
interface EndsRow {
  readonly endedBy: EndedBy | null;
  readonly outcome: string;
  readonly calls: number;
}
type CountsRow = Readonly<
  Record<'errors' | 'agentTurns' | 'interruptions' | 'toolCalls' | 'toolFailures', number>
>;

/** Ended calls by how they ended, and by outcome. */
export function endsOf(rows: readonly EndsRow[]): Pick<Figures, 'endedBy' | 'outcomes'> {
  const ended = rows.filter(({ endedBy }) => endedBy !== null);
  const callsBy = (nameOf: (row: EndsRow) => string | null) =>
    Object.fromEntries(
      [...groupBy(ended, nameOf)].map(([name, alike]) => [name, sumBy(alike, (row) => row.calls)]),
    );
  return {
    endedBy: callsBy((row) => row.endedBy),
    outcomes: callsBy((row) => currentOutcome(row.outcome)),
  };
}

/** What was counted in calls of rows with {@link endColumns}. */
export function countsOf(
  rows: readonly CountsRow[],
): Pick<Figures, 'errors' | 'interruptions' | 'toolFailures'> {
  const all = (name: keyof CountsRow) => sumBy(rows, (row) => row[name]);
  return {
    errors: all('errors'),
    interruptions: { count: all('interruptions'), of: all('agentTurns') },
    toolFailures: { count: all('toolFailures'), of: all('toolCalls') },
  };
}

/** A field of an event's data. */
export const fieldOf = (field: string) => sql<string>`${events.data}->>${sql.raw(`'${field}'`)}`;

/** Without prices there is no cost, and use need not be read, which takes longest. */
export const hasPrices = prices.length > 0;

const ofModel = (field: string) => sql.raw(`model->>'${field}'`);
/** The models of `usage` events, joined as `model`. Group {@link usageColumns} by {@link usageKeys}. */
export const eachModel = sql`jsonb_array_elements(${events.data}->'models') as model`;
export const usageKeys = ['type', 'provider', 'model'].map(ofModel);
/** What was used of a model. */
export const usageColumns = {
  type: sql<ModelUsage['type']>`${ofModel('type')}`.as('type'),
  provider: sql<string>`${ofModel('provider')}`.as('provider'),
  model: sql<string>`${ofModel('model')}`.as('model_name'),
  ...(Object.fromEntries(
    USAGE_AMOUNTS.map((amount) => [amount, sum(sql`(${ofModel(amount)})::float8`)]),
  ) as Record<UsageAmount, SQL<number>>),
};
