// A participant whose network allows signalling but no media: the WebSocket connects, and media offers are never
// answered.
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { AccessToken } from 'livekit-server-sdk';
import type { LiveKitServer } from '@/lib/livekit/clients';

/** Joins a room this way. Returns a function that leaves it. */
export async function joinWithoutMedia(
  { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET }: LiveKitServer,
  room: string,
  kind: 'agent' | 'standard',
): Promise<() => void> {
  const token = new AccessToken(LIVEKIT_API_KEY, LIVEKIT_API_SECRET, { identity: `mute-${kind}` });
  token.kind = kind;
  token.addGrant({ roomJoin: true, room, agent: kind === 'agent' });
  const address = new URL('/rtc', LIVEKIT_URL.replace(/^ws/, 'http'));
  address.search = new URLSearchParams({
    access_token: await token.toJwt(),
    protocol: '15',
  }).toString();
  const socket = await new Promise<Socket>((resolve, reject) => {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    };
    request(address, { headers })
      .on('upgrade', (_, upgraded) => resolve(upgraded))
      .on('response', ({ statusCode }) => reject(new Error(`answered ${statusCode}`)))
      .on('error', reject)
      .end();
  });
  socket.on('error', () => undefined).resume();
  return () => socket.destroy();
}
