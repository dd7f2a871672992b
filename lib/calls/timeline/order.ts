// A deterministic order of a call's events, regardless of arrival order and duplicates: the base of the timeline. The clocks
// of event sources are corrected against the web process's clock. A late delivery is not a wrong clock, so only a
// difference that cannot be a delay is corrected.
import type { EventKind, StoredEvent } from '@/lib/calls/event';

/** An event with its corrected time: milliseconds since 1970 on the web process's clock. */
export interface OrderedEvent {
  readonly event: StoredEvent;
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
  agent_config: 9,
  recording: 10,
  first_audio: 11,
  agent_state: 12,
  connection: 13,
  missed_words: 14,
  stuck: 14,
  turn: 15,
  tool: 16,
  whisper: 17,
  spans: 18,
  error: 19,
  tagged: 20,
  evaluation: 21,
  outcome: 22,
  agent_changed: 23,
  handed_off: 24,
  ended: 25,
  summary: 26,
  usage: 27,
  agent_left: 28,
  dispatch_deleted: 28,
  failover: 29,
  gave_up: 30,
  person_left: 31,
  room_finished: 32,
};

/** The rank of a kind, for other lists in the same order. */
export const rankOf = (kind: EventKind): number => RANKS[kind];

/** Compares strings by code units, so that the result does not depend on the locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Removes duplicates. Of two events with one id the first to arrive wins, as in the database. */
function once(events: readonly StoredEvent[]): StoredEvent[] {
  const byId = new Map<string, StoredEvent>();
  for (const event of events) {
    const known = byId.get(event.id);
    if (!known || isBefore(event, known)) byId.set(event.id, event);
  }
  return [...byId.values()];
}

function isBefore(a: StoredEvent, b: StoredEvent): boolean {
  if (a.arrivedAt !== b.arrivedAt) return a.arrivedAt < b.arrivedAt;
  return JSON.stringify(a) < JSON.stringify(b);
}

/** The events in order, without duplicates, and the clock offsets used. */
export function inOrder(events: readonly StoredEvent[]): {
  placed: OrderedEvent[];
  clocks: Clocks;
} {
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

/**
 * Maximum delay in milliseconds between sending and arrival; more is a clock difference. Our own choice: LiveKit's
 * webhooks have whole seconds, so up to one second is no delay at all.
 */
const DELAY_MAX_MS = 2_000;

/** Milliseconds by which each source's clock is behind the web process's (negative: ahead of it). */
export type Clocks = ReadonlyMap<string, number>;

/** The offsets of all sources of `events`; zero if there is nothing to correct. */
function clocksOf(events: readonly StoredEvent[]): Clocks {
  const least = new Map<string, number>();
  for (const { source, at, sentAt, arrivedAt } of events) {
    const difference = arrivedAt - (sentAt ?? at);
    least.set(source, Math.min(least.get(source) ?? Number.POSITIVE_INFINITY, difference));
  }
  return new Map(
    [...least].map(([source, ms]) => {
      const usual = source === 'web' || (ms >= 0 && ms <= DELAY_MAX_MS);
      return [source, usual ? 0 : ms];
    }),
  );
}

/** A time in `event` on the web process's clock: never after the event's arrival. */
export function corrected(
  time: number,
  event: Pick<StoredEvent, 'source' | 'arrivedAt'>,
  clocks: Clocks,
): number {
  return Math.min(time + (clocks.get(event.source) ?? 0), event.arrivedAt);
}
