// The verdict of the latest simulations of an agent on a deployment, which a rollout requires. Each scenario counts
// by its latest session.

import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import { simulationRuns, simulationSessions } from '@/lib/calls/test-calls/tables';
import type { Ground } from '@/lib/cluster/ground';
import { withDatabase } from '@/lib/db/database';

/** A run, as far as the verdict needs it. Runs that were started together have the same session. */
export type JudgedRun = Pick<
  typeof simulationRuns.$inferSelect,
  'scenario' | 'title' | 'session' | 'state' | 'startedAt'
>;

/** A scenario that did not pass every time in its latest session. */
interface FailedScenario {
  readonly scenario: string;
  readonly title: string;
  readonly passed: number;
  readonly of: number;
}

export interface SimulationVerdict {
  /** `missing`: there are no runs. A scenario that passes only sometimes has failed. */
  readonly state: 'passed' | 'failed' | 'missing';
  /** How many scenarios were run. */
  readonly held: number;
  readonly failed: readonly FailedScenario[];
  /** When the last run began, in milliseconds since 1970. */
  readonly at?: number | undefined;
}

/** The verdict of runs of one agent and deployment. */
export function verdictOfRuns(runs: readonly JudgedRun[]): SimulationVerdict {
  const over = runs
    .filter(({ state }) => state === 'passed' || state === 'failed')
    .sort((one, other) => other.startedAt - one.startedAt);
  const names = [...new Set(over.map(({ scenario }) => scenario))];
  const failed = names.flatMap((name): FailedScenario[] => {
    const of = over.filter(({ scenario }) => scenario === name);
    const [last] = of as [JudgedRun];
    const latest = of.filter(({ session }) => session === last.session);
    const passed = latest.filter(({ state }) => state === 'passed').length;
    if (passed === latest.length) return [];
    return [{ scenario: name, title: last.title, passed, of: latest.length }];
  });
  if (names.length === 0) return { state: 'missing', held: 0, failed };
  const state = failed.length > 0 ? 'failed' : 'passed';
  return { state, held: names.length, failed, at: over[0]?.startedAt };
}

/**
 * Whether the latest simulations of an agent on a deployment passed: those that this server ran, or whose report came with
 * the LiveKit secret or from somebody who may change the rules.
 * @param deployment as shown
 * @throws {Problem} 503 if the database is unavailable
 */
export async function simulationVerdict(
  server: Ground,
  agent: string,
  deployment: string,
): Promise<SimulationVerdict> {
  const { scenario, title, session, state, startedAt } = simulationRuns;
  const counting = and(
    eq(simulationRuns.agent, agent),
    eq(simulationRuns.deployment, deployment),
    inArray(state, ['passed', 'failed']),
  );
  const runs = await withDatabase(server, (db) => {
    // The latest session of each scenario, so that no number of runs of one scenario hides another's.
    const latest = db
      .selectDistinctOn([scenario], { of: scenario, last: session })
      .from(simulationRuns)
      .innerJoin(simulationSessions, eq(simulationSessions.id, session))
      .where(and(counting, ne(simulationSessions.by, 'developer')))
      .orderBy(scenario, desc(startedAt))
      .as('latest');
    return db
      .select({ scenario, title, session, state, startedAt })
      .from(simulationRuns)
      .innerJoin(latest, and(eq(latest.of, scenario), eq(latest.last, session)))
      .where(counting);
  });
  return verdictOfRuns(runs);
}
