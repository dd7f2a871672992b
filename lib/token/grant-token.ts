// Grants a token: to a room that the requested agent joins, or to a live one, once it is the caller's turn.
import { publicAgents } from '@/lib/agents/registry';
import type { Visitor } from '@/lib/auth/permissions';
import { callerName } from '@/lib/calls/call';
import { newCallId } from '@/lib/calls/call-id';
import { CALL_ATTRIBUTE } from '@/lib/calls/event';
import type { Ground } from '@/lib/cluster/ground';
import { isBlank } from '@/lib/core/blank';
import { Problem } from '@/lib/core/problem';
import { callerLanguage, writeLanguage } from '@/lib/dispatch/caller-language';
import { createRoomEarly } from '@/lib/dispatch/early-room';
import { knownCaller } from '@/lib/dispatch/known-caller';
import { admitCaller } from '@/lib/dispatch/limits/admit';
import { anonymousAttributes, limitConcurrentCalls } from '@/lib/dispatch/limits/anonymous';
import { limitStarts } from '@/lib/dispatch/limits/limit-starts';
import { callerIdentity } from '@/lib/dispatch/limits/one-call';
import { PAGE_HEADER } from '@/lib/dispatch/queue/queue-status';
import { countedStart, ticketOf } from '@/lib/dispatch/queue/queues';
import { addTokenEvents, calledFrom } from '@/lib/dispatch/request-events';
import { callIn, liveRoom } from '@/lib/dispatch/room-facts';
import { ensureAgent } from '@/lib/dispatch/send-agent';
import type { DispatchServer } from '@/lib/dispatch/server';
import { withShare } from '@/lib/dispatch/share';
import { permitOrigin, permitToken, planToken, type TokenPlan } from '@/lib/dispatch/token-plan';
import { mintToken } from '@/lib/dispatch/tokens';
import { currentAttributes, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';
import { requireLiveKit } from '@/lib/livekit/responds';
import type { TokenRequest } from '@/lib/livekit/token-request';
import { liveWorkers } from '@/lib/livekit/workers';

/** The request with the current names of attributes. */
const withCurrentNames = (asked: TokenRequest): TokenRequest => ({
  ...asked,
  participant_attributes:
    asked.participant_attributes && currentAttributes(asked.participant_attributes),
});

/** The request with the caller whom this server recognizes: limits, shares and the history go by this attribute. */
function withCaller(asked: TokenRequest, known: string | undefined): TokenRequest {
  if (known === undefined) return asked;
  const attributes = { ...asked.participant_attributes, [PERSON_ATTRIBUTES.caller]: known };
  return { ...asked, participant_attributes: attributes };
}

/** Applies shares to the plan. The result is the same whenever this caller asks again. */
function sharedPlan(
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
async function withMetadata(
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

/**
 * Prevents a token from replacing a participant: LiveKit disconnects one when another joins with the same identity.
 * @throws {Problem} 409 if somebody in the room has the identity; 503 if the server does not respond
 */
export async function requireFreeIdentity({ rooms }: LiveKit, room: string, identity: string) {
  const there = await callLiveKit(rooms.listParticipants(room), []);
  if (!there.some((one) => one.identity === identity)) return;
  throw new Problem(
    'identity-taken',
    'A participant in this room has this identity. Choose another, or omit it to get a generated one.',
  );
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
    await requireFreeIdentity(server.livekit, plan.room, plan.identity);
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

/** The request with the name of who is signed in, unless it has one. */
const withAccountName = (asked: TokenRequest, { by, name }: Visitor): TokenRequest =>
  by === 'session' && isBlank(asked.participant_name ?? '')
    ? { ...asked, participant_name: name }
    : asked;

/**
 * Grants a token.
 * @returns it, and the cookie by which its caller is known from now on; or the position in the queue while all agents
 * are busy
 * @throws {Problem} 403, 409, 422 or 429 if the call may not start, 503 while all agents are busy for others than who asks again
 */
export async function grantToken(
  server: DispatchServer,
  request: Request,
  given: TokenRequest,
  visitor: Visitor,
) {
  const { config } = server;
  const sent = withCurrentNames(given);
  if (visitor.by !== 'local') {
    const plan = planToken(server, sent);
    permitOrigin(plan.agent.name, visitor, config.TOKEN_ORIGINS);
    permitToken(sent, plan, visitor, publicAgents(server));
  }
  const at = Date.now();
  const ticket = ticketOf(request);
  const known = knownCaller(request, sent, visitor, config, ticket);
  const asked = withAccountName(withCaller(sent, known?.id), visitor);
  const shared = sharedPlan(server, asked, ticket, visitor.by === 'nobody');
  const { name: agent, deployment } = shared.agent;
  const caller = asked.participant_name || asked.participant_identity || '';
  const wanted = { agent, deployment, caller: callerName({ caller }) };
  const start = await countedStart(server, request, wanted, ticket, () => {
    const publicAgent = visitor.by === 'nobody' ? agent : undefined;
    const who = callerIdentity(asked, visitor);
    return limitStarts(server, request, who, publicAgent, visitor.account);
  });
  const planned = await withMetadata(server, request, shared, known?.id);
  // A live worker is connected to LiveKit, so the caller need not wait for its answer.
  if (liveWorkers(server, agent, deployment).length === 0) await requireLiveKit(server);
  const admitted = await admit(server, request, asked, visitor, planned);
  // A caller who joins a room that is live is in that call.
  const { isLive, call } = await namedRoom(server, asked.room_name);
  const turn = await start.turn(planned.room, isLive);
  if (turn.kind === 'queued') return turn;
  const { since } = turn;
  const own = { ...admitted, [CALL_ATTRIBUTE]: call || newCallId() };
  const plan = { ...planned, attributes: { ...planned.attributes, ...own } };
  if (isLive) {
    const named = Boolean(asked.room_config?.agents?.[0]?.agent_name);
    // LiveKit uses a token's dispatch only when it creates the room.
    const missing = { ...plan.agent, room: plan.room, agent: plan.agent.name };
    await ensureAgent(server, { ...missing, by: 'token', orAny: !named });
  }
  // Our own page joins at once. Other clients may never use their token.
  if (request.headers.has(PAGE_HEADER) && !asked.room_name) void createRoomEarly(server, plan);
  const token = await mintToken(plan, config.LIVEKIT_API_KEY, config.LIVEKIT_API_SECRET);
  addTokenEvents(server, plan, {
    requested: call ? undefined : { origin: calledFrom(request), at: since },
    queuedMs: at - since,
    ms: Date.now() - at,
    bringsAgent: !isLive,
  });
  return { kind: 'token', token, cookie: known?.cookie } as const;
}
