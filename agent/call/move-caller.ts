// Moves the caller into another room: creates it with the next agent in it and asks the caller's
// page to follow with a new token. LiveKit's MoveParticipant is not in the open-source server.
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '@livekit/agents';
import { RoomEvent, RpcError } from '@livekit/rtc-node';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { callOf, noteOfCall } from '../../lib/calls/call-id';
import { mintToken, ROOM_TIMEOUTS } from '../../lib/dispatch/tokens';
import { AGENT_ATTRIBUTES, AGENT_STATE_ATTRIBUTE, MOVE_METHOD } from '../../lib/livekit/attributes';
import type { LiveKit } from '../../lib/livekit/clients';
import { roomAgentDispatch } from '../../lib/livekit/dispatch';
import type { Handoff } from './handoff';
import { callerOf } from './people';
import { waitFor } from './wait-for';

/** Milliseconds between checks of the other room, which sends this process no events. */
const POLL_MS = 200;
/** Milliseconds for the page to confirm the move, and then to leave. */
const FOLLOW_MS = 3_000;

/** The room to create and the dispatch of its agent. */
interface Destination {
  readonly room: string;
  readonly agent: string;
  readonly deployment: string;
  readonly metadata: string;
}

async function hasJoined(rooms: RoomServiceClient, { room, agent }: Destination): Promise<boolean> {
  const people = await rooms.listParticipants(room);
  return people.some(
    ({ attributes }) =>
      attributes[AGENT_ATTRIBUTES.agent] === agent &&
      attributes[AGENT_STATE_ATTRIBUTE] !== undefined,
  );
}

/** Resolves to whether the caller's page moves; false if the agent did not join within `joinTimeoutMs`. */
export async function moveCaller(
  { ctx, config, announced, asked }: Handoff,
  { rooms }: LiveKit,
  to: Destination,
  joinTimeoutMs: number,
): Promise<boolean> {
  const caller = callerOf(ctx.room);
  if (!caller) return false;
  const { room, agent: agentName, deployment, metadata } = to;
  const call = callOf(caller.attributes);
  await rooms.createRoom({
    name: room,
    // Events in that room before the caller arrives belong to this call too.
    metadata: call && noteOfCall(call),
    ...ROOM_TIMEOUTS,
    agents: [roomAgentDispatch({ name: agentName, deployment, metadata })],
  });
  const deadline = Date.now() + joinTimeoutMs;
  while (!(await hasJoined(rooms, to))) {
    if (Date.now() > deadline) return false;
    await pause(POLL_MS);
  }
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
  const left = waitFor(ctx.room, [RoomEvent.ParticipantDisconnected], hasLeft, 2 * FOLLOW_MS);
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
