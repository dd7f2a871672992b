// Join tokens: a plan, signed. The room configuration is built here from checked values only.
import { AccessToken, RoomAgentDispatch, RoomConfiguration, TrackSource } from 'livekit-server-sdk';
import type { CheckedAgent } from './checks';
import type { TokenPlan } from './token-plan';

/**
 * Seconds in which a token must be used to join, and in which a stolen one could be used again. LiveKit renews
 * it for those who have joined.
 */
const TOKEN_TTL_SECONDS = 300;
/** How long a room stays open without people, in seconds. */
export const ROOM_TIMEOUTS = {
  /** Until someone joins; LiveKit's usual 300 would keep agents waiting. */
  emptyTimeout: 60,
  /**
   * After the last one left, for one who reconnects: a page is back within ten. LiveKit notices a caller
   * whose browser was killed after 21 s; with its usual 20 an agent would be kept for longer than 45.
   */
  departureTimeout: 15,
} as const;

/** What LiveKit is told of the agent that is to come. */
export const agentDispatch = ({ name, deployment, metadata }: CheckedAgent): RoomAgentDispatch =>
  new RoomAgentDispatch({ agentName: name, deployment, metadata });

/** The signed token of a plan: joining, the microphone, data and listening, and nothing else. */
export function mintToken(plan: TokenPlan, key: string, secret: string): Promise<string> {
  const { identity, name, metadata, attributes, room, agent } = plan;
  const token = new AccessToken(key, secret, {
    identity,
    name,
    metadata,
    attributes,
    ttl: TOKEN_TTL_SECONDS,
  });
  token.addGrant({
    roomJoin: true,
    room,
    canPublish: true,
    canPublishSources: [TrackSource.MICROPHONE],
    canPublishData: true,
    canSubscribe: true,
    canUpdateOwnMetadata: false,
  });
  token.roomConfig = new RoomConfiguration({ ...ROOM_TIMEOUTS, agents: [agentDispatch(agent)] });
  return token.toJwt();
}
