// An agent of another worker that is in the call and never answers: the page says so, and the caller gets another one on request.
// What else is done is in the tests of the route rooms/[room]/stuck, and what the page says of it in stage.browser.test.tsx.
import { HEARING_MS } from '@/e2e/support/caller';
import { askApi } from '@/e2e/support/stack';
import { StockWorker } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

const AGENT = 'silent-desk';
const GREETING = /this is petra/i;
const QUESTION = 'Could you please tell me when you are open tomorrow?';

test('an agent that does not answer is replaced on request', async ({ caller, stack }) => {
  const worker = await StockWorker.start(stack, {
    ...{ agent: AGENT, greeting: 'Hello, this is Petra.', deaf: true },
  });
  try {
    const added = await askApi(stack, 'POST', 'agents', { name: AGENT, title: 'Petra' });
    expect(added.status).toBe(201);
    const anna = await caller('/');
    const { page } = anna;
    await page.getByRole('button', { name: /^Petra/ }).click();
    await anna.startAndBeGreeted(GREETING);
    const notice = page.getByText('Petra has not answered');

    await test.step('the page says so, and another one comes on request', async () => {
      await anna.say(QUESTION);
      await expect(notice).toBeVisible({ timeout: HEARING_MS });
      await anna.markNow();
      await page.getByRole('button', { name: 'Get another agent' }).click();
      await anna.hears(GREETING);
      await expect(notice).toBeHidden();
      await anna.agentListens();
    });

    await anna.end();
    await test.step('the timeline says what was done', async () => {
      const { calls } = await (await askApi(stack, 'GET', `calls?agent_name=${AGENT}`)).json();
      await page.goto(new URL(`/calls/${calls[0].id}?tab=events`, stack.web).href);
      const said = page.getByText('Petra did not answer for');
      for (const done of ['caller was offered another agent', 'agent is replaced']) {
        await expect(said.filter({ hasText: done }).first()).toBeVisible();
      }
    });
  } finally {
    await askApi(stack, 'DELETE', `agents/${AGENT}`);
    await worker.kill();
  }
});
