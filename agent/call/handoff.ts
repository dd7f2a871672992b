// Hands the caller off to another agent: dispatches it, waits until it has joined and the
// announcement has been played, then lets it speak. Contains both sides, the agent that leaves and
// the agent that takes over.

import { type JobContext, log, type voice } from '@livekit/agents';
import { type RemoteParticipant, RoomEvent, RpcError } from '@livekit/rtc-node';
import { callOf, noteOfCall } from '../../lib/calls/call-id';
import { type CatalogueAgent, findAgent } from '../../lib/core/catalogue';
import type { Config } from '../../lib/core/config';
import { PRODUCTION } from '../../lib/core/deployment';
import { unguessable } from '../../lib/core/ids';
import { HANDOFF_TIMEOUT_MS } from '../../lib/core/join-timeouts';
import { HANDED_OFF } from '../../lib/core/outcome';
import { waitFor } from '../../lib/core/wait';
import { keepLanguage } from '../../lib/dispatch/caller-language';
import { type AgentHandoffContext, writeHandoffContext } from '../../lib/dispatch/handoff-context';
import { readCaller, writeCaller } from '../../lib/dispatch/known-caller';
import { mintToken, ROOM_TIMEOUTS } from '../../lib/dispatch/tokens';
import {
  AGENT_ATTRIBUTES,
  AGENT_STATE_ATTRIBUTE,
  agentNameOf,
  MOVE_METHOD,
} from '../../lib/livekit/attributes';
import type { LiveKit } from '../../lib/livekit/clients';
import { createDispatch, roomAgentDispatch } from '../../lib/livekit/dispatch';
import type { HandoffRequest } from '../core/agent-definition';
import { callerOf, JOIN_EVENTS, waitInRoom } from '../core/people';
import type { ReportCall } from '../reporting/events';
import { reportError } from '../reporting/session-events';

/** The call that is handed off, and the agent in it. */
interface Handoff {
  readonly ctx: JobContext;
  readonly config: Config;
  readonly livekit: LiveKit;
  readonly session: voice.AgentSession;
  readonly agent: CatalogueAgent;
  readonly report: ReportCall;
  /** Resolves when the announcement has been played; the handoff waits for it. */
  readonly announced: () => Promise<void>;
  /** Called when the caller is asked to move to another room. */
  readonly asked: () => void;
}

/** The deployment to dispatch to: the catalogue's choice, if that agent has it. */
export function handoffDeployment(to: CatalogueAgent, own: string): string {
  const wanted = to.handOff === undefined || to.handOff === 'same' ? own : to.handOff;
  return to.deployments.includes(wanted) ? wanted : PRODUCTION;
}

/** Handoff context for the other agent. */
function handoffContextFor(
  { ctx, session, agent }: Handoff,
  to: HandoffRequest,
): AgentHandoffContext {
  const said = session.history.items.flatMap((item) => {
    if (item.type !== 'message' || !item.textContent) return [];
    if (item.role !== 'user' && item.role !== 'assistant') return [];
    const speaker = item.role === 'user' ? ('caller' as const) : ('agent' as const);
    return [{ speaker, text: item.textContent }];
  });
  return {
    kind: 'handoff',
    from: {
      agent: agent.name,
      person: agent.person,
      identity: ctx.room.localParticipant?.identity ?? '',
    },
    summary: to.summary,
    caller: to.caller,
    said,
  };
}

/** Metadata of the dispatch: handoff context, caller and language. */
function metadataOf(
  { ctx, config }: Handoff,
  handoffContext: AgentHandoffContext,
  room: string,
): string {
  const secret = config.LIVEKIT_API_SECRET;
  const metadata = keepLanguage(writeHandoffContext(handoffContext, { room, secret }), [ctx.job]);
  const caller = readCaller(ctx.job.metadata, { room: ctx.job.room?.name ?? '', secret });
  return caller === undefined ? metadata : writeCaller(caller, { room, secret }, metadata);
}

/** The event for dispatching the other agent. */
const dispatchedEvent = ({ agent }: HandoffRequest, deployment: string) => ({
  kind: 'dispatched' as const,
  agent,
  deployment,
  by: 'agent' as const,
});

type Attributed = Pick<RemoteParticipant, 'attributes'>;

/** Whether a participant is that agent, ready to talk. */
const isIn =
  (agent: string) =>
  ({ attributes }: Attributed) =>
    agentNameOf(attributes) === agent && attributes[AGENT_STATE_ATTRIBUTE] !== undefined;

/** Handoff in the caller's room: the other agent joins next to this one. */
async function inThisRoom(handoff: Handoff, to: HandoffRequest, deployment: string) {
  const { dispatches } = handoff.livekit;
  const { room } = handoff.ctx;
  const name = room.name ?? '';
  const metadata = metadataOf(handoff, handoffContextFor(handoff, to), name);
  const agent = { name: to.agent, deployment, metadata };
  const sent = await createDispatch(dispatches, name, agent);
  handoff.report({ ...dispatchedEvent(to, deployment), dispatch: sent.id });
  const isDispatched = (one: Attributed) =>
    isIn(to.agent)(one) && one.attributes[AGENT_ATTRIBUTES.waiting] === 'yes';
  const there = () => [...room.remoteParticipants.values()].some(isDispatched);
  if (await waitInRoom(room, JOIN_EVENTS, there, HANDOFF_TIMEOUT_MS)) {
    await handoff.announced();
    return handoff.ctx.room.name ?? '';
  }
  // An agent that joins late would talk over this one.
  await dispatches.deleteDispatch(sent.id, name);
  return false;
}

