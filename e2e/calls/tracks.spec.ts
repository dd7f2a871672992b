// Tracks that others change during a call: the video of an avatar, and a microphone that the server mutes. Camera and screen are
// off in app-config.ts by default, and features are part of the build: no browser test turns them on.

import { TrackSource } from 'livekit-server-sdk';
import { isAccessible } from '@/e2e/support/accessibility';
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { joinAsAvatar } from '@/e2e/support/avatar';
import { isPictured } from '@/e2e/support/pictures';
import { rooms } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';
import { PICTURE } from '@/lib/testing/video';

test("an avatar's video replaces the visualizer; who is muted by the server sees it, and is heard again after unmuting", async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const { page, room } = anna;

  await test.step('the agent stays the one that talks', async () => {
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
  });

  await test.step('muted by the server', async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    const people = await rooms(stack).listParticipants(room);
    const { identity, tracks = [] } = people.find(({ permission }) => !permission?.agent) ?? {};
    const microphone = tracks.find(({ source }) => source === TrackSource.MICROPHONE);
    await rooms(stack).mutePublishedTrack(room, identity ?? '', microphone?.sid ?? '', true);
    await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible();
    await anna.types(ASK_ADDRESS);
    await anna.hears(ADDRESS);
    await anna.agentListens();
    await anna.say('Do you have any prices?');

    await page.getByRole('button', { name: 'Unmute' }).click();
    await expect(page.getByRole('button', { name: 'Mute', exact: true })).toBeVisible();
    await anna.asks('What are your opening hours?', /open|closed/i);
    await expect(anna.transcript).not.toContainText(/prices/i);
    await anna.end();
  });
});
