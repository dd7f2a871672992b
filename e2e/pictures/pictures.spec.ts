// `npm run pictures` takes the pictures of the docs, in a real browser with real calls.
import { ADA, ASK_ADDRESS, BOOKING } from '@/e2e/support/agents';
import { joinAsAvatar } from '@/e2e/support/avatar';
import { openNewestCall, takePart, takePicture } from '@/e2e/support/pictures';
import { UPDATE_MS } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

test.use({ viewport: { width: 1280, height: 760 } });

test('a call on staging', async ({ caller }) => {
  const anna = await caller('/?deployment=staging');
  const { page } = anna;
  await page.emulateMedia({ colorScheme: 'dark' });
  await anna.startAndBeGreeted(ADA);
  await anna.converses(BOOKING.slice(0, -1));
  const status = page.getByRole('status');
  await expect(status).toHaveText(/Listening/);
  await page.getByRole('textbox', { name: 'Message' }).fill(ASK_ADDRESS);
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(status).toHaveText(/Speaking/);
  await takePicture(page, 'call');
  await anna.end();
});

test('push to talk and text only', async ({ caller }) => {
  const { page } = await caller('/settings');
  await takePicture(page.getByRole('group', { name: 'How you talk' }), 'talk');
});

test('tools, the page of a call, usage and whisper', async ({ caller, context, stack }) => {
  const anna = await caller();
  const { page } = anna;
  await anna.startAndBeGreeted(ADA);
  await anna.converses(BOOKING);
  await page.locator('details summary').last().click();
  await takePicture(page, 'tools');

  const watching = await context.newPage();
  await openNewestCall(watching, stack);
  await watching.getByRole('textbox', { name: 'Whisper to the agent' }).fill('Offer Tuesday, too.');
  await takePicture(watching, 'whisper');
  await anna.end();
  await watching.getByRole('tab', { name: 'Usage' }).click();
  const usage = watching.getByRole('region', { name: 'Usage' });
  // The worker reports it at the end of the call.
  await expect(usage.getByText('Text to speech')).toBeVisible({ timeout: UPDATE_MS });
  await usage.scrollIntoViewIfNeeded();
  await takePicture(usage, 'usage');
  await watching.goto(new URL('/calls', watching.url()).href);
  await expect(watching.getByText('book an appointment for Monday').first()).toBeVisible();
  await expect(watching.getByText(/agents on$/)).toBeVisible();
  await takePicture(watching, 'history');
});

test('console and overrides', async ({ caller }) => {
  const anna = await caller('/?deployment=staging');
  const { page } = anna;
  await page.getByText('Try another model, voice or instructions').click();
  await page.getByLabel('Models').fill('openai:gpt-4.1, built-in');
  await page.getByLabel('Voice').fill('kal16');
  const bottom = await page
    .getByLabel('Instructions')
    .evaluate((one) => one.getBoundingClientRect().bottom + window.scrollY);
  await takePart(page, 'overrides', { x: 0, y: 0, width: 1280, height: Math.ceil(bottom) + 72 });
  await page.getByLabel('Models').fill('');
  await anna.startAndBeGreeted(ADA);
  await anna.asks(ASK_ADDRESS, /willow/i);
  await page.getByRole('button', { name: 'Console' }).click();
  const events = page.getByRole('region', { name: 'Console' });
  await expect(events).toContainText(`: ${ASK_ADDRESS}`);
  await events.getByText(`: ${ASK_ADDRESS}`).scrollIntoViewIfNeeded();
  await takePicture(page, 'console');
  await anna.end();
});

test('an avatar', async ({ caller, stack }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const { page, room } = anna;
  const avatar = await joinAsAvatar(stack, room);
  const width = () =>
    page.getByLabel('Video of Ada').evaluate((one) => (one as HTMLVideoElement).videoWidth);
  await expect.poll(width).toBeGreaterThan(0);
  await takePicture(page, 'video');
  await avatar.leave();
  await anna.end();
});
