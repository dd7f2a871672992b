// Rooms and dispatches in the HTTP API: LiveKit's field names, ISO 8601 times, and the actual
// state of jobs beside the one that LiveKit reports.
import type { AgentDispatch, ParticipantInfo, Room } from 'livekit-server-sdk';
import { AGENT_ATTRIBUTES, agentNameOf } from '@/lib/livekit/attributes';
import { deploymentOf } from '@/lib/livekit/dispatch';
import {
  agentOf,
  agentsIn,
  jobState,
  milliseconds,
  reportedState,
  visibleParticipants,
} from './presence';

/** LiveKit's time (nanoseconds since 1970) in ISO 8601; null if unknown. */
function isoTime(time: bigint | undefined): string | null {
  return time ? new Date(milliseconds(time)).toISOString() : null;
}

/**
 * A dispatch at `now` (milliseconds since 1970). In each job, `started_at` is when a worker was offered the job,
 * `ended_at` is null if LiveKit does not know it, `worker` is the worker's own name while its agent is in the room, and
 * `worker_id` is LiveKit's name for it.
 */
export function dispatchView(
  dispatch: AgentDispatch,
  people: readonly ParticipantInfo[],
  now: number,
) {
  return {
    dispatch_id: dispatch.id,
    agent: dispatch.agentName,
    deployment: deploymentOf(dispatch),
    metadata: dispatch.metadata,
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
export function roomView(room: Room) {
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
export function occupiedRoomView(room: Room, people: readonly ParticipantInfo[]) {
  const agents = agentsIn(people);
  return {
    name: room.name,
    ...roomView(room),
    participants: visibleParticipants(people)
      .filter((one) => !agents.includes(one))
      .map(({ identity, name }) => ({ identity, name })),
    agents: agents.map(({ identity, attributes }) => ({
      identity,
      agent: agentNameOf(attributes),
      deployment: attributes[AGENT_ATTRIBUTES.deployment] ?? null,
      worker: attributes[AGENT_ATTRIBUTES.worker] ?? null,
    })),
  };
}
