// Signs join tokens. The room configuration is built from validated values only.
import { AccessToken, RoomConfiguration, TrackSource, type VideoGrant } from 'livekit-server-sdk';
import { appConfig, type Features } from '@/app-config';
import type { TokenPlan } from '@/lib/dispatch/token-plan';
import { roomAgentDispatch } from '@/lib/livekit/dispatch';

/**
 * Seconds in which a token must be used to join, and in which a stolen one can be used. LiveKit renews the token of
 * participants who have joined.
 */
const TOKEN_TTL_SECONDS = 300;
/** How long a room stays open without participants, in seconds. */
export const ROOM_TIMEOUTS = {
  /** Until somebody joins. LiveKit's default of 300 would keep agents waiting. */
  emptyTimeout: 60,
  /**
   * After the last participant left, in case they reconnect: a page is back within ten. LiveKit notices a killed
   * browser after 21 s; with its default of 20, an agent would stay for more than 45.
   */
  departureTimeout: 15,
} as const;

/** What participants of a call may do: join the room, publish the microphone and data (and video, where it is on), and subscribe. */
export const callGrant = (
  room: string,
  { camera, screenShare }: Pick<Features, 'camera' | 'screenShare'> = appConfig.features,
): VideoGrant => ({
  roomJoin: true,
  room,
  canPublish: true,
  canPublishSources: [
    TrackSource.MICROPHONE,
    ...(camera ? [TrackSource.CAMERA] : []),
    ...(screenShare ? [TrackSource.SCREEN_SHARE] : []),
  ],
  canPublishData: true,
  canSubscribe: true,
  canUpdateOwnMetadata: false,
});

/** Signs a token with {@link callGrant}. */
export function mintToken(plan: TokenPlan, key: string, secret: string): Promise<string> {
  const { identity, name, metadata, attributes, room, agent } = plan;
  const token = new AccessToken(key, secret, {
    identity,
    ...(name !== undefined && { name }),
    ...(metadata !== undefined && { metadata }),
    attributes,
    ttl: TOKEN_TTL_SECONDS,
  });
  token.addGrant(callGrant(room));
  token.roomConfig = new RoomConfiguration({
    ...ROOM_TIMEOUTS,
    agents: [roomAgentDispatch(agent)],
  });
  return token.toJwt();
}
