// Requests to this server: for a token, in the queue while all agents are busy, and about the room of a call.
import * as z from 'zod/mini';
import type { CallOrder, JoinOrder, Order } from '@/components/call/session/order';
import { ApiError, request } from '@/components/ui/request';
import { pathSegment } from '@/lib/core/path-segment';
import { POSITION_EXPIRES_MS } from '@/lib/dispatch/queue/queue';
import {
  PAGE_HEADER,
  QUEUED,
  type QueuePosition,
  queuePositionIn,
  TICKET_HEADER,
} from '@/lib/dispatch/queue/queue-status';
import { type StuckAnswer, type StuckReport, stuckAnswer } from '@/lib/failover/stuck-answer';
import { admission } from '@/lib/livekit/admission';
import { CALLBACK, type Takeover } from '@/lib/livekit/attributes';

/** Timeout in milliseconds. The server itself waits up to 5 s for LiveKit. */
const TIMEOUT_MS = 10_000;

/** Without `z.iso`: what a page uses of it keeps zod's formats of all kinds in the code of a call, 7 KB. */
const time = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));
const invitation = z.object({ url: z.string(), expires_at: time });
/** A link for one colleague, valid once, until `expires_at` (ISO 8601). */
export type InvitationLink = z.infer<typeof invitation>;

const pathOf = (room: string, what: string) => `/api/rooms/${pathSegment(room)}/${what}`;

/**
 * Creates an invitation.
 * @throws {ApiError}
 */
export const requestInvitation = (room: string, takeover: Takeover): Promise<InvitationLink> =>
  request(pathOf(room, 'invitations'), {
    body: { takeover },
    schema: invitation,
    timeoutMs: TIMEOUT_MS,
  });

/**
 * Calls an agent back into the room.
 * @throws {ApiError} also if it has no live worker
 */
export async function requestCallBack(
  room: string,
  agent: string,
  deployment: string,
): Promise<void> {
  await request(pathOf(room, 'dispatches'), {
    body: { agent_name: agent, deployment, metadata: CALLBACK },
    timeoutMs: TIMEOUT_MS,
  });
}

/**
 * Reports an agent that does not answer, or asks for another one in its place.
 * @throws {ApiError} also for visitors who may not
 */
export const reportStuck = (room: string, report: StuckReport): Promise<StuckAnswer> =>
  request(pathOf(room, 'stuck'), { body: report, schema: stuckAnswer, timeoutMs: TIMEOUT_MS });

/** Server URL and token. */
const admitted = z.pipe(
  admission,
  z.transform(({ server_url: serverUrl, participant_token: token }) => ({ serverUrl, token })),
);
export type Admission = z.output<typeof admitted>;

interface TokenRequest {
  /** The ticket that keeps the position in the queue. */
  readonly ticket?: string | undefined;
  /** Aborted when the caller leaves. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Requests server URL and token.
 * @throws {ApiError}
 */
export const requestToken = (order: Order, options: TokenRequest = {}): Promise<Admission> =>
  order.kind === 'call' ? requestCall(order, options) : redeemInvitation(order, options);

/** Not LiveKit's `TokenSource`, which does not expose the headers of the response. */
function requestCall({ agent, deployment }: CallOrder, { ticket, signal }: TokenRequest) {
  const wanted = {
    agent_name: agent.name,
    deployment,
    metadata: agent.metadata,
  };
  return request('/api/token', {
    body: { room_config: { agents: [wanted] } },
    headers: { [PAGE_HEADER]: 'call', ...(ticket !== undefined && { [TICKET_HEADER]: ticket }) },
    schema: admitted,
    refusal: QUEUED,
    signal,
    timeoutMs: TIMEOUT_MS,
  });
}

const redeemInvitation = ({ invitation, name }: JoinOrder, { signal }: TokenRequest) =>
  request(`/api/invitations/${invitation}`, {
    body: { name },
    schema: admitted,
    signal,
    timeoutMs: TIMEOUT_MS,
  });

interface QueueOptions {
  /** Called with each position, and with undefined when the wait is over. */
  readonly onPosition: (position: number | undefined) => void;
  /** Aborted when the caller leaves the queue. */
  readonly left: AbortSignal;
}

/**
 * Resolves after `ms` milliseconds.
 * @throws the reason of `left`, as soon as it is aborted
 */
function pause(ms: number, left: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(left.reason);
    };
    const timer = setTimeout(() => {
      left.removeEventListener('abort', stop);
      resolve();
    }, ms);
    left.addEventListener('abort', stop, { once: true });
  });
}

/** Whether a retry can help: no response, one that cannot be read, or a server error. */
const canRetry = ({ refusal }: ApiError) => !refusal || refusal.status >= 500;

/**
 * Resolves with the result of `ask` when it is the caller's turn.
 * @param ask sends one request, with the ticket of the position
 * @throws {ApiError} for other errors; in the queue, only once the position has expired
 */
export async function waitInQueue<T>(
  ask: (ticket: string | undefined) => Promise<T>,
  { onPosition, left }: QueueOptions,
): Promise<T> {
  let held: { readonly queue: QueuePosition; readonly at: number } | undefined;
  for (;;) {
    const at = performance.now();
    try {
      const answer = await ask(held?.queue.ticket);
      if (held) onPosition(undefined);
      return answer;
    } catch (error) {
      left.throwIfAborted();
      const queue = error instanceof ApiError && error.refusal && queuePositionIn(error.refusal);
      if (queue) {
        held = { queue, at };
        onPosition(queue.position);
      } else if (
        !held ||
        !(error instanceof ApiError) ||
        !canRetry(error) ||
        at - held.at >= POSITION_EXPIRES_MS
      ) {
        throw error;
      }
    }
    await pause(held.queue.askAgainMs, left);
  }
}
