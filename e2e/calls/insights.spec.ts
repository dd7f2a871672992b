// What agents that were not written for Callboard upload about their sessions: on the page of the call, without a line of code.

import { isAccessible } from '@/e2e/support/accessibility';
import { HEARING_MS } from '@/e2e/support/caller';
import { askApi } from '@/e2e/support/stack';
import { StockWorker, stockLanguages } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

/** Upper bound in milliseconds for all steps, with the installation of Python. */
const UPPER_MS = 300_000;
/** Milliseconds for an upload to arrive after the call: the framework closes the session first. */
const ARRIVES_MS = 30_000;
const GREETING = `This is the archive. ${'We keep everything that was ever written down. '.repeat(5)}`;

test('a session of any agent is on the page of its call', async ({ caller, stack }, info) => {
  test.setTimeout(UPPER_MS);
  for (const language of await stockLanguages()) {
    const agent = `archive-${language}`;
    const worker = await StockWorker.start(stack, { agent, language, greeting: GREETING });
    try {
      const added = await askApi(stack, 'POST', 'agents', { name: agent, title: 'Iris' });
      expect(added.status).toBe(201);
      await expect.poll(() => worker.said, { timeout: 60_000 }).toContain('registered worker');
      const anna = await caller('/');
      const { page } = anna;
      await page.getByRole('button', { name: /^Iris/ }).click();
      await anna.start();
      // For the first three seconds of its speech, LiveKit's framework takes what it hears for an echo.
      await expect(anna.transcript).toContainText(/written down.+written down/, {
        timeout: HEARING_MS,
      });
      await anna.asks('The boat is blue.', /I heard: the boat is blue/i);
      await anna.types('Look it up.');
      await anna.hears(/open on Monday from nine to five/i);
      await anna.agentListens();
      await anna.types('Please break down.');
      await expect(anna.transcript).toContainText('could not think of an answer');
      // Traces arrive during the call; in Node, those of its last seconds do not.
      const errors = async () => {
        const { calls } = await (await askApi(stack, 'GET', `calls?agent_name=${agent}`)).json();
        return calls[0]?.errors;
      };
      await expect.poll(errors, { timeout: ARRIVES_MS }).toBe(1);
      await anna.end();

      await page.goto(new URL('/calls', stack.web).href);
      await page.getByRole('link', { name: /Iris/ }).first().click();
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
      const events = page.getByRole('region', { name: 'Events' });
      await expect(events).toContainText('Error in llm: the model is broken');
      const version = page.getByRole('region', { name: 'Version of the agent' });
      await expect(version).toContainText(/prompt [\da-f]{7}/);
      await expect(version).toContainText('opening_hours');
      const usage = page.getByRole('region', { name: 'Usage' });
      await expect(usage).toContainText('echo');
      await expect(usage).toContainText('characters');
      // Only Python has tags.
      await expect(page.getByRole('list', { name: 'Tags' })).toHaveCount(
        language === 'python' ? 1 : 0,
      );
      // Nothing records calls here.
      await expect(page.locator('audio')).toHaveCount(0);
      await isAccessible(page, `a session in ${language}`);
      await page.screenshot({ path: info.outputPath(`${language}.png`), fullPage: true });
      await page.close();
    } finally {
      await askApi(stack, 'DELETE', `agents/${agent}`);
      await worker.kill();
    }
  }
});
