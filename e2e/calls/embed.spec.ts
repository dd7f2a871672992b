// The bubble on other sites: a call by text and keyboard with audible answers, a phone, and a site that is not allowed.
import type { Frame, Page } from '@playwright/test';
import { ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { HEARING_MS } from '@/e2e/support/caller';
import { installInPage } from '@/e2e/support/in-page';
import { openSite } from '@/e2e/support/site';
import { transcribe } from '@/e2e/support/speech';
import type { Stack } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

const TAG = 'data-agent="front-desk" data-color="#2250d8" data-label="Ask us"';

const bubble = (page: Page) => page.getByRole('button', { name: /^(Ask us|Back to the call)$/ });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Ask us' });
const inside = (page: Page) => page.frameLocator('iframe');

/** Run in a page: denies storage and locks to its frames of other sites, as browsers and people do. */
function denyStorage(): void {
  if (window.top === window) return;
  const denied = () => new DOMException('Access is denied for this document.', 'SecurityError');
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
    Object.defineProperty(window, name, {
      get() {
        throw denied();
      },
    });
  }
  for (const name of ['query', 'request']) {
    Object.defineProperty(LockManager.prototype, name, { value: () => Promise.reject(denied()) });
  }
}

/** Whether a frame may store something, and whether it may use locks. */
const mayStore = (frame: Frame) =>
  frame.evaluate(async () => {
    const works = async (use: () => unknown) => {
      try {
        await use();
        return true;
      } catch {
        return false;
      }
    };
    return [await works(() => localStorage.length), await works(() => navigator.locks.query())];
  });

for (const { storage, name, prepare } of [
  { storage: 'denied', name: 'localhost', prepare: denyStorage },
  // Another port is another origin, but the same site, to which browsers never deny storage.
  { storage: 'allowed', name: '127.0.0.1', prepare: () => {} },
]) {
  test(`from another origin: a call by text, with audible answers; storage ${storage}`, async ({
    page,
    stack,
  }) => {
    const site = await openSite(stack, TAG, { name });
    await page.addInitScript(prepare);
    await page.addInitScript(installInPage, { microphone: true });
    await callFrom(page, stack, site.url);
    const frame = page.frames().find((one) => new URL(one.url()).pathname === '/embed');
    expect(frame && (await mayStore(frame))).toEqual([
      storage === 'allowed',
      storage === 'allowed',
    ]);
    site.close();
  });
}

async function callFrom(page: Page, stack: Stack, site: string): Promise<void> {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(site);
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
}

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
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  await page.clock.install();
  await page.goto(site.url);
  await bubble(page).click();
  await expect(async () => {
    await page.clock.fastForward(10_000);
    await expect(dialog(page)).toContainText('cannot be shown on this page', { timeout: 200 });
  }).toPass();
  expect(messages.join('\n')).toContain('frame-ancestors');
  expect(messages.join('\n')).toContain(`${new URL(site.url).origin} may not show calls`);
  // The page was refused, so none of its code ran.
  expect(asked.filter((path) => path.startsWith('/api/') || path.startsWith('/_next/'))).toEqual(
    [],
  );
  site.close();
});
