// Requests a token: for a new call from the standard token endpoint, where all agents may be busy, or for an existing
// call by redeeming an invitation.
import { z } from 'zod';
import { PAGE_HEADER, TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { post } from './ask';
import type { CallOrder, JoinOrder, Order } from './order';

// A random id of this browser, the same on every visit, so that a percentage of callers sent to staging is always the
// same callers. It contains nothing about the person.
const KEY = 'callboard.caller';
/** 128 bits, so that ids are unique. */
const BYTES = 16;

const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

let known: string | undefined;

/** The id of this browser; of this page only, if storage is not available. */
function callerId(): string {
  if (known) return known;
  try {
    known = localStorage.getItem(KEY) || random();
    localStorage.setItem(KEY, known);
  } catch {
    known ??= random();
  }
  return known;
}

/** Server URL and token, as LiveKit's token endpoints return them. */
const admission = z
  .object({ server_url: z.string(), participant_token: z.string() })
  .transform(({ server_url: serverUrl, participant_token: token }) => ({ serverUrl, token }));
export type Admission = z.output<typeof admission>;

interface TokenRequest {
  /** The ticket that keeps the position in the queue. */
  readonly ticket: string | undefined;
  /** Aborted when the caller leaves. */
  readonly signal: AbortSignal;
}

/**
 * Requests server URL and token.
 * @throws {Refused}
 */
export const requestToken = (order: Order, asking: TokenRequest): Promise<Admission> =>
  order.kind === 'call' ? startCall(order, asking) : joinCall(order, asking);

/** Not LiveKit's `TokenSource`, which does not expose the headers of the response. */
function startCall({ agent, deployment }: CallOrder, { ticket, signal }: TokenRequest) {
  const wanted = {
    agent_name: agent.name,
    deployment,
    metadata: agent.metadata,
  };
  const body = {
    room_config: { agents: [wanted] },
    participant_attributes: { [PERSON_ATTRIBUTES.caller]: callerId() },
  };
  return post('/api/token', body, admission, {
    headers: { [PAGE_HEADER]: 'call', ...(ticket !== undefined && { [TICKET_HEADER]: ticket }) },
    signal,
  });
}

const joinCall = ({ invitation, name }: JoinOrder, { signal }: TokenRequest) =>
  post(`/api/invitations/${invitation}`, { name }, admission, { signal });
