// The events of a typical call for tests, and a shorthand for single events.
import type { EventData, EventKind, EventOf, StoredEvent } from '@/lib/calls/event';
import { HANDED_OFF } from '@/lib/core/outcome';
import type { EndReason } from '@/lib/livekit/end-reason';

/** Time of the test call's request. */
export const T0 = 1_790_000_000_000;

/** An event `ms` after the request on the web process's clock, which arrived 5 ms later. */
export function eventAt<K extends EventKind>(
  kind: K,
  ms: number,
  what: Omit<EventOf<K>, 'kind'>,
  others: Partial<StoredEvent> = {},
): StoredEvent {
  return {
    id: `${kind}-${ms}`,
    call: 'c1',
    room: 'r1',
    roomSid: 'RM_1',
    source: 'web',
    at: T0 + ms,
    arrivedAt: T0 + ms + 5,
    ...others,
    what: { kind, ...what } as EventData,
  };
}

/** Names in the events of an earlier release. */
const EARLIER_NAMES: Partial<Record<EndReason, string>> = {
  left: 'CLIENT_INITIATED',
  'joined-elsewhere': 'DUPLICATE_IDENTITY',
  removed: 'PARTICIPANT_REMOVED',
  'room-deleted': 'ROOM_DELETED',
  rejected: 'USER_REJECTED',
  'line-failed': 'SIP_TRUNK_FAILURE',
  'timed-out': 'CONNECTION_TIMEOUT',
  'caller-left': 'caller',
  disconnected: 'room closed',
  duplicate: 'outdone',
  handoff: 'handover',
};

/** The event as an earlier release stored it. */
export function asInEarlierRelease<T extends { readonly what: EventData }>(event: T): T {
  const { what } = event;
  const earlier = (kind: string, more: object) => ({
    ...event,
    what: { ...what, kind, ...more } as EventData,
  });
  if (what.kind === 'handed_off') return earlier('handed_over', {});
  if (what.kind === 'outcome' && what.outcome === HANDED_OFF)
    return earlier('outcome', { outcome: 'handed over' });
  if (!('why' in what)) return event;
  return { ...event, what: { ...what, why: (EARLIER_NAMES[what.why] ?? what.why) as EndReason } };
}

const agent = { agent: 'front-desk', deployment: 'production' };
const livekit = { source: 'livekit', call: undefined };
const worker = { source: 'worker:w1' };

/** A call with one question and an appointment, ended by the agent after 30 s. */
export function usualCall(): StoredEvent[] {
  return [
    eventAt(
      'requested',
      0,
      { origin: 'page', ...agent, identity: 'ann-1', name: 'Ann' },
      { roomSid: undefined },
    ),
    eventAt('token_minted', 12, { ms: 8 }, { roomSid: undefined }),
    eventAt('dispatched', 12, { ...agent, by: 'token' }, { roomSid: undefined }),
    eventAt('room_started', 90, {}, livekit),
    eventAt('job_assigned', 110, { job: 'J1', ...agent, worker: 'w1' }, worker),
    eventAt('person_joined', 150, { identity: 'ann-1', name: 'Ann', role: 'caller' }, livekit),
    eventAt('agent_joined', 400, { identity: 'a-1', ...agent, worker: 'w1' }, worker),
    eventAt('first_audio', 900, { identity: 'a-1', agent: 'front-desk' }, worker),
    eventAt(
      'turn',
      3_000,
      {
        ...{ speaker: 'agent', identity: 'a-1', by: 'Maya', text: 'Good morning, how can I help?' },
        ...{ startedAt: T0 + 900, endedAt: T0 + 3_000 },
      },
      worker,
    ),
    eventAt(
      'turn',
      6_000,
      {
        ...{ speaker: 'caller', identity: 'ann-1', by: 'Ann', text: 'An appointment on Tuesday' },
        ...{ startedAt: T0 + 4_000, endedAt: T0 + 6_000 },
      },
      worker,
    ),
    eventAt(
      'tool',
      6_250,
      { identity: 'a-1', tool: 'book', args: '{}', result: 'ok', failed: false, ms: 150 },
      worker,
    ),
    eventAt('outcome', 6_401, { outcome: 'appointment' }, worker),
    eventAt(
      'turn',
      9_000,
      {
        ...{ speaker: 'agent', identity: 'a-1', by: 'Maya', text: 'Booked for Tuesday' },
        ...{ startedAt: T0 + 6_700, endedAt: T0 + 9_000 },
        latency: { transcript: 120, firstToken: 480, firstAudio: 700.4 },
      },
      worker,
    ),
    eventAt('ended', 30_000, { why: 'goodbye' }, worker),
    eventAt('agent_left', 30_001, { identity: 'a-1', agent: 'front-desk', why: 'goodbye' }, worker),
    eventAt('person_left', 30_100, { identity: 'ann-1', why: 'room-deleted' }, livekit),
    eventAt('room_finished', 30_150, {}, livekit),
  ];
}
