// The page of an agent: a real call appears in its figures and in the metrics automatically.
import type { Page } from '@playwright/test';
import { ADA } from '@/e2e/support/agents';
import { expect, test } from '@/e2e/support/test';

const ada = (page: Page) => page.getByRole('region', { name: /^Ada/ });
/** A row's cell for production. */
const figure = (page: Page, row: RegExp) =>
  ada(page).getByRole('row', { name: row }).getByRole('cell').first();

test('a call appears in the figures automatically, and in the metrics', async ({
  caller,
  page,
  stack,
}) => {
  const joins = async () => {
    const text = await (await fetch(new URL('/api/metrics', stack.web))).text();
    const series = 'callboard_agent_joins_total{agent="front-desk",deployment="production"} ';
    return Number(text.split(series)[1]?.split('\n')[0] ?? 0);
  };
  const joined = await joins();
  await page.goto(new URL('/agents', stack.web).href);
  await page.getByRole('link', { name: 'Ada', exact: true }).click();
  const hour = page.getByRole('link', { name: 'Hour' });
  await hour.press('Enter');
  await expect(page).toHaveURL(/window=hour/);
  await expect(hour).toHaveAttribute('aria-current', 'page');
  await expect(hour).toBeFocused();
  await expect(ada(page).getByText('live').first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'What Ada runs on' })).toContainText(
    /Thinks with the scripted agent, hears with moonshine-tiny .*, voice \w+/,
  );
  const calls = figure(page, /^Calls/);
  // The count comes first in its cell; before the first call there is no such row.
  const counted = async () => Number(/^\d+/.exec((await calls.allTextContents())[0] ?? '0')?.[0]);
  const before = await counted();

  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await expect(
    ada(page)
      .getByText(/^[1-9]\d* of \d+ calls$/)
      .first(),
  ).toBeVisible();
  await anna.end();
  await expect.poll(counted, { timeout: 30_000 }).toBe(before + 1);
  // The page polls every 10 s, so the end of the call may arrive only with the next poll.
  const NEXT = { timeout: 30_000 };
  await expect(figure(page, /^Time to first audio/)).toHaveText(/\d (ms|s)/, NEXT);
  await expect(figure(page, /^Ended by/)).toHaveText(/caller: \d/, NEXT);
  expect(await joins()).toBe(joined + 1);
});
