// Hands the caller off to another agent: dispatches it, waits until it has joined and the announcement has been played,
// then lets it speak. Contains both sides, the agent that leaves and the agent that takes over. Either of them may be
// an agent that was not written for Callboard: it speaks as soon as it has joined, and does not say when it leaves.

import { type JobContext, type llm, log, type voice } from '@livekit/agents';
import {
  ParticipantKind,
  type RemoteParticipant,
  RoomEvent,
  RpcError,
  TrackKind,
} from '@livekit/rtc-node';
import type { HandoffRequest } from '@/agent/core/agent-definition';
import { callerOf, JOIN_EVENTS, waitInRoom } from '@/agent/core/people';
import type { ReportCall } from '@/agent/reporting/events';
import { reportError } from '@/agent/reporting/session-events';
import { postSigned } from '@/agent/reporting/web-process';
import { agentDeployments, WORKER_AGENTS_PATH } from '@/lib/agents/agent';
import { callOf, noteOfCall } from '@/lib/calls/call-id';
import { type CatalogueAgent, findAgent } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { PRODUCTION } from '@/lib/core/deployment';
import { unguessable } from '@/lib/core/ids';
import { HANDOFF_TIMEOUT_MS } from '@/lib/core/join-timeouts';
import { HANDED_OFF } from '@/lib/core/outcome';
import { waitFor } from '@/lib/core/wait';
import { AgentRemoval } from '@/lib/dispatch/agent-removal';
import { readLanguage, writeLanguage } from '@/lib/dispatch/caller-language';
import {
  type AgentHandoffContext,
  type HandoffContext,
  waitsForHandoff,
  writeHandoffContext,
} from '@/lib/dispatch/handoff-context';
import { readCaller, writeCaller } from '@/lib/dispatch/known-caller';
import { canTalk, isStaying } from '@/lib/dispatch/presence';
import { mintToken, ROOM_TIMEOUTS } from '@/lib/dispatch/tokens';
import {
  AGENT_ATTRIBUTES,
  AGENT_STATE_ATTRIBUTE,
  agentNameOf,
  isAvatar,
  isFromOtherWorker,
  MOVE_METHOD,
} from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { type AgentToDispatch, createDispatch, roomAgentDispatch } from '@/lib/livekit/dispatch';

interface Handoff {
  readonly ctx: JobContext;
  readonly config: Config;
  readonly livekit: LiveKit;
  readonly session: voice.AgentSession;
  readonly agent: CatalogueAgent;
  readonly report: ReportCall;
  /** Resolves when the announcement has been played; the handoff waits for it. */
  readonly announced: () => Promise<void>;
  readonly asked: () => void;
}

/** Where to dispatch the other agent, and how to hand off to it. */
interface Target {
  readonly deployment: string;
  /** Whether it waits for this agent. Otherwise it speaks as soon as it has joined. */
  readonly waits: boolean;
}

/**
 * The deployment to dispatch to: the catalogue's choice, by default that of the agent that hands off, or else
 * production; undefined if the other agent has neither.
 */
export function handoffDeployment(
  { deployments, handOff = 'same' }: Listed & Pick<CatalogueAgent, 'handOff'>,
  own: string,
): string | undefined {
  const wanted = handOff === 'same' ? own : handOff;
  return [wanted, PRODUCTION].find((one) => deployments.includes(one));
}

type Listed = { readonly deployments: readonly string[] };

/** Milliseconds to ask the web process: the caller is waiting. Our own choice. */
const ASK_MS = 2_000;

/** The deployments in the list of an agent that is not in code; undefined if the web process does not answer. */
async function askDeployments(config: Config, agent: string): Promise<Listed | undefined> {
  try {
    const where = ['agents', WORKER_AGENTS_PATH] as const;
    const answer = await postSigned(config, where, { agent }, AbortSignal.timeout(ASK_MS));
    if (!answer.ok) throw new Error(`The web process answered ${answer.status}.`);
    return agentDeployments.parse(await answer.json());
  } catch (error) {
    const { CALLBOARD_URL: url } = config;
    const why = 'the list of agents could not be read: handing off to the own deployment';
    log().warn({ error, url, agent }, why);
    return undefined;
  }
}

