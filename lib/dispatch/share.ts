// A share of an agent's callers who go to another deployment: which callers it takes, always the same ones, and only while
// that deployment has a live worker, or does not report. A rule's own share comes first, then the share of the agent's rollout.

import { createHash } from 'node:crypto';
import type { AgentsServer } from '@/lib/agents/server';
import { mayBeLive } from '@/lib/agents/status';
import { PRODUCTION } from '@/lib/core/deployment';
import { logInfo } from '@/lib/core/log';
import type { Destination, DispatchServer, PageCall } from '@/lib/dispatch/server';
import type { TokenPlan } from '@/lib/dispatch/token-plan';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';

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

/**
 * The deployment to which a share redirects a page's call; undefined if it stays on production. What a feature would dispatch
 * for a caller who does not come from a page decides; without one, the agent's own share.
 */
export function sharedDeployment(
  server: DispatchServer,
  call: PageCall,
  isLive: IsLive = mayBeLive,
): string | undefined {
  const { room, identity, attributes, agent } = call;
  // Simulations of production must reach production.
  if (attributes[PERSON_ATTRIBUTES.simulation]) return undefined;
  const [destination = { agent, deployment: PRODUCTION }] = server.features.flatMap(
    (one) => one.destination?.(server, call) ?? [],
  );
  if (destination.deployment !== PRODUCTION) return undefined;
  const caller = callerKey(identity, attributes) ?? room;
  const choice = chooseDeployment(server, destination, caller, isLive);
  if (choice.missed) logMissed(room, agent, choice.missed, PRODUCTION);
  return choice.fallback && choice.deployment;
}

/**
 * Applies shares to a token: a call to production may go to another deployment, which the caller's attributes then name.
 * Calls that request another deployment are unchanged.
 */
export function withShare(server: DispatchServer, plan: TokenPlan): TokenPlan {
  const { agent, attributes } = plan;
  if (agent.deployment !== PRODUCTION) return plan;
  const deployment = sharedDeployment(server, { ...plan, agent: agent.name });
  if (deployment === undefined) return plan;
  const share = { [PERSON_ATTRIBUTES.share]: deployment };
  return { ...plan, agent: { ...agent, deployment }, attributes: { ...attributes, ...share } };
}
