// The Agents page: a real call appears in its figures and in the metrics automatically. Windows, charts and tables work
// by keyboard.
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
  await page.goto(new URL('/agents?window=hour', stack.web).href);
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

test('window and tables, by keyboard', async ({ page, stack }) => {
  await page.goto(new URL('/agents?window=hour', stack.web).href);
  const week = page.getByRole('link', { name: 'Week' });
  await week.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/window=week/);
  await expect(week).toHaveAttribute('aria-current', 'page');
  await expect(week).toBeFocused();

  const asTable = page.getByRole('switch', { name: 'Show as table' });
  await asTable.focus();
  await page.keyboard.press('Space');
  await expect(asTable).toBeChecked();
  const table = ada(page).getByRole('table', { name: 'Calls, Ada' });
  await expect(table.getByRole('columnheader', { name: 'production', exact: true })).toBeVisible();
});

test('shows an error when the figures cannot be loaded, and retries', async ({ page, stack }) => {
  await page.clock.install();
  await page.goto(new URL('/agents', stack.web).href);
  await page.route('**/api/agents/stats*', (route) => route.abort());
  const notice = page.getByText('The figures could not be loaded');
  // Advance the clock until the page polls again.
  await expect(async () => {
    await page.clock.runFor(11_000);
    await expect(notice).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.unroute('**/api/agents/stats*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(notice).toBeHidden();
});

test('an agent that runs elsewhere is added, can be called at once, and is removed', async ({
  page,
  context,
  stack,
}) => {
  const start = await context.newPage();
  await start.goto(stack.web);
  await page.goto(new URL('/agents', stack.web).href);
  await page.getByRole('button', { name: 'Add an agent' }).click();
  const name = page.getByLabel('Agent name');
  await expect(name).toBeFocused();
  await name.fill('front-desk');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Agent name is the name of another agent.')).toBeVisible();
  await expect(name).toBeFocused();
  await name.fill('my agent');
  await page.getByLabel('Title').fill('Pia');
  await page.getByRole('button', { name: 'Add a deployment' }).click();
  await page.keyboard.type('staging');
  await page.keyboard.press('Enter');

  await expect(page.getByText('Pia was added.')).toBeVisible();
  const pia = page.getByRole('region', { name: 'Pia' });
  await expect(pia.getByRole('button', { name: 'Edit' })).toBeFocused();
  await expect(pia.getByText('does not report', { exact: true })).toHaveCount(2);
  const card = start.getByRole('button', { name: /^P? ?Pia/ });
  await card.click();
  await expect(start.getByLabel('Agent', { exact: true })).toHaveValue('my agent');
  await expect(start.getByText('You can still call and wait')).toBeHidden();

  await pia.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('Mia');
  await page.keyboard.press('Enter');
  const mia = page.getByRole('region', { name: 'Mia' });
  await expect(mia.getByRole('button', { name: 'Edit' })).toBeFocused();
  await mia.getByRole('button', { name: 'Remove' }).click();
  await mia.getByRole('button', { name: 'Remove' }).click();
  await expect(mia).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add an agent' })).toBeFocused();
  // The selected agent is gone: the first one is selected.
  await expect(start.getByLabel('Agent', { exact: true })).toHaveValue('front-desk');
});
