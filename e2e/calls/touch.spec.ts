// A phone: text fields that iOS does not zoom into, and a call whose text field stays above the keyboard, in a browser that
// records no format that agents read, as Safari before 18.4.
import { TrackSource } from '@livekit/protocol';
import type { Page } from '@playwright/test';
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { Caller } from '@/e2e/support/caller';
import { rooms } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

/** LiveKit's `AudioTrackFeature.TF_PRECONNECT_BUFFER`. */
const PRE_CONNECT = 6;
/** Height in pixels that the keyboard of an iPhone leaves. */
const ABOVE_KEYBOARD = 420;

/** The text fields of a page whose text is smaller than iOS wants it. */
const smallFields = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('input, select, textarea')]
      .filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16)
      .map((field) => field.outerHTML),
  );

test('text fields on touch screens have text of 16 px', async ({ context, stack }) => {
  const page = await context.newPage();
  for (const path of ['/', '/settings', '/calls', '/doctor?room=nobody']) {
    await page.goto(stack.web + path);
    await expect(page.locator('input, select, textarea').first(), path).toBeAttached();
    expect(await smallFields(page), path).toEqual([]);
  }
});

test('a call on a phone: the agent waits for no recording, and the keyboard covers nothing', async ({
  context,
  stack,
}) => {
  await context.addInitScript(() => {
    MediaRecorder.isTypeSupported = (type) => type === 'audio/mp4';
    // iOS shrinks this, and nothing else.
    const visible = Object.assign(new EventTarget(), { height: 844, scale: 1, offsetTop: 0 });
    Object.defineProperty(window, 'visualViewport', { value: visible });
  });
  const anna = await Caller.open(context, stack);
  const { page } = anna;
  await anna.startAndBeGreeted(ADA);
  const participants = await rooms(stack).listParticipants(anna.room);
  const microphone = participants
    .filter(({ permission }) => !permission?.agent)
    .flatMap(({ tracks }) => tracks)
    .find(({ source }) => source === TrackSource.MICROPHONE);
  expect(microphone?.audioFeatures).toBeDefined();
  expect(microphone?.audioFeatures).not.toContain(PRE_CONNECT);

  const message = page.getByRole('textbox', { name: 'Message' });
  await message.focus();
  await page.evaluate((height) => {
    Object.assign(window.visualViewport ?? {}, { height });
    window.visualViewport?.dispatchEvent(new Event('resize'));
  }, ABOVE_KEYBOARD);
  for (const one of [anna.status, message, page.getByRole('button', { name: 'End call' })]) {
    await expect
      .poll(async () => {
        const box = await one.boundingBox();
        return box && box.y >= 0 && box.y + box.height <= ABOVE_KEYBOARD;
      })
      .toBe(true);
  }
  await anna.types(ASK_ADDRESS);
  await anna.hears(ADDRESS);
  await anna.end();
});
