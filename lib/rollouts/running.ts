// Which versions run on the deployments of an agent, as its live workers report them.
import { PRODUCTION, wireDeployment } from '@/lib/core/deployment';
import { liveWorkers } from '@/lib/livekit/workers';

/** The versions of the live workers, each once, in an order that stays; empty where none is live. */
export function versionsOn(agent: string, deployment: string): readonly string[] {
  const live = liveWorkers(agent, wireDeployment(deployment));
  return [...new Set(live.map(({ version }) => version))].sort();
}

/** Calls that the live workers take together. */
export function placesOn(agent: string, deployment: string): number {
  const live = liveWorkers(agent, wireDeployment(deployment));
  return live.reduce((sum, { maxJobs }) => sum + maxJobs, 0);
}

/** What all of production's live workers run; undefined where none is live, or they run several. */
export function productionVersion(agent: string): string | undefined {
  const versions = versionsOn(agent, PRODUCTION);
  return versions.length === 1 ? versions[0] : undefined;
}
