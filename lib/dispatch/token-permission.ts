// What a visitor may request in a token: agent, deployment, room and identity. Pure.

import { may, type Visitor } from '@/lib/auth/permissions';
import { notPermitted, signInNeeded } from '@/lib/auth/refusals';
import { PRODUCTION } from '@/lib/core/deployment';
import type { TokenRequest } from '@/lib/livekit/token-request';
import type { TokenPlan } from './token-plan';

/**
 * Attributes that LiveKit sets on telephones and agents. Setting one would impersonate them, such as a caller from
 * another number.
 */
const LIVEKIT_ATTRIBUTES = /^(sip|lk)\./;

/**
 * Requires permission to call this agent on production.
 * @param publicAgents agents that anyone may call without signing in
 * @throws {Problem} 401 if signing in would help, 403 if it would not
 */
export function permitAgent(
  agent: string,
  visitor: Visitor,
  publicAgents: readonly string[],
): void {
  const isNobody = visitor.by === 'nobody';
  if (may(visitor, 'call') || (isNobody && publicAgents.includes(agent))) return;
  if (isNobody) throw signInNeeded();
  throw notPermitted('This key has no permission to make calls.');
}

/**
 * Requires permission for this token. Visitors with the dispatch permission may request everything; others may only
 * call production, with a generated room and identity.
 * @param plan the token, before rules split traffic between deployments
 * @param publicAgents agents that anyone may call without signing in
 * @throws {Problem} 401 if signing in would help, 403 if it would not
 */
export function permitToken(
  asked: TokenRequest,
  { agent }: Pick<TokenPlan, 'agent'>,
  visitor: Visitor,
  publicAgents: readonly string[],
): void {
  if (may(visitor, 'dispatch')) return;
  permitAgent(agent.name, visitor, publicAgents);
  if (agent.deployment !== PRODUCTION) {
    throw notPermitted('Deployments other than production are for developers.');
  }
  const claimed = Object.keys(asked.participant_attributes ?? {}).find((name) =>
    LIVEKIT_ATTRIBUTES.test(name),
  );
  if (claimed !== undefined) {
    throw notPermitted(`The attribute ${claimed} is reserved for LiveKit.`);
  }
  if (asked.room_name || asked.participant_identity) {
    throw notPermitted(
      'Omit room_name and participant_identity: a room is created for you. To join a call in ' +
        'progress, ask a participant to invite you.',
    );
  }
}
