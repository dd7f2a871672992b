// The pages of agents: a real call appears in the figures and in the metrics automatically, and an agent that is added on the
// start page.
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

test('an agent that runs elsewhere is added, can be called at once, is changed, and is removed', async ({
  page,
  context,
  stack,
}) => {
  const start = await context.newPage();
  await start.goto(stack.web);
  await page.goto(new URL('/agents', stack.web).href);
  await page.getByRole('button', { name: 'Add an agent' }).click();
  await page.getByLabel('Agent name').fill('my agent');
  await page.getByLabel('Title').fill('Pia');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Pia was added.')).toBeVisible();
  const card = start.getByRole('button', { name: /^P? ?Pia/ });
  await card.click();
  await expect(start.getByLabel('Agent', { exact: true })).toHaveValue('my agent');
  await expect(start.getByText('You can still call and wait')).toBeHidden();

  const row = (name: string) => page.getByRole('link', { name, exact: true });
  await expect(row('Pia')).toBeFocused();
  await row('Pia').press('Enter');
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('Mia');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('MMia');
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(page).toHaveURL(/\/agents$/);
  await expect(row('Ada')).toBeVisible();
  await expect(row('Mia')).toHaveCount(0);
  // The selected agent is gone: the first one is selected.
  await expect(start.getByLabel('Agent', { exact: true })).toHaveValue('front-desk');
});
