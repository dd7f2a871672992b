// Brings an agent into a room unless it is already there; LiveKit would add another with each dispatch. Used by
// the token route, the API and rules.

import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { Problem } from '@/lib/core/problem';
import type { LiveKit } from '@/lib/livekit/clients';
import { keepCall } from './keep-call';
import { presentDispatch } from './presence';
import { roomFacts } from './room-facts';
import { type SentAgent, sendAgent } from './send-agent';

/** An agent that should be in a room. */
export interface WantedAgent extends Omit<SentAgent, 'roomSid'> {
  /** Whether any other agent in the room is good enough. */
  readonly orAny?: boolean;
}

/** The result. */
export interface EnsuredAgent {
  /** Empty if the agent is there without a dispatch: see `presentDispatch`. */
  readonly dispatchId: string;
  /** Whether it was already there or on its way. */
  readonly existing: boolean;
}

/** Runs `work` while nothing else in this process dispatches agents to the room. */
export function inTurn<T>(room: string, work: () => Promise<T>): Promise<T> {
  return oneAtATime(`agents of ${room}`, work);
}

/**
 * Ensures that the agent is in the room or on its way: one of a name, whatever its deployment. Runs one at a
 * time per room in this process, so that concurrent requests never add two agents. "On its way" compares
 * LiveKit's clock with ours; they must agree within seconds.
 * @throws {Problem} 404 if LiveKit does not know the room, 503 if it does not respond.
 */
export function ensureAgent(livekit: LiveKit, want: WantedAgent): Promise<EnsuredAgent> {
  const { room, agent, deployment, metadata, orAny, by } = want;
  return inTurn(room, async () => {
    const facts = await roomFacts(livekit, room);
    const present = presentDispatch(facts, orAny ? undefined : agent, Date.now());
    if (present !== undefined) return { dispatchId: present, existing: true };
    const dispatchId = await sendAgent(livekit, {
      room,
      agent,
      deployment,
      metadata: keepCall(metadata, agent, facts.dispatches),
      by,
    });
    if (dispatchId === undefined) throw new Problem('unknown-room', 'It has just ended.');
    return { dispatchId, existing: false };
  });
}
