// An agent that was not written for Callboard, in workers that run beside it, one in Node and one in Python: added, called from the
// selector with sound both ways, on both deployments, handed off from, and shown with what is known of it.

import { isAccessible } from '@/e2e/support/accessibility';
import { FRANK } from '@/e2e/support/agents';
import { Caller, HEARING_MS } from '@/e2e/support/caller';
import { openSite } from '@/e2e/support/site';
import { agentsIn, askApi, dispatchesIn } from '@/e2e/support/stack';
import { StockWorker, stockLanguages } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

/** Upper bound in milliseconds for all steps, with the installation of Python. */
const UPPER_MS = 300_000;
const AGENT = 'night-desk';
const QUESTION = 'The boat is blue.';
const ANSWER = /I heard: the boat is blue/i;

test('any LiveKit agent is added, called with sound both ways, and shown as what it is', async ({
  browser,
  caller,
  stack,
}) => {
  test.setTimeout(UPPER_MS);
  // Python, where it can be installed.
  const language = (await stockLanguages()).at(-1);
  const workers = await Promise.all([
    StockWorker.start(stack, { agent: AGENT, greeting: 'This is the night desk.' }),
    StockWorker.start(stack, {
      ...{ agent: AGENT, language, deployment: 'staging' },
      greeting: 'This is the new night desk.',
    }),
  ]);
  try {
    const anna = await caller('/');
    const { page } = anna;
    const option = page.getByRole('button', { name: /^Nora/ });
    await expect(option).toHaveCount(0);
    const added = await askApi(stack, 'POST', 'agents', {
      ...{ name: AGENT, title: 'Nora', summary: 'Repeats what you say' },
      deployments: [{ name: 'production' }, { name: 'staging' }],
    });
    expect(added.status).toBe(201);
    // Without a reload.
    await expect(option).toBeVisible();

    await test.step('called from the selector', async () => {
      await option.click();
      await anna.startAndBeGreeted(/this is the night desk/i);
      await anna.asks(QUESTION, ANSWER);
    });

    await test.step('removed while another one waits, it has handed off', async () => {
      const { room } = anna;
      const [sent, ...others] = await dispatchesIn(stack, room);
      expect([sent?.deployment, others]).toEqual(['', []]);
      const brought = await askApi(stack, 'POST', 'dispatch-agent', { room, agent: 'billing' });
      expect(brought.ok).toBe(true);
      await expect.poll(() => agentsIn(stack, room)).toEqual(['billing production']);
      await anna.markNow();
      const removed = await askApi(stack, 'DELETE', `rooms/${room}/dispatches/${sent?.id}`);
      expect(removed.status).toBe(204);
      await expect(page.getByText('Nora handed off to Frank')).toBeVisible();
      await anna.hears(FRANK);
      await expect(page.getByText(/Nora (left|was lost)|Frank joined/)).toHaveCount(0);
      await anna.end();
    });

    await test.step('the toggle sends the call to staging', async () => {
      const ben = await caller('/settings');
      const staging = ben.page.getByRole('switch', { name: 'Staging' });
      await staging.click();
      await ben.page.getByRole('link', { name: 'Call', exact: true }).click();
      await ben.page.getByRole('button', { name: /^Nora/ }).click();
      await ben.startAndBeGreeted(/this is the new night desk/i);
      await ben.asks(QUESTION, ANSWER);
      await test.step('developers see in the console what its session says', async () => {
        const button = ben.page.getByRole('button', { name: 'Console' });
        await button.click();
        const live = ben.page.getByRole('region', { name: 'Live from the agent, not stored' });
        const said = live.getByRole('listitem');
        await expect(said.filter({ hasText: /^[\d:]+Agent: I heard: the boat/i })).toBeVisible();
        await expect(said.filter({ hasText: 'Caller is speaking' }).first()).toBeVisible();
        await expect(said.filter({ hasText: /^[\d:]+Agent is listening$/ }).first()).toBeVisible();
        await isAccessible(ben.page, 'console with a session');
        await button.click();
      });
      await ben.markNow();
      await ben.page.getByRole('button', { name: 'Keypad' }).click();
      await ben.page.keyboard.press('5');
      await ben.hears(/You pressed 5/);
      await ben.page.keyboard.press('Escape');

      const url = await ben.invite();
      await expect(ben.page.getByText('When they join, Nora leaves.')).toBeVisible();
      await ben.page.getByRole('button', { name: 'Close' }).click();
      const cleo = await Caller.open(await browser.newContext(), stack, url);
      await cleo.join('Cleo');
      await expect(ben.status).toHaveText('You are with Cleo');
      await expect(ben.transcript).toContainText('Nora left');
      await cleo.page.context().close();
      // On the deployment from which she was called.
      await ben.markNow();
      await ben.page.getByRole('button', { name: 'Call Nora back' }).click();
      await ben.hears(/this is the new night desk/i);
      await ben.end();
      await ben.page.close();
    });

    await test.step('called from the embed', async () => {
      const site = await openSite(stack, `data-agent="${AGENT}"`);
      const visitor = await browser.newPage({ permissions: ['microphone'] });
      await visitor.goto(site.url);
      await visitor.getByRole('button').click();
      const call = visitor.frameLocator('iframe');
      await call.getByRole('button', { name: 'Start call' }).click();
      await expect(call.getByRole('log')).toContainText('This is the night desk.', {
        timeout: HEARING_MS,
      });
      await call.getByRole('button', { name: 'End call' }).click();
      await visitor.close();
      site.close();
    });

    await test.step('its call has the right words', async () => {
      await page.goto(new URL('/calls', stack.web).href);
      const past = page.getByRole('list', { name: 'Past calls' }).getByRole('listitem');
      const row = past.filter({ hasText: 'Nora' }).first();
      await expect(row).toBeVisible({ timeout: 15_000 });
      await row.getByRole('link').click();
      await expect(page.getByText(/staging/).first()).toBeVisible();
      await expect(page.getByText('Nothing was said')).toHaveCount(0);
    });

    await test.step('its page says that it does not report, and a test call that it comes', async () => {
      await page.goto(new URL('/agents', stack.web).href);
      const row = page.getByRole('listitem').filter({ hasText: 'Nora' }).first();
      await expect(row).toContainText('does not report');
      await row.getByRole('link', { name: 'Nora' }).click();
      await page.getByRole('link', { name: 'Test', exact: true }).click();
      await page.getByRole('button', { name: 'Make a test call' }).click();
      await expect(page.getByRole('status')).toHaveText('Everything works', { timeout: 30_000 });
      await expect(page.getByText('Nora on staging').first()).toBeVisible();
    });

    await test.step('removed, it is no longer offered', async () => {
      await page.goto(stack.web);
      await option.click();
      const selected = page.getByLabel('Agent', { exact: true });
      await expect(selected).toHaveValue(AGENT);
      expect((await askApi(stack, 'DELETE', `agents/${AGENT}`)).status).toBe(204);
      await expect(option).toHaveCount(0);
      // The first one is.
      await expect(selected).toHaveValue('front-desk');
    });
  } finally {
    for (const worker of workers) await worker.kill();
  }
});
