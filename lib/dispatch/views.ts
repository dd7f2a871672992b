// Rooms and dispatches as the HTTP API shows them: LiveKit's field names, times in ISO 8601, shown
// names of deployments, and of jobs what is really the case beside what LiveKit says.
import type { AgentDispatch, ParticipantInfo, Room } from 'livekit-server-sdk';
import { shownDeployment } from '@/lib/core/deployment';
import { AGENT_ATTRIBUTES, agentNameOf } from '@/lib/livekit/attributes';
import { agentOf, agentsIn, jobWord, milliseconds, reportedWord, seen } from './presence';

/** LiveKit's time (nanoseconds since 1970) in ISO 8601; null where it is not known. */
function isoTime(time: bigint | undefined): string | null {
  return time ? new Date(milliseconds(time)).toISOString() : null;
}

/**
 * A dispatch at `now` (milliseconds since 1970). Of each job: `started_at` is when it was offered to
 * a worker, `ended_at` is null where LiveKit was not told, `worker` is the worker's name for itself
 * while its agent is in the room, `worker_id` LiveKit's name for it.
 */
export function dispatchView(
  dispatch: AgentDispatch,
  people: readonly ParticipantInfo[],
  now: number,
) {
  return {
    dispatch_id: dispatch.id,
    agent: dispatch.agentName,
    deployment: shownDeployment(dispatch.deployment),
    metadata: dispatch.metadata,
    created_at: isoTime(dispatch.state?.createdAt),
    jobs: (dispatch.state?.jobs ?? []).map((job) => ({
      id: job.id,
      state: jobWord(job, people, now),
      reported: reportedWord(job),
      worker: agentOf(job, people)?.attributes[AGENT_ATTRIBUTES.worker] ?? null,
      worker_id: job.state?.workerId || null,
      identity: job.state?.participantIdentity || null,
      started_at: isoTime(job.state?.startedAt),
      ended_at: isoTime(job.state?.endedAt),
      error: job.state?.error || null,
    })),
  };
}

/** A room's own values. `max_participants` 0 is no limit; time-outs are in seconds. */
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

/** A room with who is in it: people, and apart from them the agents. */
export function occupiedRoomView(room: Room, people: readonly ParticipantInfo[]) {
  const agents = agentsIn(people);
  return {
    name: room.name,
    ...roomView(room),
    participants: seen(people)
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
