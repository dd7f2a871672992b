// The versions on an agent's deployments, as its live workers report them.
import { sumBy } from 'es-toolkit';
import type { Ground } from '@/lib/cluster/ground';
import { PRODUCTION } from '@/lib/core/deployment';
import { liveWorkers } from '@/lib/livekit/workers';

/** The live workers' distinct versions, sorted; empty if none is live. */
export function versionsOn(server: Ground, agent: string, deployment: string): readonly string[] {
  const live = liveWorkers(server, agent, deployment);
  return [...new Set(live.map(({ version }) => version))].sort();
}

/** Calls that the live workers can take together. */
export function placesOn(server: Ground, agent: string, deployment: string): number {
  return sumBy(liveWorkers(server, agent, deployment), ({ maxJobs }) => maxJobs);
}

/** The version of all of production's live workers; undefined if none is live, or they run several. */
export function productionVersion(server: Ground, agent: string): string | undefined {
  const versions = versionsOn(server, agent, PRODUCTION);
  return versions.length === 1 ? versions[0] : undefined;
}
