// The page as everyone can use it: 320 px wide, by keyboard alone, in both themes, without an
// accessibility violation in any state.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from './support/test';

const THEMES = ['light', 'dark'] as const;
const PAGES = [
  '/settings',
  '/settings/rules',
  '/calls',
  '/agents?window=week',
  '/agents/front-desk/rollout',
  '/calls/nothing',
  '/join/nothing',
  '/nowhere',
  '/embed?agent=front-desk',
  '/embed?agent=nobody',
];
/** Run in the page from outside, since the page's policy lets no script be put into it. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** No violation, and nothing wider than the window. */
async function isSound(page: Page, state: string): Promise<void> {
  await page.evaluate(AXE);
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveClass(new RegExp(theme));
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
    expect(found, `${state}, ${theme}`).toEqual([]);
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${state}: pixels too wide`).toBeLessThanOrEqual(0);
}

// The narrow one last: the tables of deployments are full by then.
for (const [width, start] of [
  [1280, '/'],
  [320, '/?deployment=staging'],
] as const) {
  test(`every state is accessible at ${width} px`, async ({ caller, stack }) => {
    const anna = await caller();
    const { page } = anna;
    await page.setViewportSize({ width, height: 720 });
    await isSound(page, 'start');
    await page.goto(new URL(start, stack.web).href);

    // Held, the token keeps the page in the state before the room.
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/token', async (route) => {
      await held;
      await route.continue();
    });
    await anna.start();
    await expect(anna.status).toHaveText('Connecting…');
    await isSound(page, 'connecting');
    release();

    await anna.hears(/willow|street|can i h/i);
    await anna.agentListens();
    await isSound(page, 'listening');
    await anna.end();
    await expect(anna.status).toHaveText('Call ended');
    await isSound(page, 'after the call');

    // By now they have something to show.
    for (const path of PAGES) {
      await page.goto(new URL(path, stack.web).href);
      await isSound(page, path);
    }
  });
}

test('a whole call by keyboard alone', async ({ caller }) => {
  const anna = await caller();
  const { page } = anna;
  const tabTo = async (name: RegExp) => {
    await expect(async () => {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(
        () => document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? '',
      );
      expect(label).toMatch(name);
    }).toPass({ intervals: [0], timeout: 10_000 });
  };
  await tabTo(/^Start call$/);
  await page.keyboard.press('Enter');
  await anna.hears(/willow|street|can i h/i);
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await anna.markNow();
  await page.keyboard.type('What is your address?');
  await page.keyboard.press('Enter');
  await anna.hears(/brook|library|parking|fourteen|14/i);
  await tabTo(/^End call$/);
  await page.keyboard.press('Enter');
  await expect(anna.status).toHaveText('Call ended');
});

test('settings are remembered in the browser', async ({ caller }) => {
  const anna = await caller('/settings');
  await anna.page.getByRole('switch', { name: 'Captions' }).click();
  const captions = await anna.page.getByRole('switch', { name: 'Captions' }).isChecked();
  await anna.page.getByRole('radio', { name: 'Dark' }).click();
  await anna.page.reload();
  await expect(anna.page.locator('html')).toHaveClass(/dark/);
  await expect(anna.page.getByRole('switch', { name: 'Captions' })).toBeChecked({
    checked: captions,
  });
});

test('a second tab says that a call is open, and leaves it alone', async ({
  caller,
  context,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(/willow|street|can i h/i);
  const second = await context.newPage();
  await second.goto(stack.web);
  await second.getByRole('button', { name: 'Start call' }).click();
  await expect(second.getByText('A call is open in another tab')).toBeVisible();
  await expect(anna.status).toHaveText(/Listening/);
  await anna.end();
});
