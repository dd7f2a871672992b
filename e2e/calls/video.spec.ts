// Video in a call. Camera and screen are off in app-config.ts by default, and features are part of the build: no browser
// test turns them on.

import { isAccessible } from '@/e2e/support/accessibility';
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { joinAsAvatar } from '@/e2e/support/avatar';
import { isPictured } from '@/e2e/support/pictures';
import { expect, test } from '@/e2e/support/test';
import { PICTURE } from '@/lib/testing/video';

test("an avatar's video replaces the visualizer, and the agent stays the one that talks", async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const { page, room } = anna;
  await expect(page.getByRole('button', { name: 'Camera' })).toHaveCount(0);
  const avatar = await joinAsAvatar(stack, room);
  const video = page.getByLabel('Video of Ada');
  await expect(video).toBeVisible();
  const width = () => video.evaluate((one) => (one as HTMLVideoElement).videoWidth);
  await expect.poll(width).toBe(PICTURE.width);
  await expect(page.getByRole('heading', { level: 1, name: 'Ada' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Also in the call' })).toHaveCount(0);
  await isAccessible(page, 'with video');
  await isPictured(page, 'video');
  await anna.asks(ASK_ADDRESS, ADDRESS);

  await avatar.leave();
  await expect(video).toHaveCount(0);
  await expect(page.locator('canvas')).toBeVisible();
  await expect(anna.transcript).not.toContainText(/avatar|left/);
  await anna.end();
});
