// The fallback of a share: cancels the agent that did not join, and dispatches the one that would have been dispatched
// without the share.

import { inspect } from 'node:util';
import { type ParticipantInfo, ParticipantInfo_State } from 'livekit-server-sdk';
import { inTurn } from '@/lib/dispatch/ensure-agent';
import { agentsIn, presentDispatch } from '@/lib/dispatch/presence';
import { liveRoom, roomFacts } from '@/lib/dispatch/room-facts';
import { cancelDispatches, sendAgent } from '@/lib/dispatch/send-agent';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { ruleLog } from './log';
import { SHARE_TIMEOUT_MS, type SharedAgent } from './pending-shares';

/** Whether the agent is in the room and connected. */
function hasJoined(people: readonly ParticipantInfo[], agent: string): boolean {
  return agentsIn(people).some(
    ({ attributes, state }) =>
      attributes[AGENT_ATTRIBUTES.agent] === agent && state === ParticipantInfo_State.ACTIVE,
  );
}

/**
 * Checks a last time whether the agent has joined; otherwise dispatches it from the fallback deployment.
 * @param givenUp called just before the first dispatch is cancelled
 * @throws {Problem} 503 if LiveKit does not respond.
 */
export function fallBack(livekit: LiveKit, sent: SharedAgent, givenUp: () => void): Promise<void> {
  const { room, agent, metadata, dispatchId, deployment, fallback } = sent;
  return inTurn(room.name, async () => {
    const [live, { people, dispatches }] = await Promise.all([
      liveRoom(livekit, room.name),
      roomFacts(livekit, room.name),
    ]);
    if (live?.sid !== room.sid || hasJoined(people, agent)) return;
    givenUp();
    await cancelDispatches(livekit, room.name, [dispatchId], (id, error) =>
      ruleLog.error(`could not cancel the dispatch ${id}: ${inspect(error)}`),
    );
    // Events may be late or repeated: a rule, or this function, may have dispatched another agent by now.
    const others = dispatches.filter(({ id }) => id !== dispatchId);
    if (presentDispatch({ people: [], dispatches: others }, agent, Date.now()) !== undefined)
      return;
    await sendAgent(livekit, {
      room: room.name,
      roomSid: room.sid,
      agent,
      deployment: fallback,
      metadata,
      by: 'rule',
    });
    ruleLog.info(
      `${agent} on ${fallback} for ${JSON.stringify(room.name)}: on ${deployment} it did not join within ${SHARE_TIMEOUT_MS} ms`,
    );
  });
}
