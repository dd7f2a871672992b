// The server's response while all agents are busy: a queue position, and the ticket that keeps it. With status 202 for
// clients that ask again, and as a problem with status 503 for others, which take any success for a token.
import * as z from 'zod/mini';
import { jsonAs } from '@/lib/core/json';
import { POSITION_EXPIRES_MS } from '@/lib/dispatch/queue/queue';

/** Header with the ticket of a queue position. */
export const TICKET_HEADER = 'Callboard-Ticket';
/**
 * Header of the call page's own token requests. The page joins at once and shows its queue position; other clients may
 * never use their token, even on the same origin: LiveKit's `useSession` requests one on every render.
 */
export const PAGE_HEADER = 'Callboard-Page';
/** Least milliseconds between two requests, in case a response names no interval. */
const MIN_RETRY_MS = 1_000;
/** Most milliseconds between two requests: one lost response must not lose the position. */
const MAX_RETRY_MS = POSITION_EXPIRES_MS / 2;
/** Status of a response without a free place, for clients that ask again, and for others. */
export const QUEUED = 202;
const UNAVAILABLE = 503;

const position = z.int().check(z.minimum(1));
const ticket = z.string().check(z.minLength(1));
/** The body of a response to a client that asks again. */
export const queuedAnswer = z.object({ state: z.literal('queued'), position, ticket });
export type QueuedAnswer = z.infer<typeof queuedAnswer>;
const busy = z.object({ queue: z.object({ position, ticket }) });
/** The same as web processes of before 0.2 send it. Read for one release. */
const formerBusy = z.pipe(
  z.object({ line: z.object({ place: position, ticket }) }),
  z.transform(({ line }) => ({ queue: { position: line.place, ticket: line.ticket } })),
);

/** A queue position. */
export interface QueuePosition {
  /** From 1, the next to be admitted. */
  readonly position: number;
  readonly ticket: string;
  /** Milliseconds until the next request must be sent. */
  readonly askAgainMs: number;
}

/** A response without a token. */
export interface Refusal {
  readonly status: number;
  /** Header Retry-After: seconds, as text. */
  readonly retryAfter: string | null;
  readonly body: string;
}

function queueIn({ status, body }: Refusal): Omit<QueuePosition, 'askAgainMs'> | undefined {
  if (status === QUEUED) return jsonAs(queuedAnswer, body);
  return status === UNAVAILABLE ? jsonAs(z.union([busy, formerBusy]), body)?.queue : undefined;
}

/** The queue position in a response, if it has one. */
export function queuePositionIn(response: Refusal): QueuePosition | undefined {
  const queue = queueIn(response);
  if (!queue) return undefined;
  const ms = Number(response.retryAfter) * 1_000 || MIN_RETRY_MS;
  const askAgainMs = Math.min(Math.max(ms, MIN_RETRY_MS), MAX_RETRY_MS);
  return { position: queue.position, ticket: queue.ticket, askAgainMs };
}
