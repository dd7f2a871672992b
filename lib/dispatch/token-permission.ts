// What of a token request a visitor may ask for: agent, deployment, room and identity. Pure.

import { notPermitted, signInNeeded } from '@/lib/auth/refusals';
import { may, type Visitor } from '@/lib/auth/rights';
import type { TokenRequest } from '@/lib/livekit/token-request';
import type { TokenPlan } from './token-plan';

/**
 * Attributes that LiveKit sets on telephones and agents: whoever carries one is taken for what it says, such
 * as the caller who rings from that number.
 */
const LIVEKITS_OWN = /^(sip|lk)\./;

/**
 * Lets pass whoever may call this agent on production.
 * @param publicAgents agents that a stranger may call
 * @throws {Problem} 401 where signing in would help, 403 where it would not
 */
export function permitAgent(
  agent: string,
  visitor: Visitor,
  publicAgents: readonly string[],
): void {
  const isNobody = visitor.by === 'nobody';
  if (may(visitor, 'call') || (isNobody && publicAgents.includes(agent))) return;
  if (isNobody) throw signInNeeded();
  throw notPermitted('This key was not made for calls.');
}

/**
 * Lets pass what the visitor may ask for. Whoever may dispatch may ask for everything; everybody else
 * for a call of their own, on production, in a room and under an identity that are made up here.
 * @param plan what the request comes to, before rules share callers out to other deployments
 * @param publicAgents agents that a stranger may call
 * @throws {Problem} 401 where signing in would help, 403 where it would not
 */
export function permitToken(
  asked: TokenRequest,
  { agent }: Pick<TokenPlan, 'agent'>,
  visitor: Visitor,
  publicAgents: readonly string[],
): void {
  if (may(visitor, 'dispatch')) return;
  permitAgent(agent.name, visitor, publicAgents);
  if (agent.deployment !== '') {
    throw notPermitted('Other deployments than production are for developers.');
  }
  const claimed = Object.keys(asked.participant_attributes ?? {}).find((name) =>
    LIVEKITS_OWN.test(name),
  );
  if (claimed !== undefined) {
    throw notPermitted(`The attribute ${claimed} is for LiveKit alone to set.`);
  }
  if (asked.room_name || asked.participant_identity) {
    throw notPermitted(
      'Leave room_name and participant_identity out: a room of your own is made. Into a call that is ' +
        'going on, somebody in it can invite you.',
    );
  }
}
