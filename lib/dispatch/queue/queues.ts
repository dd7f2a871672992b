// The queues, one for each agent and deployment, and the responses to waiting callers. Web processes on one PostgreSQL
// server share them. If the database does not respond in time, each process uses its own: a caller whom two of them
// admit may meet a full worker, and failover then queues them in their room.

import { setTimeout as pause } from 'node:timers/promises';
import { hasOtherProcesses } from '@/lib/cluster/pubsub';
import { type Changed, sharedState } from '@/lib/cluster/shared-state';
import { englishDuration } from '@/lib/core/figures';
import { unguessable } from '@/lib/core/ids';
import { Problem } from '@/lib/core/problem';
import { withTimeout } from '@/lib/core/wait';
import { type Capacity, capacity } from '@/lib/dispatch/queue/capacity';
import {
  EMPTY_QUEUE,
  hasPosition,
  POSITION_EXPIRES_MS,
  type Queue,
  type QueueRequest,
  type QueueResult,
  stillWaiting,
  takePosition,
  withoutTicket,
} from '@/lib/dispatch/queue/queue';
import { PAGE_HEADER, TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import type { DispatchServer } from '@/lib/dispatch/server';
import { liveWorkers } from '@/lib/livekit/workers';

/** Seconds after which clients ask again: often enough to keep the position if one response is lost. */
export const RETRY_AFTER_S = 2;
/** Longest ticket: longer ones were not issued here. */
const TICKET_MAX = 100;

/**
 * Milliseconds for which a request of a client without queue support waits: longer than an unused token holds a place
 * (`ADMITTED_MS`), shorter than clients wait for a response.
 */
const WAIT_IN_REQUEST_MS = 5_000;
const POLL_MS = 500;
/**
 * Milliseconds for which such a client keeps its position after its last check: longer than `Retry-After`, so that it
 * may still use its ticket; shorter than its next request waits, so that an abandoned position does not block it.
 */
const UNSHOWN_POSITION_MS = 4_000;

/** Milliseconds for the shared queue in the database, because a caller is waiting. */
const DATABASE_MS = 1_000;
/** Milliseconds for which the database is not asked again after it did not respond. */
const DATABASE_RETRY_MS = 2_000;

/** The queues, by agent and deployment. */
const queues = sharedState<Queue>('line');
const keyOf = ({ agent, deployment }: Omit<CallRequest, 'room'>) =>
  JSON.stringify([agent, deployment]);

/** Changes the shared queue of all web processes, or this process's own if the database does not respond. */
async function changeQueue(
  server: DispatchServer,
  key: string,
  change: (before: Queue | undefined) => Changed<Queue, QueueResult | undefined>,
): Promise<QueueResult | undefined> {
  if (hasOtherProcesses(server) && Date.now() - server.sharedQueue.awayAt >= DATABASE_RETRY_MS) {
    try {
      return await withTimeout(DATABASE_MS, queues.change(server, key, change));
    } catch {
      // The store has logged the reason.
      server.sharedQueue.awayAt = Date.now();
    }
  }
  return queues.changeOwn(server, key, change);
}

interface CallRequest {
  /** Agent name. */
  readonly agent: string;
  readonly deployment: string;
  /** Room of the call. */
  readonly room: string;
  /** The caller's name, if it is known. */
  readonly caller?: string | undefined;
}

/** A caller's turn, or their position. */
export type QueueTurn =
  /** `since`: when they first asked, in milliseconds since 1970. */
  | { readonly kind: 'admitted'; readonly since: number }
  | { readonly kind: 'queued'; readonly position: number; readonly ticket: string };

/** The ticket of a request, or a new one. */
export function ticketOf({ headers }: Request): string {
  const shown = headers.get(TICKET_HEADER);
  return shown && shown.length <= TICKET_MAX ? shown : unguessable('ticket');
}

/** Whether this ticket has a position in an agent's queue, so that its call was already counted. */
async function isQueued(
  server: DispatchServer,
  of: Omit<CallRequest, 'room'>,
  ticket: string,
  now: number,
): Promise<boolean> {
  // While the database is unavailable, the call is counted again.
  const read = queues.read(server, keyOf(of));
  const queue = await withTimeout(DATABASE_MS, read).catch(() => undefined);
  return hasPosition(queue ?? EMPTY_QUEUE, ticket, now);
}

/**
 * Takes or renews a position in an agent's queue; admits the caller if it is their turn.
 * @param onlyWaiting do nothing if the ticket has no position: `result` is then undefined
 */
async function updateQueue(
  server: DispatchServer,
  of: Omit<CallRequest, 'room'>,
  asking: QueueRequest,
  onlyWaiting = false,
) {
  const places = capacity(server, of.agent, of.deployment);
  const { soon: free, newRooms } = places;
  const now = Date.now();
  const result = await changeQueue(server, keyOf(of), (before = EMPTY_QUEUE) => {
    if (onlyWaiting && !hasPosition(before, asking.ticket, now)) {
      return { after: before, result: undefined };
    }
    const asked = takePosition(before, asking, { free, newRooms }, now);
    return { after: asked.queue, result: asked.result };
  });
  return { result, places };
}

const ticketOfRoom = (room: string) => `room ${room}`;

/**
 * The same queue for callers who are already in their room, because they joined while all agents were busy.
 * Call it every {@link RETRY_AFTER_S} seconds; otherwise the position expires.
 */
export async function queueRoom(
  server: DispatchServer,
  { room, ...of }: CallRequest,
): Promise<QueueResult> {
  const { result } = await updateQueue(server, of, {
    ticket: ticketOfRoom(room),
    room,
    keptMs: POSITION_EXPIRES_MS,
  });
  return result ?? { kind: 'full' };
}

/** The caller in this room waits no more: those after them move up. */
export async function leaveQueue(server: DispatchServer, { room, ...of }: CallRequest) {
  await changeQueue(server, keyOf(of), (before = EMPTY_QUEUE) => ({
    after: withoutTicket(before, ticketOfRoom(room)),
    result: undefined,
  }));
}

/** Whether a client shows its queue position and asks again by itself. */
const supportsQueue = ({ headers }: Request) =>
  headers.has(PAGE_HEADER) || headers.has(TICKET_HEADER);

/** Why no caller is admitted now. */
export function waitingReason(
  { agent, deployment }: Omit<CallRequest, 'room'>,
  { free, sustainable }: Capacity,
): string {
  const of = `${agent} on ${deployment}`;
  if (free === 0) return `All places of ${of} are taken`;
  if (sustainable === 0) return `The machine of ${of} has no CPU time for another call`;
  return `${of} is starting processes for the callers before you`;
}

/**
 * Returns once it is the caller's turn. Without a live worker there is no queue, and the caller is admitted. The
 * request of a client without queue support waits for a place that is ready within seconds.
 * @param ticket see {@link ticketOf}
 * @param count counts the start of a call; not given if it was counted when the ticket got its position
 * @returns their position, to a client that asks again
 * @throws {Problem} 503, to others with their position and ticket, or if the queue is full; and what `count` throws
 */
export async function waitInQueue(
  server: DispatchServer,
  request: Request,
  wanted: CallRequest,
  ticket: string,
  count?: () => Promise<void>,
): Promise<QueueTurn> {
  const { agent, deployment, room, caller } = wanted;
  const asksAgain = supportsQueue(request);
  const keptMs = asksAgain ? POSITION_EXPIRES_MS : UNSHOWN_POSITION_MS;
  const asking = { ticket, room, caller, keptMs };
  const look = (onlyWaiting: boolean) => updateQueue(server, wanted, asking, onlyWaiting);

  if (liveWorkers(server, agent, deployment).length === 0) {
    await count?.();
    return { kind: 'admitted', since: Date.now() };
  }
  let { result, places } = await look(count !== undefined);
  if (result === undefined) {
    // Another request with this ticket was admitted meanwhile, so this one is a separate call.
    await count?.();
    ({ result, places } = await look(false));
  }
  const until = performance.now() + (asksAgain ? 0 : WAIT_IN_REQUEST_MS);
  while (
    result?.kind === 'waiting' &&
    places.free > 0 &&
    performance.now() < until &&
    !request.signal.aborted
  ) {
    await pause(POLL_MS);
    ({ result, places } = await look(false));
  }
  if (result?.kind === 'admitted') return result;
  if (result?.kind === 'waiting' && asksAgain)
    return { kind: 'queued', position: result.position, ticket };
  const why = waitingReason(wanted, places);
  const headers = { 'retry-after': String(RETRY_AFTER_S) };
  if (result?.kind !== 'waiting') {
    throw new Problem('agents-busy', `${why}, and the queue is full.`, {}, headers);
  }
  const { position } = result;
  throw new Problem(
    'agents-busy',
    `${why}. Ask again every ${englishDuration(RETRY_AFTER_S * 1_000)} with this ticket in the header ${TICKET_HEADER}; ` +
      `otherwise the position expires after ${englishDuration(POSITION_EXPIRES_MS)}.`,
    { queue: { position, ticket }, line: { place: position, ticket } },
    headers,
  );
}

/**
 * Counts the start of a call once, however often its caller asks again while all agents are busy.
 * @throws whatever `count` throws, if too many were started
 */
export async function countedStart(
  server: DispatchServer,
  request: Request,
  of: Omit<CallRequest, 'room'>,
  ticket: string,
  count: () => Promise<void>,
) {
  const at = Date.now();
  // A ticket that was made for this request has no position yet.
  const waits = request.headers.has(TICKET_HEADER) && (await isQueued(server, of, ticket, at));
  if (!waits) await count();
  // Counted when the ticket got its position; for another call it counts again.
  const again = waits ? count : undefined;
  return {
    /**
     * The caller's turn in this room, as `waitInQueue` gives it. A live room has its agent, or gets it without a token.
     * @throws {Problem} as `waitInQueue` does
     */
    async turn(room: string, isLive: boolean): Promise<QueueTurn> {
      if (!isLive) return waitInQueue(server, request, { ...of, room }, ticket, again);
      await again?.();
      return { kind: 'admitted', since: at };
    },
  };
}

/** A caller in a queue. */
export interface QueuedCaller {
  /** Agent name, and display name of the deployment. */
  readonly agent: string;
  readonly deployment: string;
  /** From 1, the next to be admitted. */
  readonly position: number;
  /** When they first asked, in milliseconds since 1970. */
  readonly since: number;
  /** The room that they are in, or will join. */
  readonly room: string;
  /** Their name, if it is known. */
  readonly caller?: string | undefined;
}

/**
 * All who wait now, of all web processes, the longest wait first.
 * @throws {Problem} 503 if the database does not respond
 */
export async function queuedCallers(server: DispatchServer): Promise<readonly QueuedCaller[]> {
  const now = Date.now();
  const all = (await queues.readAll(server)).flatMap(({ key, value }) => {
    const [agent = '', deployment = ''] = JSON.parse(key) as string[];
    return stillWaiting(value, now).map(({ since, room, caller }, before) => ({
      ...{ agent, deployment, position: before + 1, since, room, caller },
    }));
  });
  return all.sort((a, b) => a.since - b.since);
}
