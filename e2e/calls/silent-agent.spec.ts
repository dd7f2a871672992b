// An agent of another worker that is in the call and never answers: the page says so, and the caller gets another one on request,
// or at once if its team wants that, twice at most.
import { HEARING_MS } from '@/e2e/support/caller';
import { askApi } from '@/e2e/support/stack';
import { StockWorker } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

/** Upper bound in milliseconds: the page waits three times. */
const UPPER_MS = 240_000;
const AGENT = 'silent-desk';
const GREETING = /this is petra/i;
const QUESTION = 'Could you please tell me when you are open tomorrow?';

test('an agent that does not answer is replaced on request, or by its rule', async ({
  caller,
  stack,
}) => {
  test.setTimeout(UPPER_MS);
  const worker = await StockWorker.start(stack, {
    ...{ agent: AGENT, greeting: 'Hello, this is Petra.', deaf: true },
  });
  try {
    const added = await askApi(stack, 'POST', 'agents', { name: AGENT, title: 'Petra' });
    expect(added.status).toBe(201);
    await expect.poll(() => worker.said, { timeout: 30_000 }).toContain('registered worker');
    const anna = await caller('/');
    const { page } = anna;
    await page.getByRole('button', { name: /^Petra/ }).click();
    await anna.startAndBeGreeted(GREETING);
    const notice = page.getByText('Petra has not answered');

    await test.step('the page says so, and another one comes on request', async () => {
      await anna.say(QUESTION);
      await expect(notice).toBeVisible({ timeout: HEARING_MS });
      await page.getByRole('button', { name: 'Keep waiting' }).click();
      await expect(notice).toBeHidden();
      await expect(notice).toBeVisible({ timeout: HEARING_MS });
      await anna.markNow();
      await page.getByRole('button', { name: 'Get another agent' }).click();
      await anna.hears(GREETING);
      await expect(notice).toBeHidden();
      await anna.agentListens();
    });

    await test.step('it comes without a click if the team wants that', async () => {
      const changed = await askApi(stack, 'PATCH', `agents/${AGENT}`, { replace_stuck: true });
      expect(changed.status).toBe(200);
      await anna.say(QUESTION);
      await anna.hears(GREETING);
      await anna.agentListens();
    });

    await test.step('not a third time', async () => {
      await anna.say(QUESTION);
      await expect(page.getByText('This keeps happening')).toBeVisible({ timeout: HEARING_MS });
      await expect(page.getByRole('button', { name: 'Get another agent' })).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Start a new call' })).toBeVisible();
      await anna.end();
    });

    await test.step('the timeline says what was done', async () => {
      const { calls } = await (await askApi(stack, 'GET', `calls?agent_name=${AGENT}`)).json();
      await page.goto(new URL(`/calls/${calls[0].id}?tab=events`, stack.web).href);
      const said = page.getByText('Petra did not answer for');
      for (const done of ['caller was offered another agent', 'agent is replaced', 'given up']) {
        await expect(said.filter({ hasText: done }).first()).toBeVisible();
      }
    });
  } finally {
    await askApi(stack, 'DELETE', `agents/${AGENT}`);
    await worker.kill();
  }
});
