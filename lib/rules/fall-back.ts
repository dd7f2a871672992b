// The way back from a share: the agent that did not come is called off, and the one that would have
// been sent without the share is sent.

import { inspect } from 'node:util';
import { type ParticipantInfo, ParticipantInfo_State } from 'livekit-server-sdk';
import { wireDeployment } from '@/lib/core/deployment';
import { inTurn } from '@/lib/dispatch/ensure-agent';
import { agentsIn, presentDispatch } from '@/lib/dispatch/presence';
import { liveRoom, roomFacts } from '@/lib/dispatch/room-facts';
import { callOff, sendAgent } from '@/lib/dispatch/send-agent';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
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
 * @param givenUp told just before the first is called off
 * @throws {Problem} 503 where LiveKit does not answer.
 */
export function fallBack(livekit: LiveKit, sent: SharedAgent, givenUp: () => void): Promise<void> {
  const { room, agent, metadata, dispatchId, deployment, fallback } = sent;
  return inTurn(room.name, async () => {
    const [live, { people, dispatches }] = await Promise.all([
      liveRoom(livekit, room.name),
      roomFacts(livekit, room.name),
    ]);
    if (live?.sid !== room.sid || isThere(people, agent)) return;
    givenUp();
    await callOff(livekit, room.name, [dispatchId], (id, error) =>
      ruleLog.error(`the dispatch ${id} could not be called off: ${inspect(error)}`),
    );
    // What happened may come late or twice: by now a rule, or this, has sent another one.
    const others = dispatches.filter(({ id }) => id !== dispatchId);
    if (presentDispatch({ people: [], dispatches: others }, agent, Date.now()) !== undefined)
      return;
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
