// Creates a room with agents. LiveKit dispatches only the agents given with the room; to a room without a list
// it also dispatches an agent without a name.

import type { AgentDispatch, Room } from 'livekit-server-sdk';
import type { CallsServer } from '@/lib/calls/server';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { addDispatchEvent, addRequestEvent } from '@/lib/dispatch/request-events';
import { liveRoom } from '@/lib/dispatch/room-facts';
import { ROOM_TIMEOUTS } from '@/lib/dispatch/tokens';
import { callLiveKit } from '@/lib/livekit/clients';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';
import { deploymentOf, roomAgentDispatch } from '@/lib/livekit/dispatch';

/** A room to create. Defaults are those of a token's room. */
export interface RoomPlan {
  readonly name: string;
  readonly agents: readonly AgentToDispatch[];
  /** Seconds. */
  readonly emptyTimeout?: number | undefined;
  /** Seconds. */
  readonly departureTimeout?: number | undefined;
  readonly maxParticipants?: number | undefined;
  readonly metadata?: string | undefined;
}

/**
 * Creates the room, and returns it with its dispatches in the order of the agents. Returns undefined if it was live already or was created meanwhile: LiveKit then responds as if
 * it had created the room, but dispatches no agents, so this checks the dispatches.
 * @throws {Problem} 503 if LiveKit does not respond.
 */
export function openRoom(
  server: CallsServer,
  plan: RoomPlan,
  by: 'page' | 'api',
): Promise<{ room: Room; dispatches: readonly AgentDispatch[] } | undefined> {
  const { livekit } = server;
  const { name, agents, metadata, maxParticipants } = plan;
  return oneAtATime(server, `opening of ${name}`, async () => {
    const at = Date.now();
    if (await liveRoom(livekit, name)) return undefined;
    const creating = livekit.rooms.createRoom({
      name,
      emptyTimeout: plan.emptyTimeout ?? ROOM_TIMEOUTS.emptyTimeout,
      departureTimeout: plan.departureTimeout ?? ROOM_TIMEOUTS.departureTimeout,
      ...(maxParticipants !== undefined && { maxParticipants }),
      ...(metadata !== undefined && { metadata }),
      agents: agents.map(roomAgentDispatch),
    });
    const room = await callLiveKit(creating, undefined);
    if (!room) return undefined;
    if (agents.length === 0) return { room, dispatches: [] };
    const sent = await callLiveKit(livekit.dispatches.listDispatch(name), []);
    const dispatches = agents.flatMap(
      (agent) =>
        sent.find(
          (one) =>
            one.agentName === agent.name &&
            deploymentOf(one) === agent.deployment &&
            one.metadata === agent.metadata,
        ) ?? [],
    );
    if (dispatches.length < agents.length) return undefined;
    addOpenedEvents(server, plan, room, dispatches, at, by);
    return { room, dispatches };
  });
}

/** A call starts when a room is created for an agent; a room without agents is not a call yet. */
function addOpenedEvents(
  server: CallsServer,
  { agents }: RoomPlan,
  { name: room, sid: roomSid }: Room,
  dispatches: readonly AgentDispatch[],
  at: number,
  by: 'page' | 'api',
): void {
  const [first] = agents;
  if (first) addRequestEvent(server, { room, roomSid, at }, by, first);
  agents.forEach((agent, index) => {
    addDispatchEvent(server, { room, roomSid }, agent, { by, dispatch: dispatches[index]?.id });
  });
}
