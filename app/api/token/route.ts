// LiveKit's standard token endpoint: a token to a room that the requested agent joins, or a queue position while all
// agents are busy.
import { json, routes } from '@/lib/auth/route';
import { newCallId } from '@/lib/calls/call-id';
import { CALL_ATTRIBUTE } from '@/lib/calls/event';
import { browserUrl, serverConfig } from '@/lib/core/server-config';
import { publicAgents } from '@/lib/core/sign-in-mode';
import { callerLanguage, writeLanguage } from '@/lib/dispatch/caller-language';
import { knownCaller, writeCaller } from '@/lib/dispatch/known-caller';
import { admitCaller } from '@/lib/dispatch/limits/admit';
import { anonymousAttributes, limitConcurrentCalls } from '@/lib/dispatch/limits/anonymous';
import { limitStarts } from '@/lib/dispatch/limits/limit-starts';
import { callerIdentity } from '@/lib/dispatch/limits/one-call';
import { createRoomEarly } from '@/lib/dispatch/open-room';
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
import { permitToken, planToken, type TokenPlan } from '@/lib/dispatch/token-plan';
import { mintToken } from '@/lib/dispatch/tokens';
import { parseJson, readBody } from '@/lib/http/read-json';
import { namedByLetta } from '@/lib/letta/listing';
import { requireLiveKit } from '@/lib/livekit/alive';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { liveKit } from '@/lib/livekit/clients';
import { requireFreeIdentity } from '@/lib/livekit/room-guard';
import { type TokenRequest, tokenRequest } from '@/lib/livekit/token-request';
import { liveWorkers } from '@/lib/livekit/workers';
import { withShare } from '@/lib/rules/token-share';

/** Applies rules to the plan. The result is the same whenever this caller asks again. */
function sharedPlan(asked: TokenRequest, ticket: string, isAnonymous: boolean): TokenPlan {
  const plan = planToken(asked);
  // Rules ignore what anonymous visitors claim about themselves.
  const known = isAnonymous && { [PERSON_ATTRIBUTES.anonymous]: plan.agent.name };
  const planned = { ...plan, attributes: { ...plan.attributes, ...known } };
  if (asked.participant_identity) return withShare(planned);
  // A share selects callers by identity; a generated identity would be different each time.
  return { ...withShare({ ...planned, identity: ticket }), identity: planned.identity };
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, _, visitor) => {
    const asked = parseJson(await readBody(request), tokenRequest);
    if (visitor.by !== 'local') {
      permitToken(asked, planToken(asked), visitor, publicAgents(serverConfig()));
    }
    const at = Date.now();
    const ticket = ticketOf(request);
    const shared = sharedPlan(asked, ticket, visitor.by === 'nobody');
    const config = serverConfig();
    const target = { agent: shared.agent.name, deployment: shared.agent.deployment };
    const publicAgent = visitor.by === 'nobody' ? target.agent : undefined;
    const countStart = () =>
      limitStarts(config, request, callerIdentity(asked, visitor), publicAgent);
    const isCounted = await isQueued(target, ticket, at);
    if (!isCounted) await countStart();
    const chosen = await namedByLetta(shared.agent);
    const spoken = writeLanguage(callerLanguage(request.headers), chosen.metadata);
    // Only Letta's agents remember their callers.
    const known = config.LETTA_URL ? knownCaller(request, asked, visitor, config) : undefined;
    const signing = { room: shared.room, secret: config.LIVEKIT_API_SECRET };
    const metadata = known ? writeCaller(known.id, signing, spoken) : spoken;
    const planned = { ...shared, agent: { ...chosen, metadata } };
    const livekit = liveKit(config);
    // A live worker is connected to LiveKit, so the caller need not wait for its answer.
    if (liveWorkers(target.agent, target.deployment).length === 0) await requireLiveKit(config);
    // Generated rooms and identities are new, so the server is only asked about given ones.
    if (asked.room_name && asked.participant_identity) {
      await requireFreeIdentity(config, planned.room, planned.identity);
    }
    const anonymous =
      visitor.by === 'nobody' ? anonymousAttributes(config, request, planned.agent.name) : {};
    await limitConcurrentCalls(livekit, config, anonymous);
    const one = await admitCaller(livekit, asked, visitor, planned.agent.name);
    // A caller who joins a room that is live is in that call.
    const activeCall = asked.room_name && (await callIn(livekit, asked.room_name));
    const live =
      asked.room_name !== undefined && (await liveRoom(livekit, asked.room_name)) !== undefined;
    // A live room has its agent, or gets it without a token.
    const { name: agent, deployment } = planned.agent;
    const wanted = { agent, deployment, room: planned.room };
    if (live && isCounted) await countStart();
    const since = live
      ? at
      : await waitInQueue(request, wanted, ticket, isCounted ? countStart : undefined);
    const attributes = {
      ...planned.attributes,
      ...anonymous,
      ...(visitor.account && { [PERSON_ATTRIBUTES.account]: visitor.account }),
      ...(one && { [PERSON_ATTRIBUTES.oneCall]: 'account' in one ? 'account' : 'caller' }),
      [CALL_ATTRIBUTE]: activeCall || newCallId(),
    };
    const plan = { ...planned, attributes };
    if (!activeCall) recordTokenRequest(plan, calledFrom(request), since);
    if (since < at) recordAdmission(plan, at - since);
    if (live) {
      const named = Boolean(asked.room_config?.agents?.[0]?.agent_name);
      // LiveKit uses a token's dispatch only when it creates the room.
      const missing = { ...plan.agent, room: plan.room, agent: plan.agent.name };
      await ensureAgent(livekit, { ...missing, by: 'token', orAny: !named });
    }
    // Our own page joins at once. Other clients may never use their token.
    if (request.headers.has(PAGE_HEADER) && !asked.room_name) createRoomEarly(livekit, plan);
    const token = await mintToken(plan, config.LIVEKIT_API_KEY, config.LIVEKIT_API_SECRET);
    recordToken(plan, Date.now() - at, !live);
    const response = json({ server_url: browserUrl(config), participant_token: token }, 201);
    // Next would compress it, which takes longer than signing it and hardly makes it shorter.
    response.headers.set('cache-control', 'no-store, no-transform');
    if (known?.cookie) response.headers.set('set-cookie', known.cookie);
    return response;
  },
});
