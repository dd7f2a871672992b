// Pictures of docs/insights.md: the page of a call of an agent that was not written for Callboard, and one of Ada to compare.
import type { Page } from '@playwright/test';
import { ADA, ASK_ADDRESS, BOOKING } from '@/e2e/support/agents';
import { HEARING_MS } from '@/e2e/support/caller';
import { askApi, type Stack } from '@/e2e/support/stack';
import { StockWorker, stockLanguages } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

test.use({ viewport: { width: 1280, height: 760 } });

/** Upper bound in milliseconds for all steps, with the installation of Python. */
const UPPER_MS = 300_000;
/** Milliseconds for an upload to arrive after the call: the framework closes the session first. */
const ARRIVES_MS = 30_000;
const AGENT = 'archive';
const GREETING = `Hello, this is Iris. ${'The archive keeps everything that was ever written down. '.repeat(4)}`;

interface Picture {
  readonly agent: RegExp;
  readonly answer: RegExp;
  /** Whether the steps of answers are known: the framework's traces, which Callboard's worker does not report. */
  readonly hasSteps: boolean;
  /** Of the file. */
  readonly name: string;
}

/** Takes a picture of the page of the last call of an agent, down to the answer that matches, with its steps if it has any. */
async function takeCall(page: Page, stack: Stack, { agent, answer, hasSteps, name }: Picture) {
  await page.goto(new URL('/calls', stack.web).href);
  await page.getByRole('link', { name: agent }).first().click();
  const transcript = page.getByRole('region', { name: 'Transcript' });
  const said = transcript.getByRole('listitem').filter({ hasText: answer }).last();
  await expect(said).toBeVisible({ timeout: ARRIVES_MS });
  const steps = said.getByText('Where the time went');
  if (hasSteps) await steps.click();
  else await expect(steps).toHaveCount(0);
  await page.mouse.move(0, 0);
  const bottom = await said.evaluate((one) => one.getBoundingClientRect().bottom + window.scrollY);
  await page.screenshot({
    path: `docs/pictures/${name}.png`,
    fullPage: true,
    clip: { x: 0, y: 0, width: 1280, height: Math.ceil(bottom) },
  });
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
    await takeCall(page, stack, {
      agent: /Iris/,
      answer: /open on Monday/,
      hasSteps: true,
      name: 'insights',
    });
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
  await takeCall(anna.page, stack, {
    agent: /Ada/,
    answer: /appointment|Monday/i,
    hasSteps: false,
    name: 'insights-ada',
  });
});
