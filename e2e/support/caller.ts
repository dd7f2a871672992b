// A caller: a browser page through which tests speak and listen. Assertions use the agent's audio as heard by the
// caller.
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { installInPage } from '@/e2e/support/in-page';
import type { SoundCard } from '@/e2e/support/sound-card';
import { HEARD_SHARE, speak, transcribe, wordsKept } from '@/e2e/support/speech';
import { rooms, type Stack } from '@/e2e/support/stack';

/** Upper bound in milliseconds until an agent is heard on a busy machine. */
export const HEARING_MS = 30_000;

/** What the page says while the agent listens: also why it hears nothing. */
const LISTENS = /Listening|You are muted|Hold to talk|Your microphone is|You have no microphone/;

export class Caller {
  #mark = 0;
  #room = '';

  private constructor(
    readonly page: Page,
    private readonly stack: Stack,
    private readonly card: SoundCard | undefined,
  ) {
    page.on('websocket', (socket) => {
      const token = new URL(socket.url()).searchParams.get('access_token');
      const claims = token?.split('.')[1];
      if (!claims) return;
      this.#room = JSON.parse(Buffer.from(claims, 'base64url').toString()).video.room;
    });
  }

  /** The room that the page joined last. */
  get room(): string {
    expect(this.#room, 'the page has joined a room').not.toBe('');
    return this.#room;
  }

  /** Deletes the room that the page joined last, if any. */
  async endRoom(): Promise<void> {
    if (this.#room)
      await rooms(this.stack)
        .deleteRoom(this.#room)
        .catch(() => {});
  }

  /**
   * Opens `path` with a microphone for the test's audio or, with `device`, the browser's fake microphone.
   * @param card of the browser, through which the test listens; without one, it listens to what the page receives
   */
  static async open(
    context: BrowserContext,
    stack: Stack,
    path = '/',
    microphone: 'test' | 'device' = 'test',
    card?: SoundCard,
  ): Promise<Caller> {
    const page = await context.newPage();
    await page.addInitScript(installInPage, { microphone: microphone === 'test', ear: !card });
    await page.goto(new URL(path, stack.web).href);
    return new Caller(page, stack, card);
  }

  get status() {
    return this.page.getByRole('status');
  }
  get transcript() {
    return this.page.getByRole('log', { name: 'Transcript' });
  }

  /** Presses Start call, or Call … again after a call. */
  async start(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Start call|Call .+ again)$/ }).click();
  }

  /** Starts, and says `text` as soon as the microphone is open. */
  async saysOnStart(text: string): Promise<void> {
    const wav = (await speak(this.stack.speech, text)).toString('base64');
    await this.page.evaluate((words) => {
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (constraints) => {
        const stream = await open(constraints);
        void window.callboardTest.say(words, 0.1);
        return stream;
      };
    }, wav);
    await this.start();
  }

  /** Presses End call. */
  async end(): Promise<void> {
    await this.page.getByRole('button', { name: 'End call' }).click();
  }

  /** Starts, and waits until the greeting was heard and the agent is listening. */
  async startAndBeGreeted(greeting: RegExp): Promise<void> {
    await this.start();
    await this.hears(greeting);
    await this.agentListens();
  }

