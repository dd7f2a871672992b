// Who was present in a call, from its ordered events: when the last caller left, the last agent, and when the last room
// was closed. Used to find out how a call ended.

import type { OrderedEvent } from '@/lib/calls/timeline/order';
import { ROOM_ENDED, STILL_PRESENT } from '@/lib/livekit/end-reason';

const place = ({ event }: OrderedEvent, identity: string) => `${event.room}\0${identity}`;

/** Whether somebody joined in the role of a caller. */
export const isCaller = ({ role }: { readonly role: string }): boolean =>
  role === 'caller' || role === 'phone';

/** Identities of callers: they requested the call, or joined in the role of a caller. */
function callersOf(placed: readonly OrderedEvent[]): ReadonlySet<string> {
  return new Set(
    placed.flatMap(({ event: { what } }) => {
      if (what.kind === 'requested') return [what.identity];
      return what.kind === 'person_joined' && isCaller(what) ? [what.identity] : [];
    }),
  );
}

/** The events after the last one that shows that the call goes on, regardless of earlier reports of its end. */
export function sinceLife(placed: readonly OrderedEvent[]): readonly OrderedEvent[] {
  const callers = callersOf(placed);
  const last = placed.findLastIndex(({ event: { what } }) =>
    what.kind === 'person_joined'
      ? callers.has(what.identity)
      : what.kind === 'room_started' || what.kind === 'agent_joined',
  );
  return placed.slice(last + 1);
}

/** The event after which none of them was present, and none came back. */
function lastGone(
  placed: readonly OrderedEvent[],
  comes: (one: OrderedEvent) => string | undefined,
  goes: (one: OrderedEvent) => string | undefined,
): OrderedEvent | undefined {
  const there = new Set<string>();
  let gone: OrderedEvent | undefined;
  for (const one of placed) {
    const coming = comes(one);
    const going = goes(one);
    if (coming !== undefined) {
      there.add(place(one, coming));
      gone = undefined;
    } else if (going !== undefined) {
      there.delete(place(one, going));
      if (there.size === 0) gone ??= one;
    }
  }
  return gone;
}

/** When the last caller left. */
export function callersGone(placed: readonly OrderedEvent[]): OrderedEvent | undefined {
  const callers = callersOf(placed);
  return lastGone(
    placed,
    ({ event: { what } }) =>
      what.kind === 'person_joined' && callers.has(what.identity) ? what.identity : undefined,
    ({ event: { what } }) =>
      what.kind === 'person_left' && callers.has(what.identity) && !STILL_PRESENT.includes(what.why)
        ? what.identity
        : undefined,
  );
}

/**
 * Reports of the last agent's leaving, by itself or by LiveKit: everything after the event with which no agent was left.
 * Empty while an agent is present.
 */
export function agentsGone(placed: readonly OrderedEvent[]): readonly OrderedEvent[] {
  const left = ({ event: { what } }: OrderedEvent) =>
    what.kind === 'agent_left' ? what.identity : undefined;
  const gone = lastGone(
    placed,
    ({ event: { what } }) => (what.kind === 'agent_joined' ? what.identity : undefined),
    left,
  );
  const since = gone ? placed.slice(placed.indexOf(gone)) : [];
  return since.filter((one) => left(one) !== undefined);
}

/** Whether LiveKit reports with this event that the room is gone. A stopping node may report nothing but who left. */
function reportsEnd({ roomSid, what }: OrderedEvent['event']): boolean {
  if (what.kind === 'room_finished') return true;
  const leaves = what.kind === 'agent_left' || what.kind === 'person_left';
  return leaves && roomSid !== undefined && ROOM_ENDED.includes(what.why);
}

/**
 * When the last room of the call finished; undefined while one is open. Of several rooms with one name only the latest
 * counts: a restarted server never reports the end of earlier ones.
 */
export function roomsFinished(placed: readonly OrderedEvent[]): number | undefined {
  const latest = new Map<string, string | undefined>();
  const finished = new Map<string, number>();
  const seen = new Set<string>();
  for (const { event, at } of placed) {
    const { room, roomSid: sid, what } = event;
    if (sid !== undefined && !seen.has(sid)) latest.set(room, sid);
    if (sid !== undefined) seen.add(sid);
    const closed = sid ?? latest.get(room) ?? room;
    if (reportsEnd(event) && !finished.has(closed)) finished.set(closed, at);
    // The caller is moving to that room.
    if (what.kind === 'handed_off' && what.room !== undefined && !latest.has(what.room)) {
      latest.set(what.room, undefined);
    }
  }
  const times = [...latest].map(([name, sid]) => finished.get(sid ?? name));
  if (times.length === 0) times.push(...finished.values());
  if (times.length === 0 || times.includes(undefined)) return undefined;
  return Math.max(...(times as number[]));
}
