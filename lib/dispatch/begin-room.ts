// The room of a call that a page is about to join, made while the token is still on its way to it: LiveKit
// takes 200 ms to give a job to a worker (its nodes are asked, and the first answer waits for others), in
// which the page connects. The token's own dispatch is then ignored, so one agent comes.
import { inspect } from 'node:util';
import { redact } from '@/lib/core/redact';
import type { LiveKit } from '@/lib/livekit/clients';
import type { TokenPlan } from './token-plan';
import { agentDispatch, ROOM_TIMEOUTS } from './tokens';

/**
 * Seconds for the page to join, after which the agent is let go: more than the 15 s that LiveKit's client
 * gives a connection. A page that comes still later makes the room anew, by its token.
 */
const JOIN_S = 20;

/** Begins; nobody waits for it. Where it fails, the page's joining makes the room, by its token. */
export function beginRoom({ rooms }: LiveKit, { room: name, agent }: TokenPlan): void {
  const plan = { ...ROOM_TIMEOUTS, emptyTimeout: JOIN_S, name, agents: [agentDispatch(agent)] };
  rooms.createRoom(plan).catch((error: unknown) => {
    console.error(redact(`token: the room of a call could not be begun: ${inspect(error)}`));
  });
}
