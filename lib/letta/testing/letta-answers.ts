// How the fake Letta server answers a message: the events of a stream as observed in Letta 0.16.8.
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/** What matters of an agent for its answer. */
interface Agent {
  readonly agent_type: string;
  readonly tools: readonly { readonly name: string }[];
  readonly blocks: readonly { readonly label: string; readonly value: string }[];
  /** What it has been sent so far. */
  readonly talk: string[];
}

/** An agent's response, instead of the usual one. */
export interface Turn {
  /** Parts of its text by message; a tool runs between two messages. */
  readonly say?: readonly (readonly string[])[] | undefined;
  /** Failure of the model in the response: a message, or as Letta reports it. */
  readonly fails?:
    | string
    | { readonly error_type: string; message: string; detail?: string | undefined }
    | undefined;
  /** HTTP status instead of a response. */
  readonly status?: number | undefined;
  /** Body with that status. */
  readonly body?: object | undefined;
  /** Resolves when it continues after the first part of its last message. */
  readonly waits?: Promise<unknown> | undefined;
  /** Is complete before any cancellation arrives, which the response to the cancellation does not show. */
  readonly complete?: boolean | undefined;
  /** Stops without an end. */
  readonly silent?: boolean | undefined;
}

interface Question {
  readonly agent: Agent;
  readonly said: readonly string[];
  readonly turn: Turn | undefined;
  /** By run, cancels it while it goes on. */
  readonly running: Map<string, () => void>;
}

/** Responds with its knowledge: the block about its caller, and its messages so far. */
const usual = ({ blocks, talk }: Agent, said: readonly string[]): Turn => {
  const known = blocks.find(({ label }) => label === 'human')?.value;
  return { say: [[`Known: ${known} `, `Told: ${[...talk, ...said].join(' | ')}`]] };
};

const USAGE = { completion_tokens: 5, prompt_tokens: 10, total_tokens: 15, step_count: 1 };
const ID = (kind: string) => `${kind}-${randomUUID()}`;

/** Pieces of a tool's arguments as a model writes them. */
const piecesOf = (json: string) => json.match(/[\s\S]{1,6}/g) ?? [];

/** The answer as a response. */
export function answerStream(c: Context, { agent, said, turn, running }: Question) {
  const { say = [], status, body, waits, complete, silent, fails } = turn ?? usual(agent, said);
  if (status) return c.json(body ?? { detail: 'refused' }, status as 503);
  return streamSSE(c, async (stream) => {
    const run = ID('run');
    const write = (data: object) => stream.writeSSE({ data: JSON.stringify(data) });
    const send = (message_type: string, more: object) =>
      write({
        message_type,
        date: new Date().toISOString(),
        id: ID('message'),
        run_id: run,
        ...more,
      });
    let cancelled = false;
    const cut = new Promise<void>((resolve) => {
      running.set(run, () => {
        if (complete) return;
        cancelled = true;
        resolve();
      });
    });
    let stored = false;
    /** From now on, the question is part of the conversation. */
    const store = () => {
      if (!stored) agent.talk.push(...said);
      stored = true;
    };
    /** A call of a tool: its name once, then its arguments in pieces. */
    async function call(name: string, args: readonly string[]): Promise<void> {
      const [id, tool_call_id] = [ID('message'), ID('call')];
      const piece = (delta: object) => {
        const tool_call = { ...delta, tool_call_id };
        return send('tool_call_message', { id, tool_call, tool_calls: tool_call });
      };
      await piece({ name });
      for (const one of args) await piece({ arguments: one });
      const tool_return = 'Done.';
      await send('tool_return_message', { name, tool_return, status: 'success', tool_call_id });
      store();
    }
    const speaksByTool = agent.tools.some(({ name }) => name === 'send_message');
    const isV1 = agent.agent_type === 'letta_v1_agent';

    await send('ping', {});
    await send('reasoning_message', { reasoning: 'I think.' });
    for (const [at, pieces] of say.entries()) {
      if (at > 0) await call('conversation_search', piecesOf('{"query": "x"}'));
      if (cancelled) break;
      if (speaksByTool && isV1) {
        await call('send_message', piecesOf(JSON.stringify({ message: pieces.join('') })));
        continue;
      }
      const id = ID('message');
      for (const content of pieces) {
        await send('assistant_message', { id, content });
        if (at === say.length - 1) await Promise.race([waits, cut]);
        if (cancelled) break;
      }
    }
    if (fails) {
      await write({ message_type: 'stop_reason', stop_reason: 'llm_api_error' });
      const error = typeof fails === 'string' ? { error_type: 'llm_error', message: fails } : fails;
      const failure = { message_type: 'error_message', run_id: run, detail: null, ...error };
      await stream.writeSSE({ event: 'error', data: JSON.stringify(failure) });
    } else {
      const end = speaksByTool && isV1 ? 'tool_rule' : 'end_turn';
      const over = cancelled ? 'cancelled' : silent ? 'max_steps' : end;
      if (over === end) store();
      await write({ message_type: 'stop_reason', stop_reason: over });
      if (over === 'cancelled') return;
      await write({ message_type: 'usage_statistics', ...USAGE });
    }
    running.delete(run);
    await stream.writeSSE({ data: '[DONE]' });
  });
}
