// Applies shares to calls from pages. Their token dispatches the agent, so the deployment is chosen before it is signed, with
// the same result as when the caller joins.

import { mayBeLive } from '@/lib/agents/status';
import { PRODUCTION } from '@/lib/core/deployment';
import type { DispatchServer, PageCall } from '@/lib/dispatch/server';
import { chooseDeployment, type IsLive, logMissed } from '@/lib/dispatch/share';
import type { TokenPlan } from '@/lib/dispatch/token-plan';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';

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