/** @throws if the agent is in no list, or on neither this deployment nor production */
async function targetOf(config: Config, agent: string): Promise<Target> {
  const own = config.LIVEKIT_AGENT_DEPLOYMENT;
  const inCode = findAgent(agent);
  const listed = inCode ?? (await askDeployments(config, agent));
  if (listed?.deployments.length === 0) {
    const todo = 'Correct its name, or add it on the page Agents.';
    throw new Error(`There is no agent ${agent}. ${todo}`);
  }
  const deployment = listed ? handoffDeployment(listed, own) : own;
  if (deployment === undefined)
    throw new Error(`The agent ${agent} has neither the deployment ${own} nor ${PRODUCTION}.`);
  return { deployment, waits: inCode !== undefined };
}

/** What was said in a conversation, and of interrupted lines what was heard. */
export const saidIn = ({ items }: llm.ChatContext): AgentHandoffContext['said'] =>
  items.flatMap((item) => {
    if (item.type !== 'message' || !item.textContent) return [];
    if (item.role !== 'user' && item.role !== 'assistant') return [];
    const speaker = item.role === 'user' ? ('caller' as const) : ('agent' as const);
    const { interrupted } = item;
    return [{ speaker, text: item.textContent, ...(interrupted && { interrupted }) }];
  });

function handoffContextFor(
  { ctx, session, agent }: Handoff,
  to: HandoffRequest,
): AgentHandoffContext {
  return {
    kind: 'handoff',
    from: {
      agent: agent.name,
      person: agent.person,
      identity: ctx.room.localParticipant?.identity ?? '',
    },
    summary: to.summary,
    caller: to.caller,
    said: saidIn(session.history),
  };
}

/** Metadata of the dispatch: handoff context, caller and language. */
function metadataOf(
  { ctx, config }: Handoff,
  handoffContext: AgentHandoffContext,
  room: string,
): string {
  const secret = config.LIVEKIT_API_SECRET;
  const context = writeHandoffContext(handoffContext, { room, secret });
  const metadata = writeLanguage(readLanguage(ctx.job.metadata) ?? 'en', context);
  const caller = readCaller(ctx.job.metadata, { room: ctx.job.room?.name ?? '', secret });
  return caller === undefined ? metadata : writeCaller(caller, { room, secret }, metadata);
}

const dispatchedEvent = ({ agent }: HandoffRequest, deployment: string) => ({
  kind: 'dispatched' as const,
  agent,
  deployment,
  by: 'agent' as const,
});

const publishesAudio = ({ trackPublications }: RemoteParticipant) =>
  [...trackPublications.values()].some(({ kind }) => kind === TrackKind.KIND_AUDIO);

/** Whether a participant is that agent, and says what it does. */
const isIn =
  (agent: string) =>
  ({ attributes }: Pick<RemoteParticipant, 'attributes'>) =>
    agentNameOf(attributes) === agent && attributes[AGENT_STATE_ATTRIBUTE] !== undefined;

/** Handoff in the caller's room: the other agent joins next to this one. */
async function inThisRoom(handoff: Handoff, to: HandoffRequest, { deployment, waits }: Target) {
  const { dispatches } = handoff.livekit;
  const { room } = handoff.ctx;
  const name = room.name ?? '';
  // It would talk over the announcement.
  if (!waits) await handoff.announced();
  const metadata = metadataOf(handoff, handoffContextFor(handoff, to), name);
  const agent = { name: to.agent, deployment, metadata };
  const before = new Set(room.remoteParticipants.keys());
  const sent = await createDispatch(dispatches, name, agent);
  handoff.report({ ...dispatchedEvent(to, deployment), dispatch: sent.id });
  const isDispatched = (one: RemoteParticipant) => {
    if (before.has(one.identity) || agentNameOf(one.attributes) !== to.agent) return false;
    // Also one that is in another worker's code.
    if (one.attributes[AGENT_ATTRIBUTES.waiting] === 'yes') return isIn(to.agent)(one);
    return !waits && canTalk(one, publishesAudio(one));
  };
  const there = () => [...room.remoteParticipants.values()].some(isDispatched);
  const events = [...JOIN_EVENTS, RoomEvent.TrackPublished];
  if (await waitInRoom(room, events, there, HANDOFF_TIMEOUT_MS)) {
    if (waits) await handoff.announced();
    return name;
  }
  // An agent that joins late would talk over this one.
  const { sid = '' } = handoff.ctx.job.room ?? {};
  void new AgentRemoval(handoff.livekit, { name, sid }, sent).keepOut();
  await dispatches.deleteDispatch(sent.id, name);
  return false;
}

/**
 * Handoff in a new room, to which the caller's page follows. An agent that waits joins it ahead of the caller; another one
 * would greet an empty room, so the caller's token dispatches it, and failover replaces it if it does not come.
 */
