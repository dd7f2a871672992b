// A token for the browser's connection check. It joins a temporary room of the doctor, and allows no publishing.
import { AccessToken, RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk';
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { unguessable } from '@/lib/core/ids';
import { browserUrl } from '@/lib/core/server-config';
import { NOBODY, newProbeRoom, PROBE_TIMEOUTS } from '@/lib/livekit/probe-room';

/** Seconds within which the browser must use it. */
const TTL_SECONDS = 60;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (_, { server }) => {
    const { config } = server;
    const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = config;
    const token = new AccessToken(key, secret, {
      identity: unguessable('doctor'),
      ttl: TTL_SECONDS,
    });
    token.addGrant({
      roomJoin: true,
      room: newProbeRoom(),
      canPublish: false,
      canPublishData: false,
      canSubscribe: true,
    });
    token.roomConfig = new RoomConfiguration({
      ...PROBE_TIMEOUTS,
      maxParticipants: 1,
      agents: [new RoomAgentDispatch({ agentName: NOBODY })],
    });
    return json({ server_url: browserUrl(config), participant_token: await token.toJwt() }, 201);
  },
});
