// `npm run pictures` takes the pictures of the docs, in a real browser with real calls.
import type { Locator, Page } from '@playwright/test';
import { ADA, ASK_ADDRESS, BOOKING } from '@/e2e/support/agents';
import { joinAsAvatar } from '@/e2e/support/avatar';
import { expect, test } from '@/e2e/support/test';

test.use({ viewport: { width: 1280, height: 760 } });

/** Writes a picture of the page, or of a part of it, into the docs. */
const take = (shown: Page | Locator, name: string) =>
  shown.screenshot({ path: `docs/pictures/${name}.png` });

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
  await take(page, 'call');
  await anna.end();
});

test('push to talk and text only', async ({ caller }) => {
  const { page } = await caller('/settings');
  await take(page.getByRole('group', { name: 'How you talk' }), 'talk');
});

test('tools, the page of a call, usage and whisper', async ({ caller }) => {
  const anna = await caller();
  const { page } = anna;
  await anna.startAndBeGreeted(ADA);
  await anna.converses(BOOKING);
  await page.locator('details summary').last().click();
  await take(page, 'tools');

  const { page: watching } = await caller('/calls/live');
  await watching.getByRole('list', { name: 'Live calls' }).getByRole('link').first().click();
  await watching.getByRole('textbox', { name: 'Whisper to the agent' }).fill('Offer Tuesday, too.');
  await take(watching, 'whisper');
  await anna.end();
  await watching.getByRole('tab', { name: 'Usage' }).click();
  const usage = watching.getByRole('region', { name: 'Usage' });
  await expect(usage).toBeVisible();
  await usage.scrollIntoViewIfNeeded();
  await take(usage, 'usage');
  await watching.goto(new URL('/calls', watching.url()).href);
  await expect(watching.getByText('book an appointment for Monday').first()).toBeVisible();
  await take(watching, 'history');
});

test('console and overrides', async ({ caller }) => {
  const anna = await caller('/?deployment=staging');
  const { page } = anna;
  await page.getByText('Try another model, voice or instructions').click();
  await page.getByLabel('Models').fill('openai:gpt-4.1, built-in');
  await page.getByLabel('Voice').fill('kal16');
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await take(page, 'overrides');
  await page.getByLabel('Models').fill('');
  await anna.startAndBeGreeted(ADA);
  await anna.asks(ASK_ADDRESS, /willow/i);
  await page.getByRole('button', { name: 'Console' }).click();
  const events = page.getByRole('region', { name: 'Console' });
  await expect(events).toContainText(`: ${ASK_ADDRESS}`);
  await events.getByText(`: ${ASK_ADDRESS}`).scrollIntoViewIfNeeded();
  await take(page, 'console');
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
  await take(page, 'video');
  await avatar.leave();
  await anna.end();
});
