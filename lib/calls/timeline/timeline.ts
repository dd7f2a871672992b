// A call's timeline, made of its events: the same whatever order they came in, and how often. Pure:
// what is kept beside the events can be made again from them at any time.
import type { CallSummary, Timeline } from '../call';
import type { EventKind, Happening, KeptEvent } from '../event';
import { endingOf, outcomeOf } from './ending';
import { marksOf } from './marks';
import { inOrder, type Placed } from './order';
import { stagesOf } from './stages';

type Of<K extends EventKind> = Extract<Happening, { kind: K }>;

function first<K extends EventKind>(placed: readonly Placed[], kind: K) {
  const found = placed.find(({ event }) => event.what.kind === kind);
  return found && { at: found.at, what: found.event.what as Of<K> };
}

const all = <K extends EventKind>(placed: readonly Placed[], kind: K): Of<K>[] =>
  placed.map(({ event }) => event.what).filter((what): what is Of<K> => what.kind === kind);

/** Agents and deployments, the ones asked for first, then as they came. */
function staffOf(placed: readonly Placed[]) {
  const named = [...all(placed, 'requested'), ...all(placed, 'dispatched')];
  const came = all(placed, 'agent_joined');
  // Until an agent has told of itself, LiveKit knows its name alone.
  const told = came.filter(({ worker }) => worker !== undefined);
  const list = (names: readonly string[]) => [...new Set(names.filter((name) => name !== ''))];
  const deployments = list([...named, ...told].map(({ deployment }) => deployment));
  return {
    agents: list([...named, ...came].map(({ agent }) => agent)),
    deployments,
    // What another deployment runs that had to step in says nothing of the one asked for.
    version: came.find((one) => one.version && one.deployment === deployments[0])?.version,
  };
}

function callerOf(placed: readonly Placed[]): string {
  const asked = all(placed, 'requested')[0];
  const came = all(placed, 'person_joined').find(
    ({ role }) => role === 'caller' || role === 'phone',
  );
  return asked?.name || came?.name || asked?.identity || came?.identity || '';
}

/** By what the caller is known again: as it was asked with, else as who came first is. */
function callerIdOf(placed: readonly Placed[]): string | undefined {
  const came = all(placed, 'person_joined').filter(
    ({ role }) => role === 'caller' || role === 'phone',
  );
  return [...all(placed, 'requested'), ...came].find(({ callerId }) => callerId)?.callerId;
}

function summaryOf(placed: readonly Placed[]): CallSummary {
  const earliest = placed[0] as Placed;
  const requested = first(placed, 'requested');
  const requestedAt = requested?.at ?? earliest.at;
  const named = placed.find(({ event }) => event.what.kind === 'requested') ?? earliest;
  const turns = all(placed, 'turn');
  const ending = endingOf(placed, requestedAt);
  return {
    id: placed.find(({ event }) => event.call !== undefined)?.event.call ?? earliest.event.id,
    room: named.event.room,
    origin: requested?.what.origin ?? 'other',
    caller: callerOf(placed),
    account: requested?.what.account,
    callerId: callerIdOf(placed),
    ...staffOf(placed),
    requestedAt,
    startedAt: first(placed, 'room_started')?.at,
    joinedAt: first(placed, 'agent_joined')?.at,
    answeredAt: first(placed, 'first_audio')?.at,
    endedAt: ending?.at,
    endedBy: ending?.by,
    endReason: ending?.reason,
    outcome: outcomeOf(placed),
    turns: turns.length,
    errors: all(placed, 'error').length,
    answerMs: turns.flatMap(({ speaker, latency }) =>
      speaker === 'agent' && latency?.firstAudio !== undefined
        ? [Math.round(latency.firstAudio)]
        : [],
    ),
  };
}

/**
 * The timeline of a call. Its events may come in any order and any number of times.
 * @param events all of one call, at least one
 * @throws {RangeError} where there is none
 */
export function foldCall(events: readonly KeptEvent[]): Timeline {
  if (events.length === 0) throw new RangeError('A call has at least one event.');
  const { placed, clocks } = inOrder(events);
  const call = summaryOf(placed);
  return {
    call,
    stages: stagesOf(placed, call.requestedAt),
    marks: marksOf(placed, clocks, call.requestedAt),
    clocks: [...clocks]
      .filter(([, offsetMs]) => offsetMs !== 0)
      .map(([source, offsetMs]) => ({ source, offsetMs }))
      .sort((a, b) => (a.source < b.source ? -1 : 1)),
  };
}
