// All that is shown of an agent's roll-outs: how the one stands that goes on, or was the last; whether
// another could be started; its versions side by side; and who did what.
import { PRODUCTION } from '@/lib/core/deployment';
import { type RehearsalVerdict, rehearsalVerdict } from '@/lib/simulations/verdict';
import { requireAgent } from './act';
import { inOrder, type VersionFigures } from './figures';
import { percentOf, type Rollout, type RolloutEntry } from './rollout';
import { placesOn, versionsOn } from './running';
import { versionFigures } from './store/read-figures';
import { readHistory, readLast } from './store/rollouts';

/** Milliseconds of calls that are shown while nothing is rolled out. */
const USUAL_MS = 7 * 24 * 60 * 60_000;

/** What runs on a deployment now. */
interface Running {
  readonly deployment: string;
  /** Of its live workers; empty where none is. */
  readonly versions: readonly string[];
  /** Calls that they take at once. */
  readonly places: number;
}

export interface RolloutOverview {
  readonly agent: string;
  /** The one that goes on or was the last, and percent of callers that it gives away now. */
  readonly rollout: (Rollout & { readonly percent: number }) | undefined;
  /** Production first. */
  readonly running: readonly Running[];
  /** Of each deployment that can be rolled out, what its latest rehearsals said. */
  readonly rehearsals: readonly (RehearsalVerdict & { readonly deployment: string })[];
  /** From when on calls are counted: milliseconds since 1970. */
  readonly since: number;
  readonly figures: readonly VersionFigures[];
  /** The newest first. */
  readonly history: readonly RolloutEntry[];
}

/**
 * @param name agent name
 * @throws {Problem} 422 for an agent that there is not; 503 where the database is away
 */
export async function rolloutNow(name: string): Promise<RolloutOverview> {
  const { deployments } = requireAgent(name);
  const others = deployments.filter((one) => one !== PRODUCTION);
  const [last, history] = await Promise.all([readLast(name), readHistory(name)]);
  const since = last && !last.endedAt ? last.startedAt : Date.now() - USUAL_MS;
  const [figures, rehearsals] = await Promise.all([
    versionFigures(name, since),
    Promise.all(
      others.map(async (deployment) => ({
        deployment,
        ...(await rehearsalVerdict(name, deployment)),
      })),
    ),
  ]);
  return {
    agent: name,
    rollout: last && { ...last, percent: percentOf(last) },
    running: [PRODUCTION, ...others].map((deployment) => ({
      deployment,
      versions: versionsOn(name, deployment),
      places: placesOn(name, deployment),
    })),
    rehearsals,
    since,
    figures: inOrder(figures, [PRODUCTION, ...others]),
    history,
  };
}
