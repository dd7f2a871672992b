// What agents that were not written for Callboard upload about their sessions: on the page of the call, without a line of code.

import type { Page } from '@playwright/test';
import { isAccessible } from '@/e2e/support/accessibility';
import { ARRIVES_MS, afterStockCall, STOCK_CALL_MS } from '@/e2e/support/stock-conversation';
import { stockLanguages } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

/** The page of a call, with all that the sessions of both languages have. */
async function hasSession(page: Page): Promise<void> {
  const transcript = page.getByRole('region', { name: 'Transcript' });
  await expect(transcript).toContainText(/We are "?open on Monday/, { timeout: ARRIVES_MS });
  await expect(transcript).toContainText('interrupted');
  await expect(transcript).toContainText(/the boat is blue/i);
  await expect(transcript).toContainText('Please break down.');
  await transcript.getByText('opening_hours').click();
  await expect(transcript).toContainText('open on Monday from nine to five');
  await expect(transcript).toContainText(/end of turn/);
  const steps = transcript.getByText('Where the time went');
  await steps.last().click();
  await expect(transcript).toContainText('Language model echo');

  await expect(page.getByText('1 error', { exact: true })).toBeVisible();
  const tab = (name: string) => page.getByRole('tab', { name }).click();
  await tab('Events');
  const events = page.getByRole('region', { name: 'Events' });
  await expect(events).toContainText('Error in llm: the model is broken');
  await tab('Usage');
  const version = page.getByRole('region', { name: 'Version of the agent' });
  await expect(version).toContainText(/prompt [\da-f]{7}/);
  await expect(version).toContainText('opening_hours');
  const usage = page.getByRole('region', { name: 'Usage' });
  await expect(usage).toContainText('echo');
  await expect(usage).toContainText('characters');
  await tab('Transcript');
  // Nothing records calls here.
  await expect(page.locator('audio')).toHaveCount(0);
}

/** What the agent's code says about its session, which it can do in Python only. */
async function isJudged(page: Page): Promise<void> {
  const outcome = page.getByRole('region', { name: 'Outcome' });
  await expect(outcome).toContainText('success');
  await expect(outcome).toContainText('“It was looked up.”');
  await expect(outcome.getByRole('list', { name: 'Tags' })).toHaveText('from:test');
  const evaluations = outcome.getByRole('list', { name: 'Evaluations' });
  await expect(evaluations).toHaveText(/^politepassIt greeted\.$/);
}

test('a session of any agent is on the page of its call', async ({ caller, stack }) => {
  test.setTimeout(STOCK_CALL_MS);
  for (const language of await stockLanguages()) {
    const agent = `archive-${language}`;
    await afterStockCall({ stack, caller, agent, language }, async (page) => {
      await hasSession(page);
      if (language === 'python') await isJudged(page);
      else await expect(page.getByRole('list', { name: 'Tags' })).toHaveCount(0);
      await isAccessible(page, `a session in ${language}`);
    });
  }
});
