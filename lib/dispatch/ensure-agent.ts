// Brings an agent into a room unless it is there already: LiveKit itself would bring a second one
// each time it is asked. Token route, API and rules all come through here.

import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { Problem } from '@/lib/core/problem';
import type { LiveKit } from '@/lib/livekit/clients';
import { keepCall } from './keep-call';
import { presentDispatch } from './presence';
import { roomFacts } from './room-facts';
import { type SentAgent, sendAgent } from './send-agent';

/** An agent that is to be in a room. */
export interface WantedAgent extends Omit<SentAgent, 'roomSid'> {
  /** Set where any other agent that is there will do as well. */
  readonly orAny?: boolean;
}

/** What came of it. */
export interface EnsuredAgent {
  /** Empty where the agent is there without a dispatch: see `presentDispatch`. */
  readonly dispatchId: string;
  /** Whether it was there, or on its way, before. */
  readonly existing: boolean;
}

/** Does `work` while nobody else in this process sends an agent to the room. */
export function inTurn<T>(room: string, work: () => Promise<T>): Promise<T> {
  return oneAtATime(`agents of ${room}`, work);
}

/**
 * Sees to it that the agent is in the room or on its way: one of a name, whatever its deployment.
 * One at a time per room within this process, so that two at once never bring two. "On its way" is
 * judged by LiveKit's clock and ours, which have to agree within seconds.
 * @throws {Problem} 404 where LiveKit knows no such room, 503 where it does not answer.
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
