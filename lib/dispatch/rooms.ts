// Lists live rooms with their participants, creates rooms with agents, and ends rooms for everyone.

import { inspect } from 'node:util';
import type { AgentDispatch, Room } from 'livekit-server-sdk';
import { recordEvent } from '@/lib/calls/ingest/record-event';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { Problem } from '@/lib/core/problem';
import { redact } from '@/lib/core/redact';
import { closingNote } from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { deploymentOf, roomAgentDispatch } from '@/lib/livekit/dispatch';
import type { CheckedAgent } from './checks';
import { recordDispatch, recordRequest } from './request-events';
import { liveRoom, requireLiveRoom, requireLiveWorker } from './room-facts';
import type { TokenPlan } from './token-plan';
import { ROOM_TIMEOUTS } from './tokens';
import { occupiedRoomView, roomView } from './views';

/** Most rooms in a list, the newest first. Each takes a request to LiveKit. Our own choice. */
const ROOMS_MAX = 100;

/** The live rooms, newest first, and their total number. */
export async function listRooms(livekit: LiveKit) {
  const rooms = await asked(livekit.rooms.listRooms(), []);
  const newest = rooms
    .toSorted((a, b) => Number(b.creationTimeMs - a.creationTimeMs))
    .slice(0, ROOMS_MAX);
  const views = newest.map(async (room) =>
    occupiedRoomView(room, await asked(livekit.rooms.listParticipants(room.name), [])),
  );
  return { rooms: await Promise.all(views), total: rooms.length };
}

/**
 * Creates a room with its agents.
 * @param force even if an agent has no live worker
 * @param by the kind of client
 * @throws {Problem} 409 if the room exists or an agent has no live worker.
 */
export async function createRoom(
  livekit: LiveKit,
  plan: RoomPlan,
  force = false,
  by: 'page' | 'api' = 'api',
) {
  if (!force) plan.agents.forEach(requireLiveWorker);
  const opened = await openRoom(livekit, plan, by);
  if (!opened) {
    const detail = 'Dispatch agents to it, or choose another name.';
    throw new Problem('room-exists', detail);
  }
  return {
    room: plan.name,
    ...roomView(opened.room),
    agents: opened.dispatches.map((dispatch) => ({
      agent: dispatch.agentName,
      deployment: deploymentOf(dispatch),
      metadata: dispatch.metadata,
      dispatch_id: dispatch.id,
    })),
  };
}

/**
 * Ends a room for everyone. The reason is first written to the room's metadata, which reaches participants on the
 * same connection before the end.
 * @throws {Problem} 404 if the room is not live.
 */
export async function endRoom(livekit: LiveKit, name: string, reason?: string): Promise<void> {
  const { sid } = await requireLiveRoom(livekit, name);
  const at = Date.now();
  if (reason) {
    const note = closingNote.parse({ callboard: { closing: reason } });
    await asked(livekit.rooms.updateRoomMetadata(name, JSON.stringify(note)), undefined);
  }
  await asked(livekit.rooms.deleteRoom(name), undefined);
  recordEvent({ room: name, roomSid: sid, at }, { kind: 'ended', why: 'closed', reason });
}

/** A room to create. Defaults are those of a token's room. */
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

/** A created room, and its dispatches in the order of the agents. */
interface OpenedRoom {
  readonly room: Room;
  readonly dispatches: readonly AgentDispatch[];
}

/**
 * Creates the room. Returns undefined if it was live already or was created meanwhile: LiveKit then responds as if
 * it had created the room, but dispatches no agents, so this checks the dispatches.
 * @throws {Problem} 503 if LiveKit does not respond.
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
      agents: agents.map(roomAgentDispatch),
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
            deploymentOf(one) === agent.deployment &&
            one.metadata === agent.metadata,
        ) ?? [],
    );
    if (dispatches.length < agents.length) return undefined;
    recordOpened(plan, room, dispatches, at, by);
    return { room, dispatches };
  });
}

/** A call starts when a room is created for an agent; a room without agents is not a call yet. */
function recordOpened(
  { agents }: RoomPlan,
  { name: room, sid: roomSid }: Room,
  dispatches: readonly AgentDispatch[],
  at: number,
  by: 'page' | 'api',
): void {
  const [first] = agents;
  if (first) recordRequest({ room, roomSid, at }, by, first);
  agents.forEach((agent, index) => {
    recordDispatch({ room, roomSid }, agent, by, dispatches[index]?.id);
  });
}

/**
 * Seconds for the page to join before the room closes: more than the 15 s that LiveKit's client allows for a
 * connection. If the page joins later, its token creates a new room.
 */
const JOIN_S = 20;

/**
 * Creates a call's room while the token is still on its way to the page. LiveKit takes 200 ms to assign a job
 * (it asks its nodes, and the first answer waits for others); the page connects in that time. LiveKit then
 * ignores the token's own dispatch, so only one agent joins.
 * Does not wait: if it fails, the page's token creates the room.
 */
export function createRoomEarly({ rooms }: LiveKit, { room: name, agent }: TokenPlan): void {
  const plan = { ...ROOM_TIMEOUTS, emptyTimeout: JOIN_S, name, agents: [roomAgentDispatch(agent)] };
  rooms.createRoom(plan).catch((error: unknown) => {
    console.error(redact(`token: could not create the room early: ${inspect(error)}`));
  });
}
