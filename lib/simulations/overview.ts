// All that the page shows of the rehearsals: which there are, what goes on, and what came of earlier ones.
import { RehearsalError, readRehearsals } from './files';
import { type KeptRun, type LiveSession, latestRuns, liveSession } from './store/rehearsals';

/** A rehearsal to choose. */
export interface Choosable {
  readonly name: string;
  readonly title: string;
  readonly group: string;
  readonly agent: string;
}

export interface Overview {
  readonly rehearsals: readonly Choosable[];
  /** Why the files cannot be read. */
  readonly fault?: string;
  readonly live?: LiveSession;
  /** The newest first. */
  readonly runs: readonly KeptRun[];
}

function choosable(): Pick<Overview, 'rehearsals' | 'fault'> {
  try {
    const all = readRehearsals();
    return {
      rehearsals: all.map(({ name, title, group, agent }) => ({ name, title, group, agent })),
    };
  } catch (error) {
    const fault = error instanceof RehearsalError ? error.message : `${(error as Error).message}.`;
    return { rehearsals: [], fault };
  }
}

/** @throws {Problem} 503 where the database is away */
export async function rehearsalsNow(): Promise<Overview> {
  const [live, runs] = await Promise.all([liveSession(), latestRuns()]);
  return { ...choosable(), live, runs };
}
