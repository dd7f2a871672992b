// What a token request asks for: the caller as this server knows them, the deployment by shares, and the agent's
// metadata.
import { callerLanguage, writeLanguage } from '@/lib/dispatch/caller-language';
import type { DispatchServer } from '@/lib/dispatch/server';
import { planToken, type TokenPlan } from '@/lib/dispatch/token-plan';
import { withShare } from '@/lib/dispatch/token-share';
import { currentAttributes, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import type { TokenRequest } from '@/lib/livekit/token-request';

/** The request with the current names of attributes. */
export const withCurrentNames = (asked: TokenRequest): TokenRequest => ({
  ...asked,
  participant_attributes:
    asked.participant_attributes && currentAttributes(asked.participant_attributes),
});

/** The request with the caller whom this server recognizes: limits, shares and the history go by this attribute. */
export function withCaller(asked: TokenRequest, known: string | undefined): TokenRequest {
  if (known === undefined) return asked;
  const attributes = { ...asked.participant_attributes, [PERSON_ATTRIBUTES.caller]: known };
  return { ...asked, participant_attributes: attributes };
}

/** Applies shares to the plan. The result is the same whenever this caller asks again. */
export function sharedPlan(
  server: DispatchServer,
  asked: TokenRequest,
  ticket: string,
  isAnonymous: boolean,
): TokenPlan {
  const plan = planToken(server, asked);
  // Rules ignore what anonymous visitors claim about themselves.
  const known = isAnonymous && { [PERSON_ATTRIBUTES.anonymous]: plan.agent.name };
  const planned = { ...plan, attributes: { ...plan.attributes, ...known } };
  if (callerKey(asked.participant_identity ?? '', planned.attributes))
    return withShare(server, planned);
  // A share selects callers by identity; a generated identity would be different each time, and some are everybody's.
  return { ...withShare(server, { ...planned, identity: ticket }), identity: planned.identity };
}

/** Completes the agent's metadata: the caller's language, and what features add. @throws {Problem} 422 */
export async function withMetadata(
  server: DispatchServer,
  request: Request,
  plan: TokenPlan,
  caller: string | undefined,
): Promise<TokenPlan> {
  const metadata = writeLanguage(callerLanguage(request.headers), plan.agent.metadata);
  let agent = { ...plan.agent, metadata };
  for (const one of server.features) {
    agent = (await one.completeAgent?.(server, agent, { room: plan.room, caller })) ?? agent;
  }
  return { ...plan, agent };
}
