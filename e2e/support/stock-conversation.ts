// A call with an agent that was not written for Callboard: it is interrupted, answers, uses its tool, and fails once.
import type { Page } from '@playwright/test';
import { type Caller, HEARING_MS } from '@/e2e/support/caller';
import { askApi, type Stack } from '@/e2e/support/stack';
import { type StockLanguage, StockWorker } from '@/e2e/support/stock-worker';
import { expect } from '@/e2e/support/test';

/** Upper bound in milliseconds for such a call and its page, with the installation of Python. */
export const STOCK_CALL_MS = 300_000;
/** Milliseconds for an upload to arrive after the call: the framework closes the session first. */
export const ARRIVES_MS = 30_000;
/** Long enough to be interrupted. */
const GREETING = `Hello, this is Iris. ${'The archive keeps everything that was ever written down. '.repeat(4)}`;

interface StockCall {
  readonly stack: Stack;
  readonly caller: () => Promise<Caller>;
  /** LiveKit's agent name. Its title is Iris. */
  readonly agent: string;
  readonly language: StockLanguage | undefined;
}

/**
 * Makes the call, ends it, and opens its page. The agent is in the list, and its worker runs, until `look` is done.
 * @param look looks at the page of the call
 */
export async function afterStockCall(
  { stack, caller, agent, language }: StockCall,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const worker = await StockWorker.start(stack, { agent, language, greeting: GREETING });
  try {
    const added = await askApi(stack, 'POST', 'agents', { name: agent, title: 'Iris' });
    expect(added.status).toBe(201);
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
    await anna.types('Please break down.');
    // If no answer comes, the status and the end of the worker's output say why.
    const known = async () =>
      [
        await anna.transcript.innerText(),
        await anna.status.innerText(),
        worker.said.slice(-3_000),
      ].join('\n');
    await expect.poll(known, { timeout: HEARING_MS }).toContain('could not think of an answer');
    // Traces arrive during the call; in Node, those of its last seconds do not.
    const errors = async () => {
      const { calls } = await (await askApi(stack, 'GET', `calls?agent_name=${agent}`)).json();
      return calls[0]?.errors;
    };
    await expect.poll(errors, { timeout: ARRIVES_MS }).toBe(1);
    await anna.end();
    await page.goto(new URL('/calls', stack.web).href);
    const row = page.getByRole('listitem').filter({ hasText: '→ Iris' }).first();
    await row.getByRole('link').click();
    await look(page);
    await page.close();
  } finally {
    await askApi(stack, 'DELETE', `agents/${agent}`);
    await worker.kill();
  }
}
