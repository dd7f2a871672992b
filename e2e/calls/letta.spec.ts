// Agents of a Letta server on the page: listed with those of the catalogue, and called by voice. Their memory of the previous call
// is in agent/models/calls.integration.test.ts.

import { dispatchesIn, UPDATE_MS } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';
import { readLetta } from '@/lib/dispatch/letta-choice';

const GREETING = /what can i do for you/i;

test('chosen, called, and in History', async ({ caller, stack }) => {
  const anna = await caller();
  const { page } = anna;
  const card = page.getByRole('button', { name: /^Sam/ });
  await expect(card).toContainText('live');
  const choice = page.getByLabel('Agent', { exact: true });
  await expect(choice.getByRole('option')).toContainText([
    /^Ada/,
    /^Milo/,
    /^Frank/,
    /^Max/,
    /^Sam/,
  ]);
  await card.click();
  await expect(choice).toHaveValue(/^letta:/);
  const sam = (await choice.inputValue()).slice('letta:'.length);

  await anna.startAndBeGreeted(GREETING);
  await expect(page.getByRole('heading', { name: 'Sam', level: 1 })).toBeVisible();
  const sent = await dispatchesIn(stack, anna.room);
  expect(sent.map(({ agentName, metadata }) => [agentName, readLetta(metadata)?.agent])).toEqual([
    ['letta', sam],
  ]);
  await anna.asks('I would like green tea.', /told:.*tea/i);
  await anna.end();

  await page.goto(new URL('/calls', stack.web).href);
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('menuitem', { name: 'Agent' }).click();
  await page.getByRole('combobox', { name: 'Agent' }).selectOption('Letta (letta)');
  await expect(page).toHaveURL(/agent=letta/);
  const earlier = page.getByRole('list', { name: 'Past calls' }).getByRole('listitem');
  await expect(earlier.filter({ hasText: 'Letta' })).toHaveCount(1, { timeout: UPDATE_MS });
});
