// A deterministic order of a call's events, regardless of arrival order and duplicates: the base of the timeline.

import type { EventKind, KeptEvent } from '../event';
import { type Clocks, clocksOf, corrected } from './clock';

/** An event with its corrected time: milliseconds since 1970 on the web process's clock. */
export interface OrderedEvent {
  readonly event: KeptEvent;
  readonly at: number;
}

/** Order of events within the same millisecond: that of a typical call. */
const RANKS: Readonly<Record<EventKind, number>> = {
  requested: 0,
  put_through: 1,
  token_minted: 2,
  room_started: 3,
  dispatched: 4,
  job_assigned: 5,
  job_refused: 6,
  person_joined: 7,
  agent_joined: 8,
  recording: 9,
  first_audio: 10,
  agent_state: 11,
  connection: 12,
  missed_words: 13,
  turn: 14,
  tool: 15,
  error: 16,
  outcome: 17,
  handed_over: 18,
  ended: 19,
  agent_left: 20,
  failover: 21,
  gave_up: 22,
  person_left: 23,
  room_finished: 24,
};

/** The rank of a kind, for other lists in the same order. */
export const rankOf = (kind: EventKind): number => RANKS[kind];

/** Compares strings by code units, so that the result does not depend on the locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Removes duplicates. Of two events with one id the first to arrive wins, as in the database. */
function once(events: readonly KeptEvent[]): KeptEvent[] {
  const byId = new Map<string, KeptEvent>();
  for (const event of events) {
    const known = byId.get(event.id);
    if (!known || isBefore(event, known)) byId.set(event.id, event);
  }
  return [...byId.values()];
}

function isBefore(a: KeptEvent, b: KeptEvent): boolean {
  if (a.arrivedAt !== b.arrivedAt) return a.arrivedAt < b.arrivedAt;
  return JSON.stringify(a) < JSON.stringify(b);
}

/** The events in order, without duplicates, and the clock offsets used. */
export function inOrder(events: readonly KeptEvent[]): { placed: OrderedEvent[]; clocks: Clocks } {
  const each = once(events);
  const clocks = clocksOf(each);
  const placed = each
    .map((event) => ({ event, at: corrected(event.at, event, clocks) }))
    .sort(
      (a, b) =>
        a.at - b.at ||
        RANKS[a.event.what.kind] - RANKS[b.event.what.kind] ||
        compareText(a.event.id, b.event.id),
    );
  return { placed, clocks };
}
