// Converts LiveKit's webhooks to events of a call.

import { clamp } from 'es-toolkit';
import { callOf, callOfRoom } from '@/lib/calls/call-id';
import type { EventData, EventOf } from '@/lib/calls/event';
import { addEvent } from '@/lib/calls/ingest/add-event';
import type { CallsServer } from '@/lib/calls/server';
import { type EventPerson, isAgent, type RoomEvent } from '@/lib/calls/webhooks/event';
import {
  AGENT_ATTRIBUTES,
  agentNameOf,
  isAgentConsole,
  leavingOf,
  PERSON_ATTRIBUTES,
} from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';

/** Milliseconds that LiveKit truncates from times in whole seconds. */
const CUT_MS = 999;

type Role = EventOf<'person_joined'>['role'];

function roleOf({ kind, attributes }: EventPerson): Role {
  if (attributes[PERSON_ATTRIBUTES.takeover]) return 'colleague';
  if (isAgentConsole(attributes)) return 'other';
  if (kind === 'sip') return 'phone';
  return kind === 'standard' || kind === 'connector' ? 'caller' : 'other';
}

function joined(person: EventPerson): EventData {
  const { identity, name, attributes } = person;
  if (!isAgent(person)) {
    const callerId = callerKey(identity, attributes);
    return { kind: 'person_joined', identity, name, role: roleOf(person), callerId };
  }
  return {
    kind: 'agent_joined',
    identity,
    agent: agentNameOf(person.attributes),
    deployment: attributes[AGENT_ATTRIBUTES.deployment] ?? '',
    worker: attributes[AGENT_ATTRIBUTES.worker],
    version: attributes[AGENT_ATTRIBUTES.version],
  };
}

function left(person: EventPerson): EventData {
  const { identity, why, attributes } = person;
  if (!isAgent(person)) return { kind: 'person_left', identity, why };
  return {
    kind: 'agent_left',
    identity,
    agent: agentNameOf(attributes),
    why: leavingOf(attributes) ?? why,
    worker: attributes[AGENT_ATTRIBUTES.worker] || undefined,
  };
}

/** The content of the event. */
function whatOf({ name, person, egress }: RoomEvent): EventData {
  if (egress) return egress.what;
  if (name === 'room_started' || name === 'room_finished') return { kind: name };
  const someone = person as EventPerson;
  return name === 'participant_joined' ? joined(someone) : left(someone);
}

/**
 * When it happened, by LiveKit's clock. If that has whole seconds only, the moment within that second closest to the
 * arrival.
 */
function happenedAt({ at, exactly, heard }: RoomEvent): number {
  return exactly ?? clamp(heard, at, at + CUT_MS);
}

/** Adds a webhook's event to the queue; false if that failed. */
export function addLiveKitEvent(server: CallsServer, id: string, event: RoomEvent): boolean {
  const { room, person, heard, egress } = event;
  return addEvent(
    server,
    {
      // Several webhooks may report the same state of an egress.
      id: egress?.id ?? id,
      source: 'livekit',
      room: room.name,
      roomSid: room.sid,
      call: callOf(person?.attributes) ?? callOfRoom(room.metadata),
      at: happenedAt(event),
      sentAt: heard,
    },
    whatOf(event),
  );
}
