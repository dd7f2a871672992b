// A caller in a real browser: opens the page, clicks Start call, speaks, and hears the agent.
import type { BrowserContext, Page } from '@playwright/test';
import { speak } from '@/e2e/support/speech';
import { type Bench, LIMIT_MS } from '@/scripts/bench/support/bench';
import { type InPage, installInPage } from '@/scripts/bench/support/in-page';
import { DONE_MS, type Exchange, exchange } from '@/scripts/bench/support/speech-segments';
import { LOUD } from '@/scripts/test-caller/sounds';

/** Milliseconds that a person looks at the page before the click. */
const LOOKS_MS = 2_000;
/** Milliseconds between hovering over the button and the click: short for a person. Our own choice. */
const RESTS_MS = 300;
/** Milliseconds between pressing and releasing the button, as people click. */
const PRESS_MS = 80;
const look = { polling: 50, timeout: LIMIT_MS };

/** What was recorded in the page, without the microphone. */
export type Seen = Omit<InPage, 'say'>;

export class PageCall {
  private constructor(
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly speech: string,
  ) {}

  /** Opens the page as a new visitor; resolves after a short look at it. @param other URL of another front end */
  static async open(bench: Bench, other?: string): Promise<PageCall> {
    const { web, speech } = await bench.stack();
    const browser = await bench.browser();
    const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-GB' });
    const page = await context.newPage();
    // tsx wraps named functions in calls of this helper.
    await page.addInitScript('globalThis.__name = (named) => named');
    await page.addInitScript(installInPage, { loud: LOUD });
    await page.goto(other ?? web);
    await page.waitForTimeout(LOOKS_MS);
    return new PageCall(context, page, speech);
  }

  /**
   * Clicks Start call like a person: hovers over the button, and then presses and releases it.
   * @param rests whether the pointer rests on the button before, as a mouse does and a finger does not
   */
  async start(rests = true): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Start call' });
    if (rests) {
      await button.hover();
      await this.page.waitForTimeout(RESTS_MS);
    }
    await button.click({ delay: PRESS_MS });
  }

  async greeted(): Promise<void> {
    await this.page.waitForFunction(() => window.callboardBench.heard.length > 0, null, look);
  }

  async finished(): Promise<void> {
    await this.page.waitForFunction(
      (done) => Date.now() - (window.callboardBench.heard.at(-1) ?? Date.now()) > done,
      DONE_MS,
      look,
    );
  }

  /** Asks a question by voice and waits until the answer has ended; undefined if there was none. */
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

  seen(): Promise<Seen> {
    return this.page.evaluate(() => {
      const { say: _, ...seen } = window.callboardBench;
      return seen;
    });
  }

  async end(): Promise<void> {
    await this.page.getByRole('button', { name: /^end call$/i }).click();
    await this.context.close();
  }
}
