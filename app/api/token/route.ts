// LiveKit's standard token endpoint: who asks for an agent gets a token to a room where it will be, or
// a place in line where every agent has a call.

import { json, routes } from '@/lib/auth/route';
import { newCallId } from '@/lib/calls/call-id';
import { CALL_ATTRIBUTE } from '@/lib/calls/event';
import { callIn } from '@/lib/calls/tell/call-in';
import { browserUrl, serverConfig } from '@/lib/core/server-config';
import { publicAgents } from '@/lib/core/sign-in-mode';
import { beginRoom } from '@/lib/dispatch/begin-room';
import { callerLanguage, writeLanguage } from '@/lib/dispatch/caller-language';
import { ensureAgent } from '@/lib/dispatch/ensure-agent';
import { knownCaller, writeCaller } from '@/lib/dispatch/known-caller';
import { admitCaller } from '@/lib/dispatch/limits/admit';
import { limitStarts } from '@/lib/dispatch/limits/limit-starts';
import { requireFewAtOnce, strangerAttributes } from '@/lib/dispatch/limits/strangers';
import { whoCalls } from '@/lib/dispatch/limits/who-calls';
import { PAGE_HEADER } from '@/lib/dispatch/queue/queue-status';
import { isWaiting, ticketOf, waitInLine } from '@/lib/dispatch/queue/queues';
import { liveRoom } from '@/lib/dispatch/room-facts';
import {
  calledFrom,
  tellPutThrough,
  tellToken,
  tellTokenRequest,
} from '@/lib/dispatch/tell-requests';
import { permitToken } from '@/lib/dispatch/token-permission';
import { planToken, type TokenPlan } from '@/lib/dispatch/token-plan';
import { mintToken } from '@/lib/dispatch/tokens';
import { parseJson, readBody } from '@/lib/http/read-json';
import { namedByLetta } from '@/lib/letta/listing';
import { requireLiveKit } from '@/lib/livekit/alive';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { liveKit } from '@/lib/livekit/clients';
import { requireFreeIdentity } from '@/lib/livekit/room-guard';
import { type TokenRequest, tokenRequest } from '@/lib/livekit/token-request';
import { withShare } from '@/lib/rules/token-share';

/** The plan as the rules have it, the same one whenever this caller asks again. */
function sharedPlan(asked: TokenRequest, ticket: string, isStranger: boolean): TokenPlan {
  const plan = planToken(asked);
  // Rules do not go by what strangers say of themselves.
  const known = isStranger && { [PERSON_ATTRIBUTES.stranger]: plan.agent.name };
  const planned = { ...plan, attributes: { ...plan.attributes, ...known } };
  if (asked.participant_identity) return withShare(planned);
  // A share knows callers by their identity; one made up here is another each time.
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
    const place = { agent: shared.agent.name, deployment: shared.agent.deployment };
    const publicAgent = visitor.by === 'nobody' ? place.agent : undefined;
    const countStart = () => limitStarts(config, request, whoCalls(asked, visitor), publicAgent);
    const isCounted = await isWaiting(place, ticket, at);
    if (!isCounted) await countStart();
    const chosen = await namedByLetta(shared.agent);
    const spoken = writeLanguage(callerLanguage(request.headers), chosen.metadata);
    // Letta's agents alone remember whom they talked with.
    const known = config.LETTA_URL ? knownCaller(request, asked, visitor, config) : undefined;
    const signing = { room: shared.room, secret: config.LIVEKIT_API_SECRET };
    const metadata = known ? writeCaller(known.id, signing, spoken) : spoken;
    const planned = { ...shared, agent: { ...chosen, metadata } };
    const livekit = liveKit(config);
    await requireLiveKit(config);
    // A room or identity made up here is nobody's yet: the server is asked only about a given one.
    if (asked.room_name && asked.participant_identity) {
      await requireFreeIdentity(config, planned.room, planned.identity);
    }
    const stranger =
      visitor.by === 'nobody' ? strangerAttributes(config, request, planned.agent.name) : {};
    await requireFewAtOnce(livekit, config, stranger);
    const one = await admitCaller(livekit, asked, visitor, planned.agent.name);
    // Who comes into a call that is going on is in that call.
    const going = asked.room_name && (await callIn(livekit, asked.room_name));
    const live =
      asked.room_name !== undefined && (await liveRoom(livekit, asked.room_name)) !== undefined;
    // A room that is live has its agent, or gets it without a token.
    const { name: agent, deployment } = planned.agent;
    const wanted = { agent, deployment, room: planned.room };
    if (live && isCounted) await countStart();
    const since = live
      ? at
      : await waitInLine(request, wanted, ticket, isCounted ? countStart : undefined);
    const attributes = {
      ...planned.attributes,
      ...stranger,
      ...(visitor.account && { [PERSON_ATTRIBUTES.account]: visitor.account }),
      ...(one && { [PERSON_ATTRIBUTES.oneCall]: 'account' in one ? 'account' : 'caller' }),
      [CALL_ATTRIBUTE]: going || newCallId(),
    };
    const plan = { ...planned, attributes };
    if (!going) tellTokenRequest(plan, calledFrom(request), since);
    if (since < at) tellPutThrough(plan, at - since);
    if (live) {
      const named = Boolean(asked.room_config?.agents?.[0]?.agent_name);
      // LiveKit reads a token's dispatch only when it makes the room.
      const missing = { ...plan.agent, room: plan.room, agent: plan.agent.name };
      await ensureAgent(livekit, { ...missing, by: 'token', orAny: !named });
    }
    // Our own page joins at once. Of other tokens nobody knows whether they are ever used.
    if (request.headers.has(PAGE_HEADER) && !asked.room_name) beginRoom(livekit, plan);
    const token = await mintToken(plan, config.LIVEKIT_API_KEY, config.LIVEKIT_API_SECRET);
    tellToken(plan, Date.now() - at, !live);
    const answer = json({ server_url: browserUrl(config), participant_token: token }, 201);
    if (known?.cookie) answer.headers.set('set-cookie', known.cookie);
    return answer;
  },
});
