// Pictures of docs/insights.md: the page of a call of an agent that was not written for Callboard, and one of Ada to compare.
import type { Page } from '@playwright/test';
import { ADA, ASK_ADDRESS, BOOKING } from '../support/agents';
import { HEARING_MS } from '../support/caller';
import { askApi, type Stack } from '../support/stack';
import { StockWorker, stockLanguages } from '../support/stock-worker';
import { expect, test } from '../support/test';

test.use({ viewport: { width: 1280, height: 1200 } });

/** Upper bound in milliseconds for all steps, with the installation of Python. */
const UPPER_MS = 300_000;
/** Milliseconds for an upload to arrive after the call: the framework closes the session first. */
const ARRIVES_MS = 30_000;
const AGENT = 'archive';
const GREETING = `Hello, this is Iris. ${'The archive keeps everything that was ever written down. '.repeat(4)}`;

/** Takes a picture of the page of a person's last call, with the steps of the answer that has `answer`. */
async function takeCall(page: Page, stack: Stack, person: RegExp, answer: RegExp, name: string) {
  await page.goto(new URL('/calls', stack.web).href);
  await page.getByRole('link', { name: person }).first().click();
  const transcript = page.getByRole('region', { name: 'Transcript' });
  const said = transcript.getByRole('listitem').filter({ hasText: answer }).last();
  await expect(said).toBeVisible({ timeout: ARRIVES_MS });
  await said.getByText('Where the time went').click();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: `docs/pictures/${name}.png` });
}

test('the page of a call of any agent', async ({ caller, stack }) => {
  test.setTimeout(UPPER_MS);
  const language = (await stockLanguages()).at(-1);
  const worker = await StockWorker.start(stack, { agent: AGENT, language, greeting: GREETING });
  try {
    const added = await askApi(stack, 'POST', 'agents', { name: AGENT, title: 'Iris' });
    expect(added.status).toBe(201);
    await expect.poll(() => worker.said, { timeout: 60_000 }).toContain('registered worker');
    const anna = await caller();
    const { page } = anna;
    await page.getByRole('button', { name: /^Iris/ }).click();
    await anna.start();
    // For the first three seconds of its speech, LiveKit's framework takes what it hears for an echo.
    await expect(anna.transcript).toContainText(/written down.+written down/, {
      timeout: HEARING_MS,
    });
    await anna.asks('The boat is blue.', /I heard: the boat is blue/i);
    await anna.asks('Look it up.', /open on Monday from nine to five/i);
    await anna.say('Please break down.');
    await expect(anna.transcript).toContainText('could not think of an answer', {
      timeout: HEARING_MS,
    });
    // Traces arrive during the call; in Node, those of its last seconds do not.
    const errors = async () => {
      const { calls } = await (await askApi(stack, 'GET', `calls?agent_name=${AGENT}`)).json();
      return calls[0]?.errors;
    };
    await expect.poll(errors, { timeout: ARRIVES_MS }).toBe(1);
    await anna.end();
    await takeCall(page, stack, /Iris/, /open on Monday/, 'insights');
  } finally {
    await askApi(stack, 'DELETE', `agents/${AGENT}`);
    await worker.kill();
  }
});

test('the page of a call of Ada', async ({ caller, stack }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.asks(ASK_ADDRESS, /willow/i);
  await anna.asks(BOOKING[0] ?? '', /./);
  await anna.end();
  await takeCall(anna.page, stack, /Ada/, /willow/i, 'insights-ada');
});
