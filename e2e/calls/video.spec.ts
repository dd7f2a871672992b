// Video in a call. Camera and screen are off in app-config.ts by default: `e2e/full/video.spec.ts` turns them on.
import { AVATAR_ATTRIBUTE } from '@/lib/livekit/attributes';
import { joinWithVideo, PICTURE } from '@/lib/testing/video';
import { isAccessible } from '../support/accessibility';
import { ADA, ADDRESS, ASK_ADDRESS } from '../support/agents';
import { rooms } from '../support/stack';
import { expect, test } from '../support/test';

test("an avatar's video replaces the visualizer, and the agent stays the one that talks", async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const { page, room } = anna;
  await expect(page.getByRole('button', { name: 'Camera' })).toHaveCount(0);
  const people = await rooms(stack).listParticipants(room);
  const agent = people.find(({ attributes }) => attributes['callboard.agent'])?.identity ?? '';
  const { livekit: LIVEKIT_URL, apiKey: LIVEKIT_API_KEY, apiSecret: LIVEKIT_API_SECRET } = stack;
  const avatar = await joinWithVideo({ LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET }, room, {
    identity: 'avatar',
    kind: 'agent',
    attributes: { [AVATAR_ATTRIBUTE]: agent },
  });
  const video = page.getByLabel('Video of Ada');
  await expect(video).toBeVisible();
  const width = () => video.evaluate((one) => (one as HTMLVideoElement).videoWidth);
  await expect.poll(width).toBe(PICTURE.width);
  await expect(page.getByRole('heading', { level: 1, name: 'Ada' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Also in the call' })).toHaveCount(0);
  await isAccessible(page, 'with video');
  await anna.asks(ASK_ADDRESS, ADDRESS);

  await avatar.leave();
  await expect(video).toHaveCount(0);
  await expect(page.locator('canvas')).toBeVisible();
  await expect(anna.transcript).not.toContainText(/avatar|left/);
  await anna.end();
});
