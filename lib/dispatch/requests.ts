// The JSON requests that dispatch agents, and their validation field by field against the list of agents and the limits.
import { z } from 'zod';
import type { AgentsServer } from '@/lib/agents/server';
import { unguessable } from '@/lib/core/ids';
import { Problem, pointer } from '@/lib/core/problem';
import { checkedAgent, checkedMetadata, checkedName, wrong } from '@/lib/dispatch/checks';
import type { RoomPlan } from '@/lib/dispatch/open-room';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';
import { message, optional, optionalInt, optionalText } from '@/lib/livekit/json';
import { agentFields, OLD_AGENT } from '@/lib/livekit/token-request';

/** Most seconds that a room may stay open without participants. Our own choice: a day. */
const TIMEOUT_MAX_SECONDS = 86_400;
/** Most participants in one room. Our own choice: far beyond any call. */
const PEOPLE_MAX = 1_000;
/** Longest reason for ending a room, in characters. Our own choice. */
const REASON_MAX = 300;

/** Whether to dispatch an agent even if no worker is live. */
const force = optional(z.boolean());

/** Body of `POST /api/rooms/{room}/dispatches`. */
export const agentRequest = message({ ...agentFields, force }, OLD_AGENT);

/** Body of `POST /api/dispatch-agent`. */
export const dispatchRequest = message({ ...agentFields, force, room: z.string() }, OLD_AGENT);

/** Body of `POST /api/rooms`. */
export const roomRequest = message(
  {
    name: optionalText,
    agents: optional(z.array(message(agentFields, OLD_AGENT))),
    empty_timeout: optionalInt,
    departure_timeout: optionalInt,
    max_participants: optionalInt,
    metadata: optionalText,
    force,
  },
  // The name of before 0.2, read for one release.
  { room: 'name' },
);

/**
 * Checks a required room name.
 * @throws {Problem} 422
 */
export function checkedRoom(name: string): string {
  return checkedName('room', name) as string;
}

function checkedNumber(field: string, value: number | undefined, max: number) {
  if (value === undefined || (value >= 1 && value <= max)) return value;
  throw wrong('out-of-bounds', pointer(field), `must be from 1 to ${max}`);
}

function checkedAgents(
  server: AgentsServer,
  asked: NonNullable<z.output<typeof roomRequest>['agents']>,
): AgentToDispatch[] {
  const agents = asked.map((one, at) => checkedAgent(server, one, ['agents', at]));
  const names = agents.map(({ name }) => name);
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice === -1) return agents;
  const at = pointer('agents', twice, 'agent_name');
  throw wrong('not-allowed', at, 'is already in the list; a room has one agent of each name');
}

/**
 * The requested room, with a random name if none was given.
 * @throws {Problem} 422 or 413 with the invalid field.
 */
export function planRoom(server: AgentsServer, asked: z.output<typeof roomRequest>): RoomPlan {
  return {
    name: checkedName('name', asked.name) ?? unguessable('call'),
    agents: checkedAgents(server, asked.agents ?? []),
    emptyTimeout: checkedNumber('empty_timeout', asked.empty_timeout, TIMEOUT_MAX_SECONDS),
    departureTimeout: checkedNumber(
      'departure_timeout',
      asked.departure_timeout,
      TIMEOUT_MAX_SECONDS,
    ),
    maxParticipants: checkedNumber('max_participants', asked.max_participants, PEOPLE_MAX),
    metadata: checkedMetadata(pointer('metadata'), asked.metadata),
  };
}

/**
 * The reason in a request's query; undefined if there is none.
 * @throws {Problem} 422
 */
export function readReason(request: Request): string | undefined {
  const reason = new URL(request.url).searchParams.get('reason')?.trim();
  if (!reason) return undefined;
  if (reason.length > REASON_MAX || /\p{Cc}/u.test(reason)) {
    const detail = `reason may have at most ${REASON_MAX} characters and no control characters.`;
    throw new Problem('out-of-bounds', detail);
  }
  return reason;
}
