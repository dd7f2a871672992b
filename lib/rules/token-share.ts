// Applies shares to calls from pages. Their token dispatches the agent, so rules are evaluated before it is signed, with
// the same result as when the caller joins.

import { PRODUCTION } from '@/lib/core/deployment';
import type { TokenPlan } from '@/lib/dispatch/token-plan';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import { factsOfPerson, matchesRule } from './match';
import type { RulesServer } from './server';
import { chooseDeployment, liveNow, logMissed } from './share';

/** A call from a page, whose agent is dispatched by its token and not by a rule. */
export interface PageCall {
  readonly room: string;
  readonly identity: string;
  readonly metadata?: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Agent name. */
  readonly agent: string;
}

/**
 * The deployment to which a share redirects a page's call; undefined if it stays on production. The first
 * rule that matches the call and dispatches its agent decides, as it would for a caller who does not come from a page;
 * without one, the agent's active rollout.
 */
export function sharedDeployment(
  server: RulesServer,
  call: PageCall,
  rules = server.rules.inForce,
  isLive = liveNow,
): string | undefined {
  const { room, identity, metadata = '', attributes, agent } = call;
  // Simulations of production must reach production.
  if (attributes[PERSON_ATTRIBUTES.simulation]) return undefined;
  const joins = { when: 'participant_joined', room, kind: 'standard' } as const;
  const caller = { ...joins, ...factsOfPerson(metadata, attributes) };
  const rule = rules.find(
    (one) =>
      one.then.agent === agent &&
      (matchesRule(one, { when: 'room_started', room, metadata: '' }) || matchesRule(one, caller)),
  );
  if (rule && rule.then.deployment !== PRODUCTION) return undefined;
  // Without a rule only the agent's rollout has a share.
  // biome-ignore lint/suspicious/noThenProperty: a field of rules; never awaited.
  const sends = rule ?? { name: '', then: { agent, deployment: PRODUCTION } };
  const choice = chooseDeployment(server, sends, callerKey(identity, attributes) ?? room, isLive);
  if (choice.missed) logMissed(room, agent, choice.missed, PRODUCTION);
  return choice.fallback && choice.deployment;
}

/**
 * Applies shares to a token: a call to production may go to another deployment, which the caller's attributes then name.
 * Calls that request another deployment are unchanged.
 */
export function withShare(server: RulesServer, plan: TokenPlan): TokenPlan {
  const { agent, attributes } = plan;
  if (agent.deployment !== PRODUCTION) return plan;
  const deployment = sharedDeployment(server, { ...plan, agent: agent.name });
  if (deployment === undefined) return plan;
  const share = { [PERSON_ATTRIBUTES.share]: deployment };
  return { ...plan, agent: { ...agent, deployment }, attributes: { ...attributes, ...share } };
}