async function inNewRoom(handoff: Handoff, to: HandoffRequest, { deployment, waits }: Target) {
  const { ctx, livekit, report, announced } = handoff;
  const { rooms } = livekit;
  const caller = callerOf(ctx.room);
  if (!caller) return false;
  const movedFrom = ctx.room.name ?? '';
  const room = unguessable('call');
  const metadata = metadataOf(handoff, { ...handoffContextFor(handoff, to), movedFrom }, room);
  const agent = { name: to.agent, deployment, metadata };
  const at = Date.now();
  if (waits) {
    const call = callOf(caller.attributes);
    await rooms.createRoom({
      name: room,
      // Events in that room before the caller arrives belong to this call too.
      ...(call && { metadata: noteOfCall(call) }),
      ...ROOM_TIMEOUTS,
      agents: [roomAgentDispatch(agent)],
    });
  }
  const hasJoined = async () => (await rooms.listParticipants(room)).some(isIn(to.agent));
  const isReady = !waits || (await waitFor(HANDOFF_TIMEOUT_MS, hasJoined)) === true;
  if (isReady) await announced();
  // A token for a room that is there dispatches nothing.
  const inToken = { ...agent, metadata: waits ? '' : metadata };
  const moved = isReady && (await moveCaller(handoff, caller, room, inToken));
  if (moved || waits) report(dispatchedEvent(to, deployment), at, room);
  if (!moved && waits) await rooms.deleteRoom(room).catch(() => undefined);
  return moved && room;
}

/** See `CallHandle.handOff`. The caller of this function ends this agent's part of the call. */
export async function handOff(handoff: Handoff, to: HandoffRequest): Promise<boolean> {
  const { config, session, agent, report } = handoff;
  // From here on the caller talks to the other agent.
  session.input.setAudioEnabled(false);
  try {
    const target = await targetOf(config, to.agent);
    const bring = to.newRoom ? inNewRoom : inThisRoom;
    const room = await bring(handoff, to, target);
    if (room !== false) {
      report({ kind: 'handed_off', from: agent.name, to: to.agent, room });
      report({ kind: 'outcome', outcome: HANDED_OFF });
      return true;
    }
    log().warn({ agent: to.agent, ...target }, 'the other agent did not join in time');
  } catch (error) {
    log().error({ error, agent: to.agent }, 'handoff failed');
    reportError(report, 'handoff', error);
  }
  session.input.setAudioEnabled(true);
  return false;
}

/**
 * Waits until the agent that hands off has signalled that it is leaving, or is gone. Without a handoff context, waits for
 * agents that were not written for Callboard, which may stay, {@link HANDOFF_TIMEOUT_MS} at most.
 */
export async function waitForHandoff(
  { room, agent }: JobContext,
  context: HandoffContext | undefined,
): Promise<void> {
  const from = waitsForHandoff(context) ? context.from.identity : undefined;
  const isBefore = (one: RemoteParticipant) => {
    if (from !== undefined) return one.identity === from && isStaying(one);
    // Until it is gone: if it is removed, it may still end its sentence.
    const isAgent = one.kind === ParticipantKind.AGENT && !isAvatar(one.attributes);
    return isAgent && isFromOtherWorker(one.attributes) && canTalk(one, publishesAudio(one));
  };
  const isReleased = () => ![...room.remoteParticipants.values()].some(isBefore);
  const events = [RoomEvent.ParticipantAttributesChanged, RoomEvent.ParticipantDisconnected];
  const ms = from === undefined ? HANDOFF_TIMEOUT_MS : undefined;
  await waitInRoom(room, events, isReleased, ms);
  // Not awaited: LiveKit's answer can take five seconds, and the caller is waiting.
  agent?.setAttributes({ [AGENT_ATTRIBUTES.waiting]: 'no' }).catch((error: unknown) => {
    log().warn({ error }, 'the room was not told that the agent waits no more');
  });
}

/** Milliseconds for the page to confirm the move, and then to leave. */
const FOLLOW_MS = 3_000;

/**
 * Asks the caller's page to follow into a room with a new token, which dispatches the agent if it creates the room.
 * LiveKit's MoveParticipant is not in the open-source server. Resolves to whether the page moves.
 */
async function moveCaller(
  { ctx, config, asked }: Handoff,
  caller: RemoteParticipant,
  room: string,
  agent: AgentToDispatch,
): Promise<boolean> {
  const plan = {
    room,
    identity: caller.identity,
    name: caller.name,
    metadata: caller.metadata,
    attributes: caller.attributes,
    agent,
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
    // A page that moves immediately can disconnect before its response is sent, which then never arrives.
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
