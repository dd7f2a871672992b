// The bubble on other sites: a call by text and keyboard with audible answers, a phone, and a site that is not allowed.
import type { Page } from '@playwright/test';
import { ADDRESS, ASK_ADDRESS } from '../support/agents';
import { HEARING_MS } from '../support/caller';
import { installInPage } from '../support/in-page';
import { openSite } from '../support/site';
import { transcribe } from '../support/speech';
import { expect, test } from '../support/test';

const TAG = 'data-agent="front-desk" data-color="#2250d8" data-label="Ask us"';

const bubble = (page: Page) => page.getByRole('button', { name: /^(Ask us|Back to the call)$/ });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Ask us' });
const inside = (page: Page) => page.frameLocator('iframe');

test('from another site: a call by text, with audible answers', async ({ page, stack }) => {
  const site = await openSite(stack, TAG);
  await page.addInitScript(installInPage, { microphone: true });
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(site.url);
  await expect(bubble(page)).toBeVisible();
  // A visitor who does not call has loaded only the script from this server.
  expect(loaded.filter((path) => path !== '/')).toEqual(['/embed.js']);

  await bubble(page).focus();
  await page.keyboard.press('Enter');
  const call = inside(page);
  await expect(call.getByRole('heading', { name: 'Talk to Ada' })).toBeVisible();
  const start = call.getByRole('button', { name: 'Start call' });
  await expect(start).toHaveCSS('background-color', 'rgb(34, 80, 216)');
  await start.click();
  await expect(call.getByRole('status')).toHaveText('Listening', { timeout: HEARING_MS });
  await call.getByRole('textbox', { name: 'Message' }).fill(ASK_ADDRESS);
  await page.keyboard.press('Enter');
  const said = call.getByRole('log').locator('[data-speaker=agent]').last();
  await expect(said).toContainText(ADDRESS, { timeout: HEARING_MS });
  const frame = page.frames().find((one) => new URL(one.url()).pathname === '/embed');
  const heard = async () => {
    const sound = await frame?.evaluate(() => window.callboardTest.heard(0));
    return transcribe(stack.speech, Buffer.from(sound?.audio ?? '', 'base64'));
  };
  await expect.poll(heard, { timeout: HEARING_MS }).toMatch(ADDRESS);

  // Close and reopen: the call continues, and the bubble shows it.
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(bubble(page)).toHaveText('Back to the call');
  await expect(bubble(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(call.getByRole('status')).toHaveText('Listening', { timeout: HEARING_MS });
  await call.getByRole('button', { name: 'End call' }).click();
  await expect(call.getByRole('status')).toHaveText('Call ended');
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await expect(bubble(page)).toHaveText('Ask us');
  const history = await fetch(new URL('/api/calls?limit=1', stack.web));
  expect((await history.json()).calls[0].origin).toBe('embed');
  site.close();
});

test('on a phone it fills the window, in the language of the site', async ({ page, stack }) => {
  const site = await openSite(stack, 'data-agent="front-desk" data-language="de"');
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(site.url);
  await page.getByRole('button', { name: 'Rufen Sie uns an' }).click();
  await expect(inside(page).getByRole('heading', { name: 'Mit Ada sprechen' })).toBeVisible();
  const box = await page.getByRole('dialog').boundingBox();
  expect(box).toEqual({ x: 0, y: 0, width: 320, height: 640 });
  await expect(page.locator('iframe')).toHaveCSS('opacity', '1');
  // The frame has the focus, and Escape leaves it.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Rufen Sie uns an' })).toBeFocused();
  site.close();
});

test('a site that is not allowed gets nothing', async ({ page, stack }) => {
  // A loopback address that is not among the allowed defaults.
  const site = await openSite(stack, TAG, { name: '127.0.0.2', listenOn: '127.0.0.2' });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  await page.clock.install();
  await page.goto(site.url);
  await bubble(page).click();
  await expect(async () => {
    await page.clock.fastForward(10_000);
    await expect(dialog(page)).toContainText('cannot be shown on this page', { timeout: 200 });
  }).toPass();
  expect(told.join('\n')).toContain('frame-ancestors');
  expect(told.join('\n')).toContain(`${new URL(site.url).origin} may not show calls`);
  // The page was refused, so none of its code ran.
  expect(asked.filter((path) => path.startsWith('/api/') || path.startsWith('/_next/'))).toEqual(
    [],
  );
  site.close();
});