/** Handoff in a new room: the other agent waits there, and the caller's page follows. */
async function inNewRoom(handoff: Handoff, to: HandoffRequest, deployment: string) {
  const from = handoff.ctx.room.name ?? '';
  const room = unguessable('call');
  const metadata = metadataOf(
    handoff,
    { ...handoffContextFor(handoff, to), movedFrom: from },
    room,
  );
  const at = Date.now();
  const moved = await moveCaller(handoff, { room, agentName: to.agent, deployment, metadata });
  handoff.report(dispatchedEvent(to, deployment), at, room);
  if (!moved) await handoff.livekit.rooms.deleteRoom(room).catch(() => undefined);
  return moved && room;
}

/** See `CallHandle.handOff`. The caller of this function ends this agent's part of the call. */
export async function handOff(handoff: Handoff, to: HandoffRequest): Promise<boolean> {
  const { config, session, agent, report } = handoff;
  const found = findAgent(to.agent);
  if (!found) throw new Error(`There is no agent ${to.agent}.`);
  const deployment = handoffDeployment(found, config.LIVEKIT_AGENT_DEPLOYMENT);
  // From here on the caller talks to the other agent.
  session.input.setAudioEnabled(false);
  try {
    const bring = to.newRoom ? inNewRoom : inThisRoom;
    const room = await bring(handoff, to, deployment);
    if (room !== false) {
      report({ kind: 'handed_off', from: agent.name, to: to.agent, room });
      report({ kind: 'outcome', outcome: HANDED_OFF });
      return true;
    }
    log().warn({ agent: to.agent, deployment }, 'the other agent did not join in time');
  } catch (error) {
    log().error({ error, agent: to.agent }, 'handoff failed');
    reportError(report, 'handoff', error);
  }
  session.input.setAudioEnabled(true);
  return false;
}

/** Waits until the agent that hands off has signalled that it is leaving, or is gone. */
export async function waitForHandoff(
  ctx: JobContext,
  { from }: AgentHandoffContext,
): Promise<void> {
  const isReleased = () => {
    const previous = ctx.room.remoteParticipants.get(from.identity);
    return !previous || Boolean(previous.attributes[AGENT_ATTRIBUTES.leaving]);
  };
  const events = [RoomEvent.ParticipantAttributesChanged, RoomEvent.ParticipantDisconnected];
  await waitInRoom(ctx.room, events, isReleased);
  // Not awaited: LiveKit's answer can take five seconds, and the caller is waiting.
  ctx.agent?.setAttributes({ [AGENT_ATTRIBUTES.waiting]: '' }).catch((error: unknown) => {
    log().warn({ error }, 'the waiting attribute was not cleared');
  });
}

/** Milliseconds for the page to confirm the move, and then to leave. */
const FOLLOW_MS = 3_000;

/** The room to create and the dispatch of its agent. */
interface Destination {
  readonly room: string;
  readonly agentName: string;
  readonly deployment: string;
  readonly metadata: string;
}

/**
 * Creates a room with the next agent in it and asks the caller's page to follow with a new token. LiveKit's
 * MoveParticipant is not in the open-source server. Resolves to whether the page moves; false if the agent did not join
 * in time.
 */
async function moveCaller(
  { ctx, config, livekit, announced, asked }: Handoff,
  { room, agentName, deployment, metadata }: Destination,
): Promise<boolean> {
  const { rooms } = livekit;
  const caller = callerOf(ctx.room);
  if (!caller) return false;
  const call = callOf(caller.attributes);
  await rooms.createRoom({
    name: room,
    // Events in that room before the caller arrives belong to this call too.
    metadata: call && noteOfCall(call),
    ...ROOM_TIMEOUTS,
    agents: [roomAgentDispatch({ name: agentName, deployment, metadata })],
  });
  const hasJoined = async () => (await rooms.listParticipants(room)).some(isIn(agentName));
  if (!(await waitFor(HANDOFF_TIMEOUT_MS, hasJoined))) return false;
  await announced();
  const plan = {
    room,
    identity: caller.identity,
    name: caller.name,
    metadata: caller.metadata,
    attributes: caller.attributes,
    agent: { name: agentName, deployment, metadata: '' },
  };
  const token = await mintToken(plan, config.LIVEKIT_API_KEY, config.LIVEKIT_API_SECRET);
  const hasLeft = () => !ctx.room.remoteParticipants.has(caller.identity);
  // Allows this room to be closed if nobody else is in it.
  const left = waitInRoom(ctx.room, [RoomEvent.ParticipantDisconnected], hasLeft, 2 * FOLLOW_MS);
  asked();
  const answered = ctx.agent?.performRpc({
    destinationIdentity: caller.identity,
    method: MOVE_METHOD,
    payload: JSON.stringify({ room, token }),
    responseTimeout: FOLLOW_MS,
  });
  try {
    // A page that moves immediately can disconnect before its response is sent, which then never
    // arrives.
    await Promise.race([answered, left.then(async (is) => void (is || (await answered)))]);
  } catch (error) {
    const { CONNECTION_TIMEOUT, RESPONSE_TIMEOUT, RECIPIENT_DISCONNECTED } = RpcError.ErrorCode;
    const unanswered = [CONNECTION_TIMEOUT, RESPONSE_TIMEOUT, RECIPIENT_DISCONNECTED];
    const { code } = error as Partial<RpcError>;
    if (!unanswered.some((one) => one === code) || !(await left)) {
      log().warn({ error }, 'the caller cannot be moved: their client is not a Callboard page');
      return false;
    }
  }
  await left;
  return true;
}
