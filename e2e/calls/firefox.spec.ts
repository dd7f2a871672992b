// The first call in Firefox with its default settings, in which it uses no loopback address for calls.
import type { Browser } from '@playwright/test';
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { HEARING_MS } from '@/e2e/support/caller';
import { FIREFOX, measureSound, startFirefox } from '@/e2e/support/firefox';
import { knock, mediaPorts } from '@/e2e/support/media-ports';
import { test as base, expect } from '@/e2e/support/test';

/** Energy of one word, at least. */
const WORD = 0.01;

const test = base.extend<{ firefoxBrowser: Browser }>({
  firefoxBrowser: async ({ browserName: _ }, use) => {
    const browser = await startFirefox();
    await use(browser);
    await browser.close();
  },
});

test.skip(!FIREFOX && !process.env.CI, 'Firefox is not installed');

test('a call in Firefox: sound flows both ways, and a typed question is answered', async ({
  firefoxBrowser,
  stack,
}) => {
  const page = await (await firefoxBrowser.newContext()).newPage();
  const sound = await measureSound(page);
  const heard = async () => (await sound()).heard;
  const waiting = { timeout: HEARING_MS };
  const status = page.getByRole('status');
  const transcript = page.getByRole('log', { name: 'Transcript' });
  await page.goto(stack.web);
  const notices = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const look = () => {
      const alert = document.querySelector('main [role=alert]')?.textContent;
      if (alert && seen.at(-1) !== alert) seen.push(alert);
    };
    const all = { subtree: true, childList: true, characterData: true };
    new MutationObserver(look).observe(document.body, all);
    return seen;
  });
  await page.getByRole('button', { name: 'Start call' }).click();
  await expect(transcript).toContainText(ADA, waiting);
  await expect.poll(heard, waiting).toBeGreaterThan(WORD);
  await expect(status).toHaveText(/Listening/, waiting);
  await expect.poll(async () => (await sound()).sent, waiting).toBeGreaterThan(0);

  // What the network sees of the call: one port, which answers nobody who is not in the call.
  const ports = process.platform === 'linux' ? mediaPorts() : [];
  if (process.platform === 'linux') expect(ports).not.toEqual([]);
  expect(new Set(ports.map(({ address }) => address)).size).toBeLessThan(2);
  const outside = knock(ports);

  const before = await heard();
  const message = page.getByRole('textbox', { name: 'Message' });
  // `fill` changes the text without React's notice here.
  await message.pressSequentially(ASK_ADDRESS);
  await message.press('Enter');
  await expect(transcript).toContainText(ADDRESS, waiting);
  await expect.poll(heard, waiting).toBeGreaterThan(before + WORD);
  expect(outside.answers()).toBe(0);
  outside.close();
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(status).toHaveText('Call ended');
  expect((await notices.jsonValue()).join('\n')).not.toContain('Your browser blocked the sound');
});
