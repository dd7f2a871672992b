// The bubble on other sites: a call from an allowed one, by text and heard, with the keyboard and on a
// phone; nothing for one that is not allowed.
import type { Page } from '@playwright/test';
import { installInPage } from './support/in-page';
import { openSite } from './support/site';
import { transcribe } from './support/speech';
import { rooms } from './support/stack';
import { expect, test } from './support/test';

/** Milliseconds in which an agent answers, on a busy machine: as in `caller.ts`. */
const HEARING_MS = 30_000;
const TAG = 'data-agent="front-desk" data-color="#2250d8" data-label="Ask us"';

const bubble = (page: Page) => page.getByRole('button', { name: /^(Ask us|Back to the call)$/ });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Ask us' });
const inside = (page: Page) => page.frameLocator('iframe');

test('from another site, a call is made by text and heard', async ({ page, stack }, info) => {
  const site = await openSite(stack, TAG);
  await page.addInitScript(installInPage, { microphone: true });
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(site.url);
  await expect(bubble(page)).toBeVisible();
  // Of this server a visitor who does not call has loaded the script alone.
  expect(loaded.filter((path) => path !== '/')).toEqual(['/embed.js']);

  await bubble(page).focus();
  await page.keyboard.press('Enter');
  const call = inside(page);
  await expect(call.getByRole('heading', { name: 'Talk to Ada' })).toBeVisible();
  const start = call.getByRole('button', { name: 'Start call' });
  await expect(start).toHaveCSS('background-color', 'rgb(34, 80, 216)');
  await page.screenshot({ path: info.outputPath('open.png') });
  await start.click();
  await expect(call.getByRole('status')).toHaveText('Listening', { timeout: HEARING_MS });
  await call.getByRole('textbox', { name: 'Message' }).fill('What is your address?');
  await page.keyboard.press('Enter');
  const said = call.getByRole('log').locator('[data-speaker=agent]').last();
  await expect(said).toContainText(/brook|library|parking/i, { timeout: HEARING_MS });
  await page.screenshot({ path: info.outputPath('call.png') });
  const frame = page.frames().find((one) => new URL(one.url()).pathname === '/embed');
  const heard = async () => {
    const sound = await frame?.evaluate(() => window.callboardTest.heard(0));
    return transcribe(stack.speech, Buffer.from(sound?.audio ?? '', 'base64'));
  };
  await expect
    .poll(heard, { timeout: HEARING_MS, intervals: [1_000] })
    .toMatch(/brook|library|parking|fourteen|14/i);

  // Away and back: the call goes on, and the bubble says so.
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
  await expect.poll(async () => (await rooms(stack).listRooms()).length).toBe(0);
  const history = await fetch(new URL('/api/calls?limit=1', stack.web));
  expect((await history.json()).calls[0].origin).toBe('embed');
  site.close();
});

test('on a phone it fills the window, in the language of the site', async ({
  page,
  stack,
}, info) => {
  const site = await openSite(stack, 'data-agent="front-desk" data-language="de"');
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(site.url);
  await page.getByRole('button', { name: 'Rufen Sie uns an' }).click();
  await expect(inside(page).getByRole('heading', { name: 'Mit Ada sprechen' })).toBeVisible();
  const box = await page.getByRole('dialog').boundingBox();
  expect(box).toEqual({ x: 0, y: 0, width: 320, height: 640 });
  await expect(page.locator('iframe')).toHaveCSS('opacity', '1');
  await page.screenshot({ path: info.outputPath('phone.png') });
  // The focus is in the frame, and Escape comes out of it.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Rufen Sie uns an' })).toBeFocused();
  site.close();
});

test('a site that is not allowed gets nothing', async ({ page, stack }) => {
  // A loopback address, and none of those that are allowed while nothing is set.
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
  // The page itself was refused: nothing of it ran.
  expect(asked.filter((path) => path.startsWith('/api/') || path.startsWith('/_next/'))).toEqual(
    [],
  );
  site.close();
});
