// The queue of callers who wait for an agent: first come, first served, and callers who stop asking lose their
// position. Pure: time and capacity are arguments.

/** Milliseconds without a request after which a caller has given up. */
export const POSITION_EXPIRES_MS = 10_000;
/**
 * Milliseconds for which an admitted caller counts until their job shows in the workers' reports: the time a page needs
 * to join. If a token is used later, its caller is counted when they join, or waits in the room.
 */
export const ADMITTED_MS = 3_000;
/** Most callers in one queue. Others are told that all agents are busy, and get no position. Our own choice. */
export const MAX_WAITING = 500;

/**
 * Value of `busy` in a worker's report from which one more call would slow down all others. Our own choice: measured on
 * two cores, response times were unaffected below it and doubled above it.
 */
export const BUSY_FULL = 0.85;

/** A queue position. Times are in milliseconds since 1970. */
interface Ticket extends Pick<QueueRequest, 'room' | 'caller'> {
  readonly id: string;
  /** When the caller first asked. */
  readonly since: number;
  /** When it expires, unless they ask again. */
  readonly until: number;
}

/** The queue of one agent on one deployment. */
export interface Queue {
  /** In order of arrival. */
  readonly waiting: readonly Ticket[];
  /** Callers who were just admitted, by their rooms. */
  readonly admitted: readonly { readonly room: string; readonly at: number }[];
}

export const EMPTY_QUEUE: Queue = { waiting: [], admitted: [] };

/** A request for a place. */
export interface QueueRequest {
  /** The caller's ticket, or a new one. */
  readonly ticket: string;
  /** The room that they will join. */
  readonly room: string;
  /** Milliseconds for which their position is kept until they ask again. */
  readonly keptMs: number;
  /** The caller's name, for who watches the queue; undefined if it is not known. */
  readonly caller?: string | undefined;
}

/** Capacity as the workers report it: `newRooms` are rooms of jobs already in these numbers. */
export interface FreePlaces {
  readonly free: number;
  readonly newRooms: ReadonlySet<string>;
}

/** The result of a request. `full`: the queue itself is full. */
export type QueueResult =
  | { readonly kind: 'admitted'; readonly since: number }
  | { readonly kind: 'waiting'; readonly position: number }
  | { readonly kind: 'full' };

/** The queue without callers who gave up, and without admitted ones whose job has begun or never will. */
function withoutExpired(queue: Queue, { newRooms }: FreePlaces, now: number): Queue {
  return {
    waiting: stillWaiting(queue, now),
    admitted: queue.admitted.filter(
      ({ room, at }) => now - at < ADMITTED_MS && !newRooms.has(room),
    ),
  };
}

/** Those who wait, in order: the position of the first is 1. */
export const stillWaiting = ({ waiting }: Queue, now: number): readonly Ticket[] =>
  waiting.filter(({ until }) => now < until);

/** Whether this ticket has a position. */
export const hasPosition = (queue: Queue, ticket: string, now: number): boolean =>
  stillWaiting(queue, now).some(({ id }) => id === ticket);

/** The queue without this ticket. */
export const withoutTicket = (queue: Queue, ticket: string): Queue => ({
  ...queue,
  waiting: queue.waiting.filter(({ id }) => id !== ticket),
});

/** Takes or renews a position; admits the caller if it is their turn. */
export function takePosition(
  before: Queue,
  request: QueueRequest,
  capacity: FreePlaces,
  now: number,
): { readonly queue: Queue; readonly result: QueueResult } {
  const { waiting, admitted } = withoutExpired(before, capacity, now);
  const known = waiting.find(({ id }) => id === request.ticket);
  const mine: Ticket = {
    id: request.ticket,
    room: request.room,
    caller: request.caller,
    since: known?.since ?? now,
    until: now + request.keptMs,
  };
  const all = known ? waiting.map((one) => (one === known ? mine : one)) : [...waiting, mine];
  const position = all.indexOf(mine) + 1;
  if (position <= capacity.free - admitted.length) {
    const left = all.filter((one) => one !== mine);
    const queue = { waiting: left, admitted: [...admitted, { room: request.room, at: now }] };
    return { queue, result: { kind: 'admitted', since: mine.since } };
  }
  if (position > MAX_WAITING) return { queue: { waiting, admitted }, result: { kind: 'full' } };
  return { queue: { waiting: all, admitted }, result: { kind: 'waiting', position } };
}
