// An avatar, as the avatar plugins of LiveKit join: a participant that publishes video for the agent of a room.

import { liveKitEnv, rooms, type Stack } from '@/e2e/support/stack';
import { AVATAR_ATTRIBUTE } from '@/lib/livekit/attributes';
import { joinWithVideo } from '@/lib/testing/video';

/** Joins as the avatar of the agent in a room, until it leaves. */
export async function joinAsAvatar(stack: Stack, room: string) {
  const people = await rooms(stack).listParticipants(room);
  const agent = people.find(({ attributes }) => attributes['callboard.agent'])?.identity ?? '';
  return joinWithVideo(liveKitEnv(stack), room, {
    identity: 'avatar',
    kind: 'agent',
    attributes: { [AVATAR_ATTRIBUTE]: agent },
  });
}
