// A person in a room for tests, who joins with a token like the token route's.
import { Room } from '@livekit/rtc-node';
import { mintToken } from '@/lib/dispatch/tokens';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';

/** Joins a room. If it does not exist, it is created with that agent. */
export async function joinRoom(
  env: TestLiveKitServer['env'],
  name: string,
  identity: string,
  agent = { name: 'line-check', deployment: 'production', metadata: '' },
): Promise<Room> {
  const plan = { room: name, identity, name: identity.toUpperCase(), attributes: {}, agent };
  const token = await mintToken(plan, env.LIVEKIT_API_KEY, env.LIVEKIT_API_SECRET);
  const room = new Room();
  await room.connect(env.LIVEKIT_URL, token);
  return room;
}
