// The bubble on other sites before a call: on a phone, and on a site that is not allowed.
import type { Page } from '@playwright/test';
import { openSite } from '../support/site';
import { expect, test } from '../support/test';

const TAG = 'data-agent="front-desk" data-color="#2250d8" data-label="Ask us"';

const bubble = (page: Page) => page.getByRole('button', { name: 'Ask us' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Ask us' });
const inside = (page: Page) => page.frameLocator('iframe');

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
