// An agent that was not written for Callboard, and does not answer or fails: what the page says, and that the caller gets another
// one on request. What else is done is in the tests of the route rooms/[room]/stuck, and what the page says of it in
// stage.browser.test.tsx.
import { HEARING_MS } from '@/e2e/support/caller';
import { askApi } from '@/e2e/support/stack';
import { StockWorker } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

const AGENT = 'fragile-desk';
const GREETING = /this is petra/i;
const QUESTION = 'Could you please tell me when you are open tomorrow?';
const FAILED = 'The agent could not think of an answer. Please say it again.';

test('an agent that does not answer is replaced on request, and errors of its models are said', async ({
  caller,
  stack,
}) => {
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
    const failures = anna.transcript.getByText(FAILED);

    await test.step('the page says that it has not answered, and another one comes on request', async () => {
      await anna.say(QUESTION);
      await expect(notice).toBeVisible({ timeout: HEARING_MS });
      await anna.markNow();
      await page.getByRole('button', { name: 'Get another agent' }).click();
      await anna.hears(GREETING);
      await expect(notice).toBeHidden();
      await anna.agentListens();
    });

    await test.step('an error is said once for each question, and the call continues', async () => {
      await anna.types('Please break down.');
      await expect(failures).toHaveCount(1);
      await anna.types('Still there?');
      await expect(anna.transcript).toContainText('I heard: Still there?');
      await expect(failures).toHaveCount(1);
    });

    await test.step('a session that has closed over its errors is not shown as listening', async () => {
      // LiveKit's sessions close with the fourth, and their agent stays.
      for (let count = 2; count <= 5; count += 1) {
        await anna.types('Please break down.');
        await expect(failures).toHaveCount(count);
      }
      await anna.types('Can you hear me?');
      await expect(anna.status).toHaveText('No answer yet', { timeout: 15_000 });
      await expect(notice).toBeVisible();
      await anna.end();
    });

    await test.step('the timeline says what was done', async () => {
      const { calls } = await (await askApi(stack, 'GET', `calls?agent_name=${AGENT}`)).json();
      await page.goto(new URL(`/calls/${calls[0].id}?tab=events`, stack.web).href);
      const said = page.getByText('Petra did not answer for');
      for (const done of ['caller was offered another agent', 'agent is replaced']) {
        await expect(said.filter({ hasText: done }).first()).toBeVisible();
      }
    });
  } finally {
    // The doctor would miss it.
    await askApi(stack, 'DELETE', `agents/${AGENT}`);
    await worker.kill();
  }
});
