// The way back from a share: the agent that did not come is called off, and the one that would have
// been sent without the share is sent.

import { inspect } from 'node:util';
import { type ParticipantInfo, ParticipantInfo_State } from 'livekit-server-sdk';
import { wireDeployment } from '../deployment';
import { inTurn } from '../dispatch/ensure-agent';
import { agentsIn } from '../dispatch/presence';
import { liveRoom } from '../dispatch/room-facts';
import { callOff, sendAgent } from '../dispatch/send-agent';
import { asked, type LiveKit } from '../livekit';
import { AGENT_ATTRIBUTES } from '../signals';
import { ruleLog } from './log';
import { SHARE_LIMIT_MS, type SharedAgent } from './share-watch';

/** Whether somebody is the agent and can be heard. */
function isThere(people: readonly ParticipantInfo[], agent: string): boolean {
  return agentsIn(people).some(
    ({ attributes, state }) =>
      attributes[AGENT_ATTRIBUTES.agent] === agent && state === ParticipantInfo_State.ACTIVE,
  );
}

/**
 * Looks a last time whether the agent is there; else sends it from the other deployment.
 * @param giveUp called just before the first is called off; false where the agent was given up before, and the other
 *   one is on its way: it was sent twice where LiveKit was too slow to tell of the first
 * @throws {Problem} 503 where LiveKit does not answer.
 */
export function fallBack(
  livekit: LiveKit,
  sent: SharedAgent,
  giveUp: () => boolean,
): Promise<void> {
  const { room, agent, metadata, dispatchId, deployment, fallback } = sent;
  return inTurn(room.name, async () => {
    const [live, people] = await Promise.all([
      liveRoom(livekit, room.name),
      asked(livekit.rooms.listParticipants(room.name), []),
    ]);
    if (live?.sid !== room.sid || isThere(people, agent)) return;
    const isFirst = giveUp();
    await callOff(livekit, room.name, [dispatchId], (id, error) =>
      ruleLog.error(`the dispatch ${id} could not be called off: ${inspect(error)}`),
    );
    if (!isFirst) return;
    await sendAgent(livekit, {
      room: room.name,
      roomSid: room.sid,
      agent,
      deployment: wireDeployment(fallback),
      metadata,
      by: 'rule',
    });
    ruleLog.info(
      `${agent} on ${fallback} for ${JSON.stringify(room.name)}: on ${deployment} it did not join within ${SHARE_LIMIT_MS} ms`,
    );
  });
}
