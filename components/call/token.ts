// Asks for the right to join: a call of one's own at the standard token endpoint, where all agents may
// be busy, somebody else's by redeeming the invitation.
import { z } from 'zod';
import { wireDeployment } from '@/lib/core/deployment';
import { PAGE_HEADER, TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { post } from './ask';
import type { CallOrder, JoinOrder, Order } from './order';

// A random name for this browser, the same on every visit, so that a share of callers that goes to
// staging is made of the same callers each time. It says nothing about the person.
const KEY = 'callboard.caller';
/** 128 bits: two browsers never have the same. */
const BYTES = 16;

const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

let known: string | undefined;

/** This browser's id; one for this page only where the browser keeps nothing. */
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

/** Where to join, and with what: what LiveKit's token endpoints answer. */
const admission = z
  .object({ server_url: z.string(), participant_token: z.string() })
  .transform(({ server_url: serverUrl, participant_token: token }) => ({ serverUrl, token }));
export type Admission = z.output<typeof admission>;

interface Asking {
  /** What holds a place in line. */
  readonly ticket: string | undefined;
  /** Aborted when the caller goes. */
  readonly signal: AbortSignal;
}

/** Server address and token for what was ordered. @throws {Refused} */
export const askToken = (order: Order, asking: Asking): Promise<Admission> =>
  order.kind === 'call' ? startCall(order, asking) : joinCall(order, asking);

/** LiveKit's own client of the endpoint keeps the answer's headers to itself. */
function startCall({ agent, deployment }: CallOrder, { ticket, signal }: Asking) {
  const wanted = {
    agent_name: agent.name,
    deployment: wireDeployment(deployment),
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

const joinCall = ({ invitation, name }: JoinOrder, { signal }: Asking) =>
  post(`/api/invitations/${invitation}`, { name }, admission, { signal });
