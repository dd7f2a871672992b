// Letta as a model: an agent that lives on a Letta server and remembers its caller between calls. Letta keeps the
// conversation, so only the caller's last words are sent.

import type { Letta } from '@letta-ai/letta-client';
import { type APIConnectOptions, llm, waitForAbort } from '@livekit/agents';
import type { CallHandle } from '@/agent/core/agent-definition';
import { FLUSH } from '@/agent/framework/flush';
import {
  CallersAgent,
  type LettaEvent,
  type LettaSettings,
} from '@/agent/models/letta/callers-agent';
import { answerFailure, lettaFailure, timeoutFailure } from '@/agent/models/letta/failures';
import { BROKEN_OFF, type Failed } from '@/agent/models/llm-timeout';
import { heardBefore } from '@/agent/models/unheard';
import type { Config } from '@/lib/core/config';
import type { ModelRef } from '@/lib/core/models';

type Request = Parameters<llm.LLM['chat']>[0];

/** The model of a call with the Letta agent that `ref` names. @param failed called with the error when it does not answer */
export const makeLetta = (
  ref: ModelRef,
  { LETTA_URL: url = '', LETTA_API_KEY: key }: Config,
  call: CallHandle,
  failed: Failed,
): llm.LLM => {
  const caller = () => call.caller();
  const calledIn = () => call.id();
  return new LettaLlm({ url, key, agentId: ref.model, caller, calledIn }, failed);
};

/** One attempt: the fallback model is the second. */
const ONCE: APIConnectOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 0 };

/**
 * The model of one call: the agent with this id, as this caller knows it. Failures are the framework's own `APIError`s,
 * so that the fallback takes over.
 */
export class LettaLlm extends llm.LLM {
  readonly agent: CallersAgent;
  readonly heard = new Heard();
  #open: llm.LLMStream | undefined;

  /** @param failed called with the error when Letta does not answer */
  constructor(
    private readonly settings: LettaSettings,
    readonly failed: Failed,
  ) {
    super();
    this.agent = new CallersAgent(settings);
    // Runs while the greeting is spoken; a failure is reported with the caller's first words.
    this.agent.ready().catch(() => undefined);
  }

  label(): string {
    return 'Letta';
  }

  override get model(): string {
    return this.settings.agentId;
  }

  override get provider(): string {
    return 'letta';
  }

  /** Cancels the current answer: a Letta agent answers one message at a time. */
  chat({ chatCtx, toolCtx }: Request): llm.LLMStream {
    this.#open?.close();
    this.#open = new LettaStream(this, { chatCtx, ...(toolCtx && { toolCtx }), connOptions: ONCE });
    return this.#open;
  }
}

/**
 * Milliseconds without words after which the fallback takes over. An agent that searches its memory before it speaks
 * runs its model several times, so this is longer than for a single model.
 */
const SILENCE_MS = 8_000;

class LettaStream extends llm.LLMStream {
  #spoken = '';
  readonly #speech = new LettaSpeech();
  #end = '';

  constructor(
    private readonly letta: LettaLlm,
    request: ConstructorParameters<typeof llm.LLMStream>[1],
  ) {
    super(letta, request);
  }

