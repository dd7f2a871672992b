// Makes a room with agents in it. Given with the room, they are all that LiveKit sends: to a room
// made without a list it sends an agent without a name as well.
import { type AgentDispatch, type Room, RoomAgentDispatch } from 'livekit-server-sdk';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import type { CheckedAgent } from './checks';
import { liveRoom } from './room-facts';
import { tellDispatch, tellRequest } from './tell-requests';
import { ROOM_TIMEOUTS } from './tokens';

/** A room to be made; what is left out is as in a token's room. */
export interface RoomPlan {
  readonly name: string;
  readonly agents: readonly CheckedAgent[];
  /** Seconds. */
  readonly emptyTimeout?: number;
  /** Seconds. */
  readonly departureTimeout?: number;
  readonly maxParticipants?: number;
  readonly metadata?: string;
}

/** A room that was made, and its dispatches in the order of the agents. */
interface OpenedRoom {
  readonly room: Room;
  readonly dispatches: readonly AgentDispatch[];
}

/**
 * Makes the room for whoever asks; undefined where it is live already, or came into being meanwhile: LiveKit then
 * answers as if it had made it and sends none of the agents, so the dispatches are looked at.
 * @throws {Problem} 503 where LiveKit does not answer.
 */
export function openRoom(
  livekit: LiveKit,
  plan: RoomPlan,
  by: 'page' | 'api',
): Promise<OpenedRoom | undefined> {
  const { name, agents, metadata, maxParticipants } = plan;
  return oneAtATime(`opening of ${name}`, async () => {
    const at = Date.now();
    if (await liveRoom(livekit, name)) return undefined;
    const creating = livekit.rooms.createRoom({
      name,
      emptyTimeout: plan.emptyTimeout ?? ROOM_TIMEOUTS.emptyTimeout,
      departureTimeout: plan.departureTimeout ?? ROOM_TIMEOUTS.departureTimeout,
      maxParticipants,
      metadata,
      agents: agents.map((agent) => new RoomAgentDispatch({ ...agent, agentName: agent.name })),
    });
    const room = await asked(creating, undefined);
    if (!room) return undefined;
    if (agents.length === 0) return { room, dispatches: [] };
    const sent = await asked(livekit.dispatches.listDispatch(name), []);
    const dispatches = agents.flatMap(
      (agent) =>
        sent.find(
          (one) =>
            one.agentName === agent.name &&
            one.deployment === agent.deployment &&
            one.metadata === agent.metadata,
        ) ?? [],
    );
    if (dispatches.length < agents.length) return undefined;
    tellOpened(plan, room, dispatches, at, by);
    return { room, dispatches };
  });
}

/** A call begins where a room is made for an agent; a room without one is nobody's call yet. */
function tellOpened(
  { agents }: RoomPlan,
  { name: room, sid: roomSid }: Room,
  dispatches: readonly AgentDispatch[],
  at: number,
  by: 'page' | 'api',
): void {
  const [first] = agents;
  if (first) tellRequest({ room, roomSid, at }, by, first);
  agents.forEach((agent, index) => {
    tellDispatch({ room, roomSid }, agent, by, dispatches[index]?.id);
  });
}