  /** Types each line, and waits until it was answered and the agent is listening again. */
  async converses(lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      await this.types(line);
      await this.hears(/./);
      await this.agentListens();
    }
  }

  /** Says `text` by voice; resolves when the last word was captured. */
  async say(text: string): Promise<void> {
    const audio = await speak(this.stack.speech, text);
    await this.markNow();
    await this.page.evaluate((wav) => window.callboardTest.say(wav), audio.toString('base64'));
  }

  /**
   * Waits until the agents have said something that matches since the last mark (start, or the last `say`), and until
   * most of its words were recognized in their audio; the tests' small recognizer may miss some. Returns what was said.
   */
  async hears(expected: RegExp): Promise<string> {
    let said = '';
    const look = async () => {
      said = (await this.#newLines('agent').locator('p').allInnerTexts()).join(' ');
      if (!expected.test(said)) return `said: ${said}`;
      const heard = await this.heard();
      return wordsKept(said, heard) >= HEARD_SHARE ? 'heard' : `said: ${said} / heard: ${heard}`;
    };
    await expect
      // Transcribing often would take processor time from the speech of the call.
      .poll(look, {
        timeout: HEARING_MS,
        intervals: [200, 300, 500, 1_000],
        message: `heard: ${expected}`,
      })
      .toBe('heard');
    return said;
  }

  /** Says `text`, waits for a matching answer and until the agent is listening again; returns the answer. */
  async asks(text: string, expected: RegExp): Promise<string> {
    await this.say(text);
    const answer = await this.hears(expected);
    await this.agentListens();
    return answer;
  }

  /** Presses Invite; resolves with the link. The invitation stays open. */
  async invite(): Promise<string> {
    await this.page.getByRole('button', { name: 'Invite' }).click();
    const link = this.page.getByRole('textbox', { name: 'Invitation link' });
    await expect(link).toHaveValue(/\/join\//);
    return link.inputValue();
  }

  /** Joins the call of an invitation under this name. */
  async join(name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Your name' }).pressSequentially(name);
    await this.page.getByRole('button', { name: 'Join call' }).click();
  }

  /** Sends `text` as a message. */
  async types(text: string): Promise<void> {
    await this.markNow();
    const field = this.page.getByRole('textbox', { name: 'Message' });
    // Over WebDriver BiDi, `fill` changes the text without React's notice. Keys are slow during a call.
    await (this.card ? field.pressSequentially(text) : field.fill(text));
    await this.page.getByRole('button', { name: 'Send' }).click();
  }

  /** Transcribes what was heard since the last mark. */
  async heard(): Promise<string> {
    const { pcm } = await this.#listen(this.#mark);
    return transcribe(this.stack.speech, pcm);
  }

  /** What was heard from sample `from` (16 kHz, mono, s16le), and the total number of samples. */
  async #listen(from: number): Promise<{ pcm: Buffer; samples: number }> {
    const pcm = this.card?.heard();
    if (pcm) return { pcm: pcm.subarray(from * 2), samples: pcm.length >> 1 };
    const { audio, samples } = await this.page.evaluate(
      (first) => window.callboardTest.heard(first),
      from,
    );
    return { pcm: Buffer.from(audio, 'base64'), samples };
  }

  /** Sets the mark: `hears` considers only what follows. */
  async markNow(): Promise<void> {
    this.#mark = (await this.#listen(Number.POSITIVE_INFINITY)).samples;
    await this.#newLines('agent', 'you').evaluateAll((lines) => {
      for (const line of lines) line.setAttribute('data-marked', '');
    });
  }

  /** Lines of the transcript since the mark; only final lines of the caller. */
  #newLines(...speakers: ('agent' | 'you')[]) {
    const lines = { agent: '[data-speaker=agent]', you: '[data-speaker=you][data-final=true]' };
    const wanted = speakers.map((speaker) => `${lines[speaker]}:not([data-marked])`);
    return this.transcript.locator(wanted.join(', '));
  }

  /** Records each status from now on; the returned function gives those of the current call. */
  async statusesFromNow(): Promise<() => Promise<string[]>> {
    const log = await this.page.evaluateHandle(() => {
      const seen: string[] = [];
      const look = () => {
        const status = document.querySelector('[role=status]')?.textContent;
        if (status === 'Connecting…' && seen.at(-1) !== status) seen.length = 0;
        if (status && seen.at(-1) !== status) seen.push(status);
      };
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
      return seen;
    });
    return () => log.jsonValue();
  }

  /** Waits until the page shows that the agent is listening. */
  async agentListens(): Promise<void> {
    await expect(this.status).toHaveText(LISTENS, { timeout: HEARING_MS });
  }
}