  protected async run(): Promise<void> {
    const { agent, heard, failed } = this.letta;
    // Whether a cancelled answer was remembered after all decides what has to be sent.
    await Promise.race([agent.settled(), waitForAbort(this.abortController.signal)]);
    if (this.abortController.signal.aborted) return;
    const said = heard.toSend(this.chatCtx.items);
    if (said.length === 0) return;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), SILENCE_MS);
    const signal = AbortSignal.any([this.abortController.signal, late.signal]);
    const check = heard.isCheck(said);
    if (!check) heard.asked(said);
    if (signal.aborted) return clearTimeout(timer);
    try {
      const cut = heardBefore(this.chatCtx.items);
      const words = said.map(({ textContent = '' }) => textContent);
      if (cut !== undefined)
        words.push(`(I spoke over you and heard only: “${cut}”) ${words.pop()}`);
      if (check) await Promise.race([agent.check(), waitForAbort(signal)]);
      else await this.#pass(words, signal, timer);
      if (late.signal.aborted) throw timeoutFailure(SILENCE_MS);
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

  /** Passes the answer on as long as it arrives in time. @throws {APIError} if there is none */
  async #pass(said: string[], signal: AbortSignal, timer: NodeJS.Timeout): Promise<void> {
    const { agent, heard } = this.letta;
    const answer = agent.ask(said);
    const aborted = waitForAbort(signal);
    for (;;) {
      const next = await Promise.race([answer.then((one) => one.next()), aborted]);
      if (signal.aborted) return agent.cut(answer, () => heard.answered());
      if (!next || next.done) break;
      if (this.#take(next.value)) timer.refresh();
    }
    if (this.#spoken === '') {
      throw answerFailure({ message: `it said nothing${this.#end && ` (${this.#end})`}` });
    }
    heard.answered();
  }

  /** Whether the event contained words. @throws {APIError} if Letta reports a failure */
  #take(event: LettaEvent): boolean {
    const words = this.#speech.wordsIn(event);
    if (words) return this.#speak(words);
    if (event.message_type === 'error_message') throw answerFailure(event);
    if (event.message_type === 'usage_statistics') this.#count(event);
    if (event.message_type === 'stop_reason') this.#end = event.stop_reason;
    return false;
  }

  #speak({ id, content }: Words): boolean {
    if (content === '') return false;
    // Words before and after one of its own tool calls: the first part need not wait for the second.
    const isNewMessage = this.#spoken !== '' && this.#spoken !== id;
    if (isNewMessage) this.queue.put(FLUSH);
    this.#spoken = id;
    this.#put(isNewMessage ? ` ${content}` : content);
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

/** The tool by which an agent speaks. */
const TOOL = 'send_message';

/** The complete characters of the string `message` in a JSON object that may not be complete. */
const MESSAGE = /"message"\s*:\s*"((?:[^"\\]|\\u[\da-f]{4}|\\[^u])*)/i;
/** A character that JSON escapes. */
const ESCAPED = /\\(?:u([\da-f]{4})|([\s\S]))/gi;
const NAMED: Readonly<Record<string, string>> = { b: '', f: ' ', n: '\n', r: '\r', t: '\t' };
/** The first half of a character that JSON escapes in two. */
const HALF = /[\uD800-\uDBFF]$/;

/** The words of `send_message`'s arguments so far. */
function messageIn(json: string): string {
  const [, found = ''] = MESSAGE.exec(json) ?? [];
  return found
    .replace(ESCAPED, (_, hex?: string, char = '') =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (NAMED[char] ?? char),
    )
    .replace(HALF, '');
}

interface Words {
  readonly id: string;
  readonly content: string;
}

/**
 * What a Letta agent says to its caller: messages, and the tool `send_message` of agents with sleep-time, whose
 * arguments arrive as pieces of JSON (observed with 0.16.8). One instance per answer.
 */
class LettaSpeech {
  /** By id of a call of the tool: its arguments so far, and how many characters were spoken. */
  readonly #calls = new Map<string, { json: string; spoken: number }>();

  /** The new words in an event, possibly none. */
  wordsIn(event: LettaEvent): Words | undefined {
    if (event.message_type === 'assistant_message') {
      const { id, content } = event;
      const text = typeof content === 'string' ? content : content.map((one) => one.text).join('');
      return { id, content: text };
    }
    if (event.message_type !== 'tool_call_message') return undefined;
    const { name, tool_call_id: id, arguments: piece } = event.tool_call;
    const call = this.#calls.get(id ?? '') ?? (name === TOOL ? { json: '', spoken: 0 } : undefined);
    if (!id || !call) return undefined;
    this.#calls.set(id, call);
    call.json += piece ?? '';
    const said = messageIn(call.json);
    const content = said.slice(call.spoken);
    call.spoken = said.length;
    return { id: event.id, content };
  }
}

type Said = Pick<llm.ChatMessage, 'id' | 'role' | 'textContent'>;

/** Maximum number of unanswered messages to repeat: a few interruptions in a row. Our own choice. */
const OWED_MAX = 5;

/**
 * Which messages have to be sent to Letta: the caller's last words, preceded by those it was sent but did not answer
 * because the caller kept speaking. It remembers all others. One instance per call.
 */
class Heard {
  /** Ids of messages that were sent and not answered. */
  #owed: string[] = [];
  #failed: string | undefined;

  /** The caller's messages in the context that have to be sent, oldest first. */
  toSend(items: readonly llm.ChatItem[]): Said[] {
    const said = items.filter(
      (item): item is llm.ChatMessage =>
        item.type === 'message' && item.role === 'user' && Boolean(item.textContent),
    );
    const last = said.at(-1);
    // Discarded messages, as from preemptive generation, are in no context.
    return said.filter(({ id }) => id === last?.id || this.#owed.includes(id)).slice(-OWED_MAX);
  }

  asked(said: readonly Said[]): void {
    this.#owed = said.map(({ id }) => id);
  }

  /** They were answered to the end, and are therefore in Letta's memory. */
  answered(): void {
    this.#owed = [];
  }

  /** They failed: another model answered them. */
  failed(): void {
    this.#failed = this.#owed.at(-1);
    this.#owed = [];
  }

  /**
   * Whether these messages have failed before: the framework repeats them in the background to check the model. They
   * have been answered by then, and Letta must not act on them again.
   */
  isCheck(said: readonly Said[]): boolean {
    return this.#failed !== undefined && said.at(-1)?.id === this.#failed;
  }
}
