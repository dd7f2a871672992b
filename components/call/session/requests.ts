// Requests to this server: for a token, in the queue while all agents are busy, and about the room of a call.
import { z } from 'zod';
import { pathSegment } from '@/lib/core/path-segment';
import { POSITION_EXPIRES_MS } from '@/lib/dispatch/queue/queue';
import {
  PAGE_HEADER,
  type QueuePosition,
  queuePositionIn,
  type Refusal,
  TICKET_HEADER,
} from '@/lib/dispatch/queue/queue-status';
import { CALLBACK, type Takeover } from '@/lib/livekit/attributes';
import type { AgentRef } from './call-snapshot';
import type { CallOrder, JoinOrder, Order } from './order';

/** Timeout in milliseconds. The server itself waits up to 5 s for LiveKit. */
const TIMEOUT_MS = 10_000;

/** A failed request. `message` is the server's message, empty without one. */
export class Refused extends Error {
  constructor(
    message: string,
    /** Undefined if there was no response, or one that cannot be read. */
    readonly refusal?: Refusal,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A response that this page does not understand: of another version, or of a proxy. */
class UnreadableAnswer extends Refused {
  constructor(cause: unknown) {
    super('', undefined, { cause });
  }
}

/** Whether the server has not responded. No other error means that it cannot be reached. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof Refused && !error.refusal && !(error instanceof UnreadableAnswer);

/** The server's message; empty without one. */
export const refusalOf = (error: unknown): string =>
  error instanceof Refused ? error.message : '';

const problem = z.object({ detail: z.string() });

/** The message in a problem document. */
function detailOf(body: string): string {
  try {
    return problem.safeParse(JSON.parse(body)).data?.detail ?? '';
  } catch {
    return '';
  }
}

interface PostOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Aborts the request. */
  readonly signal?: AbortSignal;
}

/**
 * Posts JSON and returns the validated response.
 * @throws {Refused}
 */
export async function post<T extends z.ZodType>(
  path: string,
  body: unknown,
  answer: T,
  { headers, signal }: PostOptions = {},
): Promise<z.output<T>> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const init = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  };
  const unanswered = () => {
    throw new Refused('');
  };
  const response = await fetch(path, init).catch(unanswered);
  const { ok, status } = response;
  const said = await response.text().catch(ok ? unanswered : () => '');
  if (ok) {
    try {
      return answer.parse(JSON.parse(said));
    } catch (error) {
      throw new UnreadableAnswer(error);
    }
  }
  const retryAfter = response.headers.get('retry-after');
  throw new Refused(detailOf(said), { status, retryAfter, body: said });
}

const invitation = z.object({ url: z.string(), expires_at: z.iso.datetime() });
/** A link for one colleague, valid once, until `expires_at` (ISO 8601). */
export type InvitationLink = z.infer<typeof invitation>;

const pathOf = (room: string, what: string) => `/api/rooms/${pathSegment(room)}/${what}`;

/**
 * Creates an invitation.
 * @throws {Refused}
 */
export const requestInvitation = (room: string, takeover: Takeover): Promise<InvitationLink> =>
  post(pathOf(room, 'invitations'), { takeover }, invitation);

/**
 * Calls an agent back into the room.
 * @throws {Refused} also if it has no live worker
 */
export async function requestCallBack(
  room: string,
  { agent, deployment }: AgentRef,
): Promise<void> {
  await post(
    pathOf(room, 'dispatches'),
    { agent_name: agent, deployment, metadata: CALLBACK },
    z.unknown(),
  );
}

/** Server URL and token, as LiveKit's token endpoints return them. */
const admission = z
  .object({ server_url: z.string(), participant_token: z.string() })
  .transform(({ server_url: serverUrl, participant_token: token }) => ({ serverUrl, token }));
export type Admission = z.output<typeof admission>;

interface TokenRequest {
  /** The ticket that keeps the position in the queue. */
  readonly ticket?: string | undefined;
  /** Aborted when the caller leaves. */
  readonly signal?: AbortSignal;
}

/**
 * Requests server URL and token.
 * @throws {Refused}
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
  return post('/api/token', { room_config: { agents: [wanted] } }, admission, {
    headers: { [PAGE_HEADER]: 'call', ...(ticket !== undefined && { [TICKET_HEADER]: ticket }) },
    signal,
  });
}

const redeemInvitation = ({ invitation, name }: JoinOrder, { signal }: TokenRequest) =>
  post(`/api/invitations/${invitation}`, { name }, admission, { signal });

interface QueueOptions {
  /** Called with each position, and with undefined when the wait is over. */
  readonly onPlace: (place: number | undefined) => void;
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

/** Whether a retry can help: no response, or a server error. */
const canRetry = ({ refusal }: Refused) => !refusal || refusal.status >= 500;

/**
 * Resolves with the result of `ask` when it is the caller's turn.
 * @param ask sends one request, with the ticket of the position
 * @throws {Refused} for other errors; in the queue, only once the position has expired
 */
export async function waitInQueue<T>(
  ask: (ticket: string | undefined) => Promise<T>,
  { onPlace, left }: QueueOptions,
): Promise<T> {
  let held: { readonly line: QueuePosition; readonly at: number } | undefined;
  for (;;) {
    const at = performance.now();
    try {
      const answer = await ask(held?.line.ticket);
      if (held) onPlace(undefined);
      return answer;
    } catch (error) {
      left.throwIfAborted();
      const line = error instanceof Refused && error.refusal && queuePositionIn(error.refusal);
      if (line) {
        held = { line, at };
        onPlace(line.place);
      } else if (
        !held ||
        !(error instanceof Refused) ||
        !canRetry(error) ||
        at - held.at >= POSITION_EXPIRES_MS
      ) {
        throw error;
      }
    }
    await pause(held.line.askAgainMs, left);
  }
}
