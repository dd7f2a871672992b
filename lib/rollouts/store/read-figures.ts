// The figures of each version of an agent, asked of the database: percentiles are computed there. Computed at
// most so often, however many look: PGlite works on this process's own thread.
import { and, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { EndedBy, Outcome } from '@/lib/calls/call';
import { count, spread, spreadOf } from '@/lib/calls/store/read-stats';
import { calls } from '@/lib/calls/store/schema';
import { processSingleton } from '@/lib/core/process-singleton';
import { type Database, withDatabase } from '@/lib/db/database';
import type { VersionFigures } from '../figures';
import { callersOf, wentWrong } from './read-judged';

/** Milliseconds for which an answer is good. Our own choice: the page asks this often. */
const GOOD_MS = 5_000;

const DEPLOYMENT = sql<string>`${calls.deployments}[1]`;
const GROUP = [sql`1`, sql`2`];
/** Who a row is of: the first two columns. */
const rowOf = { deployment: DEPLOYMENT.as('deployment'), version: calls.version };

type Where = SQL | undefined;

const readCalls = (db: Database, where: Where) =>
  db
    .select({
      ...rowOf,
      calls: count(sql`*`),
      joined: count(calls.joinedAt as unknown as SQL),
      missed: count(sql`case when ${calls.joinedAt} is null then ${calls.endedAt} end`),
      wrong: count(sql`case when ${wentWrong} then ${calls.endedAt} end`),
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

async function read(db: Database, agent: string, since: number): Promise<VersionFigures[]> {
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
  readonly figures: Promise<readonly VersionFigures[]>;
}

const agents = processSingleton('version-figures', () => new Map<string, Kept>());

/**
 * The figures of an agent's calls since then (milliseconds since 1970), as they are or were a moment ago.
 * @throws {Problem} 503 where the database is away
 */
export function versionFigures(agent: string, since: number): Promise<readonly VersionFigures[]> {
  const all = agents();
  const now = Date.now();
  const kept = all.get(agent);
  const near = (one: number, other: number) => Math.abs(one - other) < GOOD_MS;
  const good = kept && near(now, kept.at) && near(since, kept.since);
  if (good) return kept.figures;
  const figures = withDatabase((db) => read(db, agent, since));
  all.set(agent, { at: now, since, figures });
  // A failure is no answer: whoever asks next asks the database.
  figures.catch(() => all.delete(agent));
  return figures;
}
