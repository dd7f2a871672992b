// What operators see: past calls with their outcomes, and running simulations.
import { hold } from '@/e2e/support/hold';
import { reportCalls } from '@/e2e/support/sample-calls';
import { expect, test } from '@/e2e/support/test';

/** Milliseconds until a test caller has connected on a busy machine. */
const CALLING_MS = 60_000;

test('each past call has what it was about on one line, its outcome and ending, and test calls can be hidden', async ({
  page,
  stack,
}) => {
  await reportCalls(stack, [903], Date.now() - 60_000, { agent: 0, turns: 4, ending: 'caller' });
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(new URL('/calls?test=false', stack.web).href);
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await expect(navigation.getByRole('link')).toHaveText(
    [/^Call/, /^Calls/, /^Agents/, /^Doctor/, /^Admin/],
    { useInnerText: false },
  );
  const row = page.locator('li', { has: page.locator('a[href="/calls/sample-903"]') });
  const title = row.getByRole('link');
  await expect(title).toHaveText('When are you open on Saturday?');
  await expect(row).toContainText(/ → Ada/);
  await expect(row).toContainText(/appointment booked|message taken/);
  await expect(row).toContainText('ended by the caller');
  const { height } = (await title.boundingBox()) ?? { height: 0 };
  expect(height, 'height of a title in pixels').toBeLessThan(32);
  await page.getByRole('combobox', { name: 'Test calls' }).selectOption('Only test calls');
  await expect(page).toHaveURL(/test=true/);
  await expect(title).toHaveCount(0);
});

test('an agent selected before the scripts have loaded is the one that is called', async ({
  page,
  stack,
}) => {
  const release = await hold(page, '**/_next/static/**/*.js');
  await page.goto(stack.web, { waitUntil: 'commit' });
  await page.getByLabel('Agent', { exact: true }).selectOption('billing');
  release();
  await expect(page.getByRole('button', { name: /^Frank/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a simulation shows its step and its conversation while it runs', async ({ page, stack }) => {
  await page.goto(new URL('/agents/front-desk/simulations', stack.web).href);
  // Hold back the call's timeline until the previous step was seen: a quick agent joins between two polls.
  const goOn = await hold(page, '**/api/calls/c-*');
  const choose = page.getByRole('region', { name: 'Run simulations' });
  await choose.getByRole('button', { name: /^None.*Basic$/ }).click();
  await choose.getByRole('checkbox').first().check();
  await choose.getByRole('button', { name: 'Make 1 call' }).click();
  const live = page.getByRole('region', { name: 'In progress' });
  await expect(live.getByText('0 of 1 call done')).toBeVisible();
  const bar = live.getByRole('progressbar');
  expect(await bar.evaluate((one) => getComputedStyle(one).appearance)).toBe('none');
  const begun = live.getByText(/^(Preparing the test caller|Calling Ada)…$/);
  await expect(begun).toBeVisible({ timeout: CALLING_MS });
  goOn();
  await expect(live.getByText('In a call with Ada')).toBeVisible({ timeout: CALLING_MS });
  await expect(live.getByText(/Willow Street/).first()).toBeVisible({ timeout: CALLING_MS });
  await live.getByRole('button', { name: 'Stop' }).click();
  await expect(live).toBeHidden({ timeout: CALLING_MS });
  await expect(choose.getByRole('button', { name: 'Make 1 call' })).toBeVisible();
});
