// Limits what a call's events cost: how many are stored, and how often the call is computed again from all of them. A
// caller can cause any number of events, by writing, by pressing keys, by reconnecting. Pure.
import type { CallSummary } from '@/lib/calls/call';
import { EVENTS_MAX, type EventKind, FREQUENT } from '@/lib/calls/event';
import type { PlacedEvent } from '@/lib/calls/store/call-row';

/** Kinds that are always stored: without them a call would never end. */
const ENDS: ReadonlySet<EventKind> = new Set(['ended', 'room_finished']);

/**
 * Events of a call that are folded with each batch, and milliseconds by which folding a longer call may be late, for
 * each of its events. So the time that a call takes does not grow with its length. Our own choice.
 */
const SHORT_CALL = 500;
const LATE_MS = 2;

/** What is stored of a call. */
export interface Stored {
  readonly summary: CallSummary;
  /** Number of its events. */
  readonly count: number;
  /** When it was folded: the arrival of its latest event then, in milliseconds since 1970. */
  readonly foldedAt: number;
}

/** The event that says that a call has more events than are stored. */
const marker = ({ call, room, roomSid, arrivedAt }: PlacedEvent): PlacedEvent => ({
  ...{ id: `events-max-${call}`, call, room, roomSid, source: 'web', at: arrivedAt, arrivedAt },
  what: {
    kind: 'error',
    where: 'events',
    message: `The call has ${EVENTS_MAX} events. Further turns, tools, errors and changes of state are not stored.`,
  },
});

/** Those of the events that may be stored, and a last one for each call that reaches the maximum with them. */
export function withinLimit(
  events: readonly PlacedEvent[],
  stored: ReadonlyMap<string, Stored>,
): readonly PlacedEvent[] {
  const counts = new Map([...stored].map(([call, { count }]) => [call, count]));
  return events.flatMap((event) => {
    const { call, what } = event;
    const count = counts.get(call) ?? 0;
    const max = FREQUENT.has(what.kind) ? EVENTS_MAX : 2 * EVENTS_MAX;
    if (count >= max && !ENDS.has(what.kind)) return [];
    const reached = count + 1 === EVENTS_MAX;
    counts.set(call, count + (reached ? 2 : 1));
    return reached ? [event, marker(event)] : [event];
  });
}

/** Whether a long call need not be folded yet. The event that ends it is always folded, and so is all that follows. */
export function mayWait(added: readonly PlacedEvent[], stored: Stored): boolean {
  if (stored.summary.endedAt !== undefined || stored.count < SHORT_CALL) return false;
  const latest = added.reduce((last, { arrivedAt }) => Math.max(last, arrivedAt), 0);
  return (
    latest - stored.foldedAt < stored.count * LATE_MS &&
    added.every(({ what }) => FREQUENT.has(what.kind))
  );
}
