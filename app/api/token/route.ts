// LiveKit's standard token endpoint: a token to a room that the requested agent joins, or a queue position while all
// agents are busy.

import { routes } from '@/app/api/routes';
import type { Visitor } from '@/lib/auth/permissions';
import { json } from '@/lib/auth/route';
import { newCallId } from '@/lib/calls/call-id';
import { CALL_ATTRIBUTE } from '@/lib/calls/event';
import type { Ground } from '@/lib/cluster/ground';
import { browserUrl } from '@/lib/core/server-config';
import { publicAgents } from '@/lib/core/sign-in-mode';
import { callerLanguage, writeLanguage } from '@/lib/dispatch/caller-language';
import { createRoomEarly } from '@/lib/dispatch/early-room';
import { knownCaller, writeCaller } from '@/lib/dispatch/known-caller';
import { admitCaller } from '@/lib/dispatch/limits/admit';
import { anonymousAttributes, limitConcurrentCalls } from '@/lib/dispatch/limits/anonymous';
import { limitStarts } from '@/lib/dispatch/limits/limit-starts';
import { callerIdentity } from '@/lib/dispatch/limits/one-call';
import { PAGE_HEADER } from '@/lib/dispatch/queue/queue-status';
import { isQueued, ticketOf, waitInQueue } from '@/lib/dispatch/queue/queues';
import {
  calledFrom,
  recordAdmission,
  recordToken,
  recordTokenRequest,
} from '@/lib/dispatch/request-events';
import { callIn, liveRoom } from '@/lib/dispatch/room-facts';
import { ensureAgent } from '@/lib/dispatch/send-agent';
import type { DispatchServer } from '@/lib/dispatch/server';
import { permitToken, planToken, type TokenPlan } from '@/lib/dispatch/token-plan';
import { mintToken } from '@/lib/dispatch/tokens';
import { parseJson, readBody } from '@/lib/http/read-json';
import { namedByLetta } from '@/lib/letta/listing';
import type { LettaServer } from '@/lib/letta/server';
import { requireLiveKit } from '@/lib/livekit/alive';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import { requireFreeIdentity } from '@/lib/livekit/room-guard';
import { type TokenRequest, tokenRequest } from '@/lib/livekit/token-request';
import { liveWorkers } from '@/lib/livekit/workers';
import type { RulesServer } from '@/lib/rules/server';
import { withShare } from '@/lib/rules/token-share';

/** Applies rules to the plan. The result is the same whenever this caller asks again. */
function sharedPlan(
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
async function withMetadata(
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

/** The request with the caller whom this server recognizes: limits, shares and the history go by this attribute. */
function withCaller(asked: TokenRequest, known: string | undefined): TokenRequest {
  if (known === undefined) return asked;
  const attributes = { ...asked.participant_attributes, [PERSON_ATTRIBUTES.caller]: known };
  return { ...asked, participant_attributes: attributes };
}

/**
 * Checks the identity, and the limits on calls at once and on minutes.
 * @returns the attributes by which these limits recognize the caller
 * @throws {Problem} 409, 429 or 503 if the call may not start
 */
async function admit(
  server: DispatchServer,
  request: Request,
  asked: TokenRequest,
  visitor: Visitor,
  plan: TokenPlan,
) {
  const { config } = server;
  // Generated rooms and identities are new, so the server is only asked about given ones.
  if (asked.room_name && asked.participant_identity) {
    await requireFreeIdentity(config, plan.room, plan.identity);
  }
  const anonymous =
    visitor.by === 'nobody' ? anonymousAttributes(config, request, plan.agent.name) : {};
  await limitConcurrentCalls(server, anonymous);
  const one = await admitCaller(server, asked, visitor, plan.agent.name);
  return {
    ...anonymous,
    ...(visitor.account && { [PERSON_ATTRIBUTES.account]: visitor.account }),
    ...(one && { [PERSON_ATTRIBUTES.oneCall]: 'account' in one ? 'account' : 'caller' }),
  };
}

/** Whether the room that a request names is live, and the call in it. */
async function namedRoom(server: Ground, room: string | undefined) {
  if (!room) return { isLive: false };
  const { livekit } = server;
  const [live, call] = await Promise.all([liveRoom(livekit, room), callIn(livekit, room)]);
  return { isLive: live !== undefined, call };
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, visitor }) => {
    const sent = parseJson(await readBody(server, request), tokenRequest);
    const { config } = server;
    if (visitor.by !== 'local') permitToken(sent, planToken(sent), visitor, publicAgents(config));
    const at = Date.now();
    const ticket = ticketOf(request);
    const known = knownCaller(request, sent, visitor, config, ticket);
    const asked = withCaller(sent, known?.id);
    const shared = sharedPlan(server, asked, ticket, visitor.by === 'nobody');
    const target = { agent: shared.agent.name, deployment: shared.agent.deployment };
    const publicAgent = visitor.by === 'nobody' ? target.agent : undefined;
    const countStart = () =>
      limitStarts(server, request, callerIdentity(asked, visitor), publicAgent, visitor.account);
    const isCounted = await isQueued(server, target, ticket, at);
    if (!isCounted) await countStart();
    const planned = await withMetadata(server, request, shared, known?.id);
    // A live worker is connected to LiveKit, so the caller need not wait for its answer.
    if (liveWorkers(server, target.agent, target.deployment).length === 0)
      await requireLiveKit(server);
    const admitted = await admit(server, request, asked, visitor, planned);
    // A caller who joins a room that is live is in that call.
    const { isLive, call } = await namedRoom(server, asked.room_name);
    // A live room has its agent, or gets it without a token.
    const wanted = { ...target, room: planned.room };
    if (isLive && isCounted) await countStart();
    const since = isLive
      ? at
      : await waitInQueue(server, request, wanted, ticket, isCounted ? countStart : undefined);
    const own = { ...admitted, [CALL_ATTRIBUTE]: call || newCallId() };
    const plan = { ...planned, attributes: { ...planned.attributes, ...own } };
    if (!call) recordTokenRequest(server, plan, calledFrom(request), since);
    if (since < at) recordAdmission(server, plan, at - since);
    if (isLive) {
      const named = Boolean(asked.room_config?.agents?.[0]?.agent_name);
      // LiveKit uses a token's dispatch only when it creates the room.
      const missing = { ...plan.agent, room: plan.room, agent: plan.agent.name };
      await ensureAgent(server, { ...missing, by: 'token', orAny: !named });
    }
    // Our own page joins at once. Other clients may never use their token.
    if (request.headers.has(PAGE_HEADER) && !asked.room_name) void createRoomEarly(server, plan);
    const token = await mintToken(plan, config.LIVEKIT_API_KEY, config.LIVEKIT_API_SECRET);
    recordToken(server, plan, Date.now() - at, !isLive);
    const response = json({ server_url: browserUrl(config), participant_token: token }, 201);
    // Next would compress it, which takes longer than signing it and hardly makes it shorter.
    response.headers.set('cache-control', 'no-store, no-transform');
    if (known?.cookie) response.headers.set('set-cookie', known.cookie);
    return response;
  },
});
