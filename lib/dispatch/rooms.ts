// Rooms and their dispatches in the HTTP API: list, create and end rooms; list and show dispatches. LiveKit's
// field names, ISO 8601 times, and the actual state of jobs beside the one that LiveKit reports.

import type { AgentDispatch, ParticipantInfo, Room } from 'livekit-server-sdk';
import { addEvent } from '@/lib/calls/ingest/add-event';
import type { CallsServer } from '@/lib/calls/server';
import { Problem } from '@/lib/core/problem';
import type { CreatedRoom, DispatchView, RoomsAnswer } from '@/lib/dispatch/answers';
import { requireLiveWorker } from '@/lib/dispatch/dispatch-agent';
import { openRoom, type RoomPlan } from '@/lib/dispatch/open-room';
import {
  agentOf,
  agentsIn,
  jobState,
  milliseconds,
  reportedState,
  visibleParticipants,
} from '@/lib/dispatch/presence';
import { requireDispatch, requireLiveRoom, roomFacts } from '@/lib/dispatch/room-facts';
import { AGENT_ATTRIBUTES, agentNameOf, closingNote } from '@/lib/livekit/attributes';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';
import { deploymentOf } from '@/lib/livekit/dispatch';

/** Most rooms in a list, the newest first. Each takes a request to LiveKit. Our own choice. */
const ROOMS_MAX = 100;

/** The live rooms, newest first, and their total number. */
export async function listRooms(livekit: LiveKit): Promise<RoomsAnswer> {
  const rooms = await callLiveKit(livekit.rooms.listRooms(), []);
  const newest = rooms
    .toSorted((a, b) => Number(b.creationTimeMs - a.creationTimeMs))
    .slice(0, ROOMS_MAX);
  const views = newest.map(async (room) =>
    occupiedRoomView(room, await callLiveKit(livekit.rooms.listParticipants(room.name), [])),
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
  server: CallsServer,
  plan: RoomPlan,
  force = false,
  by: 'page' | 'api' = 'api',
): Promise<CreatedRoom> {
  if (!force) for (const agent of plan.agents) requireLiveWorker(server, agent);
  const opened = await openRoom(server, plan, by);
  if (!opened) {
    const detail = 'Dispatch agents to it, or choose another name.';
    throw new Problem('room-exists', detail);
  }
  return {
    name: plan.name,
    // The name of before 0.2, for one release.
    room: plan.name,
    ...roomView(opened.room),
    agents: opened.dispatches.map((dispatch) => ({
      ...named(dispatch.agentName),
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
export async function endRoom(server: CallsServer, name: string, reason?: string): Promise<void> {
  const { livekit } = server;
  const { sid } = await requireLiveRoom(livekit, name);
  const at = Date.now();
  if (reason) {
    const note = closingNote.parse({ callboard: { closing: reason } });
    await callLiveKit(livekit.rooms.updateRoomMetadata(name, JSON.stringify(note)), undefined);
  }
  await callLiveKit(livekit.rooms.deleteRoom(name), undefined);
  addEvent(server, { room: name, roomSid: sid, at }, { kind: 'ended', why: 'closed', reason });
}

/** An agent's name, as LiveKit calls it, and as this API did before 0.2, for one release. */
const named = (name: string) => ({ agent_name: name, agent: name });

/** LiveKit's time (nanoseconds since 1970) in ISO 8601; null if unknown. */
function isoTime(time: bigint | undefined): string | null {
  return time ? new Date(milliseconds(time)).toISOString() : null;
}

/**
 * A dispatch at `now` (milliseconds since 1970). In each job, `started_at` is when a worker was offered the job,
 * `ended_at` is null if LiveKit does not know it, `worker` is the worker's own name while its agent is in the room, and
 * `worker_id` is LiveKit's name for it.
 */
function dispatchView(
  dispatch: AgentDispatch,
  people: readonly ParticipantInfo[],
  now: number,
): DispatchView {
  return {
    dispatch_id: dispatch.id,
    ...named(dispatch.agentName),
    deployment: deploymentOf(dispatch),
    metadata: dispatch.metadata,
    attributes: dispatch.attributes,
    created_at: isoTime(dispatch.state?.createdAt),
    jobs: (dispatch.state?.jobs ?? []).map((job) => ({
      id: job.id,
      state: jobState(job, people, now),
      reported: reportedState(job),
      worker: agentOf(job, people)?.attributes[AGENT_ATTRIBUTES.worker] ?? null,
      worker_id: job.state?.workerId || null,
      identity: job.state?.participantIdentity || null,
      started_at: isoTime(job.state?.startedAt),
      ended_at: isoTime(job.state?.endedAt),
      error: job.state?.error || null,
    })),
  };
}

/** A room. `max_participants` 0 means no limit; timeouts are in seconds. */
function roomView(room: Room) {
  return {
    sid: room.sid,
    created_at: new Date(Number(room.creationTimeMs)).toISOString(),
    empty_timeout: room.emptyTimeout,
    departure_timeout: room.departureTimeout,
    max_participants: room.maxParticipants,
    metadata: room.metadata,
  };
}

/** A room with its participants and its agents. */
function occupiedRoomView(room: Room, people: readonly ParticipantInfo[]) {
  const agents = agentsIn(people);
  return {
    name: room.name,
    ...roomView(room),
    participants: visibleParticipants(people)
      .filter((one) => !agents.includes(one))
      .map(({ identity, name }) => ({ identity, name })),
    agents: agents.map(({ identity, attributes }) => ({
      identity,
      ...named(agentNameOf(attributes)),
      deployment: attributes[AGENT_ATTRIBUTES.deployment] ?? null,
      worker: attributes[AGENT_ATTRIBUTES.worker] ?? null,
    })),
  };
}

/**
 * All dispatches of a room, oldest first (LiveKit returns them in no order). LiveKit's own dispatch without an
 * agent name is omitted until an agent has joined by it.
 * @throws {Problem} 404 if the room is not live.
 */
export async function listDispatches(livekit: LiveKit, room: string) {
  await requireLiveRoom(livekit, room);
  const { people, dispatches } = await roomFacts(livekit, room);
  const age = ({ state }: (typeof dispatches)[number]) => state?.createdAt ?? 0n;
  return dispatches
    .toSorted((a, b) => Number(age(a) - age(b)))
    .map((dispatch) => dispatchView(dispatch, people, Date.now()))
    .filter(({ agent, jobs }) => agent !== '' || jobs.length > 0);
}

/**
 * One dispatch of a room.
 * @throws {Problem} 404 if the room is not live or has no such dispatch.
 */
export async function showDispatch(livekit: LiveKit, room: string, id: string) {
  const { dispatch, people } = await requireDispatch(livekit, room, id);
  return dispatchView(dispatch, people, Date.now());
}
