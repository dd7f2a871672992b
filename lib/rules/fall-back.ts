// The fallback of a share: waits for the agent from another deployment until a timeout, then cancels it and dispatches
// the one that would have been dispatched without the share.

import { type ParticipantInfo, ParticipantInfo_State } from 'livekit-server-sdk';
import type { CallsServer } from '@/lib/calls/server';
import { agentsIn, presentDispatch } from '@/lib/dispatch/presence';
import { liveRoom, roomFacts } from '@/lib/dispatch/room-facts';
import { cancelDispatches, inTurn, keepAttributes, sendAgent } from '@/lib/dispatch/send-agent';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import { ruleLog } from './log';

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
export function fallBack(
  server: CallsServer,
  sent: SharedAgent,
  givenUp: () => void,
): Promise<void> {
  const { livekit } = server;
  const { room, agent, metadata, dispatchId, deployment, fallback } = sent;
  return inTurn(server, room.name, async () => {
    const [live, { people, dispatches }] = await Promise.all([
      liveRoom(livekit, room.name),
      roomFacts(livekit, room.name),
    ]);
    if (live?.sid !== room.sid || hasJoined(people, agent)) return;
    givenUp();
    await cancelDispatches(livekit, room.name, [dispatchId], (id, error) =>
      ruleLog.error(`could not cancel the dispatch ${id}`, error),
    );
    // Events may be late or repeated: a rule, or this function, may have dispatched another agent by now.
    const others = dispatches.filter(({ id }) => id !== dispatchId);
    if (presentDispatch({ people: [], dispatches: others }, agent, Date.now()) !== undefined)
      return;
    await sendAgent(server, {
      room: room.name,
      roomSid: room.sid,
      agent,
      deployment: fallback,
      metadata,
      attributes: keepAttributes(agent, dispatches),
      by: 'rule',
    });
    ruleLog.info(
      `${agent} on ${fallback} for ${JSON.stringify(room.name)}: on ${deployment} it did not join within ${SHARE_TIMEOUT_MS} ms`,
    );
  });
}

/** Milliseconds from the caller's joining. Our own choice: a fallback then costs at most 3 s. */
export const SHARE_TIMEOUT_MS = 2_500;

/** An agent of a share. Deployments as shown. */
export interface SharedAgent {
  readonly room: { readonly name: string; readonly sid: string };
  /** Agent name. */
  readonly agent: string;
  readonly metadata: string;
  /** SID of the participant; undefined if the event was the room's start. */
  readonly caller: string | undefined;
  readonly dispatchId: string;
  readonly deployment: string;
  /** The deployment to fall back to. */
  readonly fallback: string;
}

/** Key of an agent in one session of a room. */
export const agentKey = (roomSid: string, agent: string) => `${roomSid} ${agent}`;

/** The pending agents. */
export class PendingShares {
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** @param late called for each agent that did not join in time */
  constructor(readonly late: (sent: SharedAgent) => void) {}

  /** @param since when the caller joined: milliseconds since 1970 */
  begin(sent: SharedAgent, since: number): void {
    const key = agentKey(sent.room.sid, sent.agent);
    if (this.#timers.has(key)) return;
    const wait = Math.max(0, since + SHARE_TIMEOUT_MS - Date.now());
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.late(sent);
    }, wait);
    timer.unref();
    this.#timers.set(key, timer);
  }

  /** The agent has joined. */
  arrived(roomSid: string, agent: string): void {
    const key = agentKey(roomSid, agent);
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}
