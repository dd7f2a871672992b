// Asks for the right to join: a call of one's own at the standard token endpoint, where all agents may
// be busy, somebody else's by redeeming the invitation.
import { z } from 'zod';
import { wireDeployment } from '@/lib/core/deployment';
import { PAGE_HEADER, TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { post } from './ask';
import { callerId } from './caller-id';
import type { CallOrder, JoinOrder, Order } from './order';

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
