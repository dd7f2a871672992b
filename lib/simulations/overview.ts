// The simulations page's data: the scenarios, the running session, and earlier results.
import { readScenarios, ScenarioError } from './scenario-files';
import { type KeptRun, type LiveSession, latestRuns, liveSession } from './store/simulations';

/** A scenario that can be chosen. */
export interface ScenarioChoice {
  readonly name: string;
  readonly title: string;
  readonly group: string;
  readonly agent: string;
}

export interface Overview {
  readonly simulations: readonly ScenarioChoice[];
  /** Why the files could not be read. */
  readonly fault?: string;
  readonly live?: LiveSession;
  /** Newest first. */
  readonly runs: readonly KeptRun[];
}

function choosable(): Pick<Overview, 'simulations' | 'fault'> {
  try {
    const all = readScenarios();
    return {
      simulations: all.map(({ name, title, group, agent }) => ({ name, title, group, agent })),
    };
  } catch (error) {
    const fault = error instanceof ScenarioError ? error.message : `${(error as Error).message}.`;
    return { simulations: [], fault };
  }
}

/** @throws {Problem} 503 if the database is unavailable */
export async function simulationsOverview(): Promise<Overview> {
  const [live, runs] = await Promise.all([liveSession(), latestRuns()]);
  return { ...choosable(), live, runs };
}
