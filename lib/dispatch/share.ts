// A share of an agent's callers who go to another deployment: which callers it takes, always the same ones, and only while
// that deployment has a live worker, or does not report. A rule's own share comes first, then the share of the agent's rollout.

import { createHash } from 'node:crypto';
import type { AgentsServer } from '@/lib/agents/server';
import { mayBeLive } from '@/lib/agents/status';
import { PRODUCTION } from '@/lib/core/deployment';
import { logInfo } from '@/lib/core/log';
import type { Destination, DispatchServer } from '@/lib/dispatch/server';

/** A number in [0, 100), constant for a share and a caller, and uniformly distributed. */
function shareNumber(share: string, caller: string): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([share, caller]))
    .digest();
  return (hash.readUIntBE(0, 6) / 2 ** 48) * 100;
}

/** Whether an agent's deployment (as shown) may have a live worker. */
export type IsLive = (server: AgentsServer, agent: string, deployment: string) => boolean;

/** The deployment for a caller. Deployments as shown. */
export interface Choice {
  readonly deployment: string;
  /** Where the caller goes if no agent joins from the share's deployment. */
  readonly fallback?: string;
  /** The share's deployment, if the caller does not go there because it has no live worker. */
  readonly missed?: string;
}

/** The deployment for this caller. */
export function chooseDeployment(
  server: DispatchServer,
  { agent, deployment, share: own }: Destination,
  caller: string,
  isLive: IsLive = mayBeLive,
): Choice {
  const share = own ?? (deployment === PRODUCTION ? server.shares.get(agent) : undefined);
  if (!share || shareNumber(share.seed, caller) >= share.percent) return { deployment };
  if (!isLive(server, agent, share.deployment)) return { deployment, missed: share.deployment };
  return { deployment: share.deployment, fallback: deployment };
}

/** Logs that a share could not be applied. */
export function logMissed(room: string, agent: string, missed: string, deployment: string): void {
  const where = `${agent} on ${deployment} for ${JSON.stringify(room)}`;
  logInfo(`shares: ${where}: ${missed} has no live worker`);
}
