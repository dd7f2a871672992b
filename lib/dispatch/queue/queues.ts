// The lines, one for each agent and deployment, and what who has to wait is answered. Web processes on one
// PostgreSQL server have them together. Where that does not answer at once, each goes on with its own: a
// caller who is let in by two meets a worker that refuses, and is sent for again by the watcher.
import { setTimeout as pause } from 'node:timers/promises';
import { hasOthers } from '@/lib/cluster/pubsub';
import { type Changed, sharedState } from '@/lib/cluster/shared-state';
import { shownDeployment } from '@/lib/core/deployment';
import { unguessable } from '@/lib/core/ids';
import { Problem } from '@/lib/core/problem';
import { withTimeout } from '@/lib/core/wait';
import { liveWorkers } from '@/lib/livekit/workers';
import { type Capacity, capacity } from './capacity';
import { type Asking, ask, EMPTY_LINE, isIn, type Line, LOST_MS, type Told } from './queue';
import { PAGE_HEADER, TICKET_HEADER } from './queue-status';

/** Seconds after which to ask again: often enough to miss one answer and keep the place. */
export const RETRY_AFTER_S = 2;
/** Longest ticket: longer ones were not made here. */
const TICKET_MAX = 100;

/**
 * Milliseconds for which a client that knows nothing of lines waits in its request: longer than an unused token holds a
 * place (`ADMITTED_MS`), shorter than clients wait for an answer.
 */
const IN_REQUEST_MS = 5_000;
const LOOK_EVERY_MS = 500;
/**
 * Milliseconds for which the place of such a client is kept after its last look. Longer than `Retry-After`, so it may still
 * use its ticket; shorter than its next request waits, so a place that it gave up does not keep it out.
 */
const UNSHOWN_MS = 4_000;

/** Milliseconds for the line in the database: a caller waits for it. */
const DATABASE_MS = 1_000;
/** Milliseconds for which a database that did not answer is not asked again. */
const AWAY_MS = 2_000;

/** The queues, by agent and deployment. */
const queues = sharedState<Line>('line');

/** When the database did not answer, by this bundle of the code. */
let awayAt = Number.NEGATIVE_INFINITY;

/** Changes a line: the one of all web processes, or where that cannot be reached the own one. */
async function changeLine(
  key: string,
  change: (before: Line | undefined) => Changed<Line, Told | undefined>,
): Promise<Told | undefined> {
  if (hasOthers() && Date.now() - awayAt >= AWAY_MS) {
    try {
      return await withTimeout(DATABASE_MS, queues.change(key, change));
    } catch {
      // The store has said why.
      awayAt = Date.now();
    }
  }
  return queues.changeOwn(key, change);
}

/** The call that somebody wants. */
interface Wanted {
  /** Agent name. */
  readonly agent: string;
  /** Wire name of the deployment. */
  readonly deployment: string;
  /** Room of the call. */
  readonly room: string;
}

/** The ticket that a request shows, or a new one. */
export function ticketOf({ headers }: Request): string {
  const shown = headers.get(TICKET_HEADER);
  return shown && shown.length <= TICKET_MAX ? shown : unguessable('ticket');
}

/** Whether this ticket holds a place in the line for an agent: who shows it was counted when they came. */
export async function isWaiting(
  { agent, deployment }: Omit<Wanted, 'room'>,
  ticket: string,
  now: number,
): Promise<boolean> {
  const key = JSON.stringify([agent, deployment]);
  // Where the database is away, it is counted once more that they came.
  const line = await withTimeout(DATABASE_MS, queues.read(key)).catch(() => undefined);
  return isIn(line ?? EMPTY_LINE, ticket, now);
}

/**
 * Takes a place in the line for an agent, or renews it; lets in whose turn it is.
 * @param onlyWaiting not where the ticket holds no place: `told` is undefined then
 */
async function lookAtLine(
  { agent, deployment }: Omit<Wanted, 'room'>,
  asking: Asking,
  onlyWaiting = false,
) {
  const places = capacity(agent, deployment);
  const { soon: free, newRooms } = places;
  const now = Date.now();
  const told = await changeLine(JSON.stringify([agent, deployment]), (before = EMPTY_LINE) => {
    if (onlyWaiting && !isIn(before, asking.ticket, now)) {
      return { after: before, result: undefined };
    }
    const asked = ask(before, asking, { free, newRooms }, now);
    return { after: asked.line, result: asked.told };
  });
  return { told, places };
}

/**
 * The same line, for callers who are in their room already: they joined with a token when every place was taken.
 * Asked again every {@link RETRY_AFTER_S} seconds, as a place that nobody asks for is given up.
 */
export async function roomInLine({ room, ...of }: Wanted): Promise<Told> {
  const { told } = await lookAtLine(of, { ticket: `room ${room}`, room, keptMs: LOST_MS });
  return told ?? { kind: 'full' };
}

/** Whether a client shows its place in line and asks again by itself. */
const knowsLines = ({ headers }: Request) => headers.has(PAGE_HEADER) || headers.has(TICKET_HEADER);

/** Why nobody more is let in just now. */
function whyWaiting({ agent, deployment }: Wanted, { free, bearable }: Capacity): string {
  const of = `${agent} on ${shownDeployment(deployment)}`;
  if (free === 0) return `Every place of ${of} is taken`;
  if (bearable === 0) return `The machine of ${of} has no time for one more call`;
  return `${of} is getting ready for the callers before you`;
}

/**
 * Lets a caller in whose turn it is. Without a live worker there is nothing to wait for, and no line. A client that knows
 * nothing of lines waits in its request for a place that is ready within seconds.
 * @param ticket see {@link ticketOf}
 * @param count counts the start of a call; given where it was not counted, as the ticket held a place
 * @returns when they first asked (milliseconds since 1970)
 * @throws {Problem} 503 with their place in line and the ticket that keeps it; what `count` throws
 */
export async function waitInLine(
  request: Request,
  wanted: Wanted,
  ticket: string,
  count?: () => Promise<void>,
): Promise<number> {
  const { agent, deployment, room } = wanted;
  const asksAgain = knowsLines(request);
  const asking = { ticket, room, keptMs: asksAgain ? LOST_MS : UNSHOWN_MS };
  const look = (onlyWaiting: boolean) => lookAtLine({ agent, deployment }, asking, onlyWaiting);

  if (liveWorkers(agent, deployment).length === 0) {
    await count?.();
    return Date.now();
  }
  let { told, places } = await look(count !== undefined);
  if (told === undefined) {
    // Another request with this ticket was let in meanwhile: this one is a call of its own.
    await count?.();
    ({ told, places } = await look(false));
  }
  const until = performance.now() + (asksAgain ? 0 : IN_REQUEST_MS);
  while (
    told?.kind === 'waiting' &&
    places.free > 0 &&
    performance.now() < until &&
    !request.signal.aborted
  ) {
    await pause(LOOK_EVERY_MS);
    ({ told, places } = await look(false));
  }
  const why = whyWaiting(wanted, places);
  if (told?.kind === 'admitted') return told.since;
  const headers = { 'retry-after': String(RETRY_AFTER_S) };
  if (told?.kind !== 'waiting') {
    throw new Problem('agents-busy', `${why}, and every place in line is taken.`, {}, headers);
  }
  throw new Problem(
    'agents-busy',
    `${why}. Ask again every ${RETRY_AFTER_S} s with this ticket in the header ${TICKET_HEADER}; ` +
      `a place that is not asked for within ${LOST_MS / 1_000} s is given up.`,
    { line: { place: told.place, ticket } },
    headers,
  );
}
