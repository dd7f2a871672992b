// Streams one answer of Letta: its words go to TTS immediately; its reasoning, memory and own tool
// calls are not spoken.
import type { Letta } from '@letta-ai/letta-client';
import { type APIConnectOptions, llm } from '@livekit/agents';
import { FLUSH } from '../../scripted/scripted-llm';
import type { Failed } from '../failure';
import { BROKEN_OFF } from '../patient-llm';
import type { LettaEvent } from './answer';
import type { CallersAgent } from './callers-agent';
import { lettaFailure, NO_WORDS, toldFailure, tooSlow } from './failure';
import type { Heard } from './heard';

/**
 * Milliseconds without words after which the fallback takes over. An agent that searches its memory
 * before it speaks runs its model several times, so this is longer than for a single model.
 */
const SILENCE_MS = 8_000;

/** What a stream of this call needs besides the request. */
interface Parts {
  readonly mind: llm.LLM;
  readonly agent: CallersAgent;
  readonly heard: Heard;
  readonly failed: Failed;
}

const textOf = ({ content }: Letta.Agents.AssistantMessage): string =>
  typeof content === 'string' ? content : content.map(({ text }) => text).join('');

/** Races work against the signal; resolves to undefined if the signal comes first. */
function until(signal: AbortSignal): <T>(work: Promise<T>) => Promise<T | undefined> {
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return (work) => Promise.race([work, aborted]);
}

export class LettaStream extends llm.LLMStream {
  /** Id of the message whose words were passed on last. */
  #spoken = '';

  constructor(
    private readonly parts: Parts,
    request: {
      chatCtx: llm.ChatContext;
      toolCtx?: llm.ToolContextLike | undefined;
      connOptions: APIConnectOptions;
    },
  ) {
    super(parts.mind, request);
  }

  protected async run(): Promise<void> {
    const { agent, heard, failed } = this.parts;
    const said = heard.toSay(this.chatCtx.items);
    if (said.length === 0) return;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), SILENCE_MS);
    const signal = AbortSignal.any([this.abortController.signal, late.signal]);
    const check = heard.isCheck(said);
    if (!check) heard.asked(said);
    if (signal.aborted) return clearTimeout(timer);
    try {
      if (check) await until(signal)(agent.check());
      else
        await this.#pass(
          said.map(({ textContent = '' }) => textContent),
          signal,
          timer,
        );
      if (late.signal.aborted) throw tooSlow(SILENCE_MS);
    } catch (error) {
      if (this.abortController.signal.aborted) return;
      const failure = lettaFailure(error);
      if (this.#spoken) this.#put(BROKEN_OFF);
      if (!check) {
        heard.failed();
        failed(failure);
      }
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Passes the answer on as long as it arrives in time.
   * @throws {APIError} if there is none
   */
  async #pass(said: string[], signal: AbortSignal, timer: NodeJS.Timeout): Promise<void> {
    const { agent, heard } = this.parts;
    const answer = agent.ask(said);
    const inTime = until(signal);
    for (;;) {
      const next = await inTime(answer.then((one) => one.next()));
      if (signal.aborted) return agent.cut(answer);
      if (!next || next.done) break;
      if (this.#take(next.value)) timer.refresh();
    }
    if (this.#spoken === '') throw toldFailure(NO_WORDS);
    heard.answered();
  }

  /**
   * Whether the event contained words.
   * @throws {APIError} if Letta reports a failure
   */
  #take(event: LettaEvent): boolean {
    if (event.message_type === 'assistant_message') return this.#speak(event);
    if (event.message_type === 'error_message') throw toldFailure(event.message);
    if (event.message_type === 'usage_statistics') this.#count(event);
    return false;
  }

  #speak(message: Letta.Agents.AssistantMessage): boolean {
    const content = textOf(message);
    if (content === '') return false;
    // Words before and after one of its own tool calls: the first part need not wait for the
    // second.
    const anew = this.#spoken !== '' && this.#spoken !== message.id;
    if (anew) this.queue.put(FLUSH);
    this.#spoken = message.id;
    this.#put(anew ? ` ${content}` : content);
    return true;
  }

  #put(content: string): void {
    this.queue.put({ id: this.#spoken, delta: { role: 'assistant', content } });
  }

  #count(usage: Letta.Agents.LettaStreamingResponse.LettaUsageStatistics): void {
    const { completion_tokens = 0, prompt_tokens = 0, total_tokens = 0 } = usage;
    this.queue.put({
      id: this.#spoken || 'usage',
      usage: {
        completionTokens: completion_tokens,
        promptTokens: prompt_tokens,
        promptCachedTokens: usage.cached_input_tokens ?? 0,
        totalTokens: total_tokens,
      },
    });
  }
}
