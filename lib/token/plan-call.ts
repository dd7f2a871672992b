// What a token request asks for: the caller as this server knows them, the deployment by rules and rollouts, and the
// agent's metadata.
import { callerLanguage, writeLanguage } from '@/lib/dispatch/caller-language';
import { writeCaller } from '@/lib/dispatch/known-caller';
import { planToken, type TokenPlan } from '@/lib/dispatch/token-plan';
import { namedByLetta } from '@/lib/letta/listing';
import type { LettaServer } from '@/lib/letta/server';
import { currentAttributes, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import type { TokenRequest } from '@/lib/livekit/token-request';
import type { RulesServer } from '@/lib/rules/server';
import { withShare } from '@/lib/rules/token-share';

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

/** Applies rules to the plan. The result is the same whenever this caller asks again. */
export function sharedPlan(
  server: RulesServer,
  asked: TokenRequest,
  ticket: string,
  isAnonymous: boolean,
): TokenPlan {
  const plan = planToken(asked);
  // Rules ignore what anonymous visitors claim about themselves.
  const known = isAnonymous && { [PERSON_ATTRIBUTES.anonymous]: plan.agent.name };
  const planned = { ...plan, attributes: { ...plan.attributes, ...known } };
  if (callerKey(asked.participant_identity ?? '', planned.attributes))
    return withShare(server, planned);
  // A share selects callers by identity; a generated identity would be different each time, and some are everybody's.
  return { ...withShare(server, { ...planned, identity: ticket }), identity: planned.identity };
}

/** Completes the agent's metadata: the name at Letta, the caller's language, and for Letta who is calling. */
export async function withMetadata(
  server: LettaServer,
  request: Request,
  plan: TokenPlan,
  known: string | undefined,
) {
  const { LETTA_URL, LIVEKIT_API_SECRET: secret } = server.config;
  const agent = await namedByLetta(server, plan.agent);
  const spoken = writeLanguage(callerLanguage(request.headers), agent.metadata);
  // Only Letta's agents remember their callers.
  const metadata =
    LETTA_URL && known ? writeCaller(known, { room: plan.room, secret }, spoken) : spoken;
  return { ...plan, agent: { ...agent, metadata } };
}
