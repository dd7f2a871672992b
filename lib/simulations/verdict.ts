// What the latest rehearsals say of an agent on a deployment: whoever rolls it out asks this first. Each
// rehearsal speaks by the last time it was started; what was held before is history.
import { and, desc, eq, sql } from 'drizzle-orm';
import { rehearsalRuns } from '@/lib/calls/test-calls/tables';
import { withDatabase } from '@/lib/db/database';

/** Runs that are looked at: some tens of each rehearsal. */
const RUNS_MAX = 1_000;

/** A run, as far as the verdict goes by it. */
export interface JudgedRun {
  readonly rehearsal: string;
  readonly title: string;
  /** Runs that were started together have the same. */
  readonly session: string;
  readonly state: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** What the agent said it was; not set of runs whose agent said nothing. */
  readonly version?: string | null;
}

/** A rehearsal that did not pass each time it was held last. */
interface FailedRehearsal {
  readonly rehearsal: string;
  readonly title: string;
  readonly passed: number;
  readonly of: number;
}

export interface RehearsalVerdict {
  /** `missing`: none was held. One that passes only sometimes has failed. */
  readonly state: 'passed' | 'failed' | 'missing';
  /** How many rehearsals were held. */
  readonly held: number;
  readonly failed: readonly FailedRehearsal[];
  /** When the last one began: milliseconds since 1970. */
  readonly at?: number;
}

/**
 * The verdict of runs on one agent and deployment.
 * @param version counts only what was held with it; left out, whatever ran last
 */
export function verdictOfRuns(runs: readonly JudgedRun[], version?: string): RehearsalVerdict {
  const over = runs
    .filter(({ state }) => state === 'passed' || state === 'failed')
    .filter((run) => version === undefined || run.version === version)
    .sort((one, other) => other.startedAt - one.startedAt);
  const names = [...new Set(over.map(({ rehearsal }) => rehearsal))];
  const failed = names.flatMap((name): FailedRehearsal[] => {
    const of = over.filter(({ rehearsal }) => rehearsal === name);
    const [last] = of as [JudgedRun];
    const latest = of.filter(({ session }) => session === last.session);
    const passed = latest.filter(({ state }) => state === 'passed').length;
    if (passed === latest.length) return [];
    return [{ rehearsal: name, title: last.title, passed, of: latest.length }];
  });
  if (names.length === 0) return { state: 'missing', held: 0, failed };
  const state = failed.length > 0 ? 'failed' : 'passed';
  return { state, held: names.length, failed, at: over[0]?.startedAt };
}

/**
 * Whether the latest rehearsals of an agent on a deployment passed.
 * @param deployment shown name
 * @param version of the agents' software, as workers report it; left out, whatever ran last
 * @throws {Problem} 503 where the database is away
 */
export async function rehearsalVerdict(
  agent: string,
  deployment: string,
  version?: string,
): Promise<RehearsalVerdict> {
  const { rehearsal, title, session, state, startedAt, result } = rehearsalRuns;
  const runs = await withDatabase((db) =>
    db
      .select({
        ...{ rehearsal, title, session, state, startedAt },
        version: sql<string | null>`${result} ->> 'version'`,
      })
      .from(rehearsalRuns)
      .where(and(eq(rehearsalRuns.agent, agent), eq(rehearsalRuns.deployment, deployment)))
      .orderBy(desc(startedAt))
      .limit(RUNS_MAX),
  );
  return verdictOfRuns(runs, version);
}
