// How the versions of an agent do side by side: the figures of each deployment and version, from the calls
// that are kept. Pure; `read-figures.ts` asks the database for them.
import type { AgentStats } from '@/lib/calls/view/agent-stats';

/** One version of an agent on one deployment. A call counts for the deployment it was asked for. */
export interface VersionFigures extends Omit<AgentStats, 'agent' | 'steps'> {
  /** What ran; undefined where nobody came, or calls tell of no version. */
  readonly version: string | undefined;
  /** Calls that went wrong: see `wentWrong`. */
  readonly wrong: number;
  /** When the last of its calls was asked for: milliseconds since 1970. */
  readonly lastAt: number;
}

/** In the order of the deployments; of each, what ran last is first. */
export function inOrder(
  figures: readonly VersionFigures[],
  deployments: readonly string[],
): readonly VersionFigures[] {
  const place = (name: string) => {
    const at = deployments.indexOf(name);
    return at < 0 ? deployments.length : at;
  };
  return [...figures].sort(
    (one, other) => place(one.deployment) - place(other.deployment) || other.lastAt - one.lastAt,
  );
}
