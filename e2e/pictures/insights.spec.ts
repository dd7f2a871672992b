// Pictures of docs/insights.md: the page of a call of an agent that was not written for Callboard, and one of Ada to compare.
import type { Page } from '@playwright/test';
import { ADA, ASK_ADDRESS, BOOKING } from '@/e2e/support/agents';
import { openNewestCall, takePart } from '@/e2e/support/pictures';
import { UPDATE_MS } from '@/e2e/support/stack';
import { ARRIVES_MS, afterStockCall, STOCK_CALL_MS } from '@/e2e/support/stock-conversation';
import { stockLanguages } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

test.use({ viewport: { width: 1280, height: 760 } });

interface Picture {
  readonly answer: RegExp;
  /** Whether the steps of answers are known: the framework's traces, which Callboard's worker does not report. */
  readonly hasSteps: boolean;
  /** Of the file. */
  readonly name: string;
}

/** Takes a picture of the page of a call, down to the answer that matches, with its steps if it has any. */
async function takeCall(page: Page, { answer, hasSteps, name }: Picture) {
  const transcript = page.getByRole('region', { name: 'Transcript' });
  const said = transcript.getByRole('listitem').filter({ hasText: answer }).last();
  await expect(said).toBeVisible({ timeout: ARRIVES_MS });
  const steps = said.getByText('Where the time went');
  if (hasSteps) await steps.click();
  else await expect(steps).toHaveCount(0);
  await page.mouse.move(0, 0);
  const bottom = await said.evaluate((one) => one.getBoundingClientRect().bottom + window.scrollY);
  await takePart(page, name, { x: 0, y: 0, width: 1280, height: Math.ceil(bottom) });
}

test('the page of a call of any agent', async ({ caller, stack }) => {
  test.setTimeout(STOCK_CALL_MS);
  const language = (await stockLanguages()).at(-1);
  await afterStockCall({ stack, caller, agent: 'archive', language }, (page) =>
    takeCall(page, { answer: /open on Monday/, hasSteps: true, name: 'insights' }),
  );
});

test('the page of a call of Ada', async ({ caller, stack }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.asks(ASK_ADDRESS, /willow/i);
  await anna.asks(BOOKING[0] ?? '', /./);
  await anna.end();
  await openNewestCall(anna.page, stack);
  await expect(anna.page.getByText('ended by the caller')).toBeVisible({ timeout: UPDATE_MS });
  await takeCall(anna.page, {
    answer: /appointment|Monday/i,
    hasSteps: false,
    name: 'insights-ada',
  });
});
