// A caller in a real browser: opens the page, presses Start call, speaks, and hears the agent.
import type { BrowserContext, Page } from '@playwright/test';
import { speak } from '@/e2e/support/speech';
import type { Bench } from './bench';
import { type InPage, installInPage } from './in-page';
import { type Exchange, exchange, LOUD } from './stretches';

/** Milliseconds that a person looks at the page before the click. */
const LOOKS_MS = 2_000;
/** Milliseconds from the pointer at the button to the press: short for a hand that has to find it. Our own choice. */
const RESTS_MS = 300;
/** Milliseconds without a sound after which the agent is taken to have said all: it pauses between sentences. */
const DONE_MS = 1_500;
/** Milliseconds that anything of a call may take: a limit, not a goal. */
const LIMIT_MS = 30_000;
const look = { polling: 50, timeout: LIMIT_MS };

/** What the page knows, without its mouth. */
export type Seen = Omit<InPage, 'say'>;

export class PageCall {
  private constructor(
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly speech: string,
  ) {}

  /** Opens the page as somebody does who was never there; resolves once they have looked at it. */
  static async open(bench: Bench): Promise<PageCall> {
    const { web, speech } = await bench.stack();
    const browser = await bench.browser();
    const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-GB' });
    const page = await context.newPage();
    await page.addInitScript(installInPage, { loud: LOUD });
    await page.goto(web);
    await page.waitForTimeout(LOOKS_MS);
    return new PageCall(context, page, speech);
  }

  /** Presses Start call, as somebody's hand does: the pointer comes, rests there, and presses. */
  async start(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Start call' });
    await button.hover();
    await this.page.waitForTimeout(RESTS_MS);
    await button.click();
  }

  /** Waits for the agent's first sound. */
  async greeted(): Promise<void> {
    await this.page.waitForFunction(() => window.callboardBench.heard.length > 0, null, look);
  }

  /** Waits until the agent has said all. */
  async finished(): Promise<void> {
    await this.page.waitForFunction(
      (done) => Date.now() - (window.callboardBench.heard.at(-1) ?? Date.now()) > done,
      DONE_MS,
      look,
    );
  }

  /** Asks by voice, and waits until the answer is over; undefined where none came. */
  async asks(words: string): Promise<Exchange | undefined> {
    const wav = await speak(this.speech, words);
    const since = await this.page.evaluate(() => Date.now());
    await this.page.evaluate((audio) => window.callboardBench.say(audio), wav.toString('base64'));
    const answered = await this.page
      .waitForFunction((from) => (window.callboardBench.heard.at(-1) ?? 0) > from, Date.now(), look)
      .catch(() => undefined);
    if (!answered) return undefined;
    await this.finished();
    const { spoken, heard } = await this.seen();
    return exchange(spoken, heard, since);
  }

  /** All that was seen and heard so far. */
  seen(): Promise<Seen> {
    return this.page.evaluate(() => {
      const { say: _, ...seen } = window.callboardBench;
      return seen;
    });
  }

  /** Presses End call, and closes the page. */
  async end(): Promise<void> {
    await this.page.getByRole('button', { name: 'End call' }).click();
    await this.context.close();
  }
}
