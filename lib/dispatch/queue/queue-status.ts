// What the server answers while all agents are busy: a place in line, and what keeps it.
import { z } from 'zod';
import { LOST_MS } from '@/lib/dispatch/queue/queue';

/** Header by which a caller shows the ticket of their place. */
export const TICKET_HEADER = 'Callboard-Ticket';
/**
 * Header of the call page's own token requests: it joins at once, and shows a place in line. Whatever else asks may
 * never use its token, also on the same origin: LiveKit's `useSession` asks for one with every view.
 */
export const PAGE_HEADER = 'Callboard-Page';
/** Milliseconds between two askings, at least: a server that names none must not be flooded. */
const AGAIN_MIN_MS = 1_000;
/** And at most: one answer may be missed before the place is given up. */
const AGAIN_MAX_MS = LOST_MS / 2;
/** Status of an answer that there is no place just now. */
const UNAVAILABLE = 503;

const busy = z.object({
  line: z.object({ place: z.int().min(1), ticket: z.string().min(1) }),
});

/** A place in line. */
export interface PlaceInLine {
  /** From 1, who is next. */
  readonly place: number;
  readonly ticket: string;
  /** Milliseconds until it has to be asked for again. */
  readonly askAgainMs: number;
}

/** A refusal as it came. */
export interface Refusal {
  readonly status: number;
  /** Header Retry-After: seconds, as text. */
  readonly retryAfter: string | null;
  readonly body: string;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The place in line that a refusal gives, if it is one of that kind. */
export function placeIn({ status, retryAfter, body }: Refusal): PlaceInLine | undefined {
  const line = status === UNAVAILABLE ? busy.safeParse(parsed(body)).data?.line : undefined;
  const ms = Number(retryAfter) * 1_000 || AGAIN_MIN_MS;
  return line && { ...line, askAgainMs: Math.min(Math.max(ms, AGAIN_MIN_MS), AGAIN_MAX_MS) };
}
