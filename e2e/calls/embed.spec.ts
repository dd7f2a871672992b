// A call from the bubble on another site, by text and keyboard, with audible answers.
import type { Page } from '@playwright/test';
import { ADDRESS, ASK_ADDRESS } from '../support/agents';
import { installInPage } from '../support/in-page';
import { openSite } from '../support/site';
import { transcribe } from '../support/speech';
import { expect, test } from '../support/test';

/** Milliseconds until an agent answers on a busy machine, as in `caller.ts`. */
const HEARING_MS = 30_000;
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
