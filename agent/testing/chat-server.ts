// A stand-in for an OpenAI-compatible chat server, for tests: answers on loopback from a script, streams in small
// chunks like OpenAI, and records every request.
import { once } from 'node:events';
import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { serveFetch } from '@/lib/testing/serve-routes';

/** Milliseconds between the sentences of an endless answer: about as fast as models write. */
const WRITING_MS = 50;

/** A turn of the model: words, a tool call, or both; or a failure with an HTTP status, or no answer at all. */
export interface Reply {
  readonly say?: string;
  readonly call?: { readonly name: string; readonly args: object };
  readonly status?: number;
  readonly hang?: boolean;
  readonly breaksOff?: boolean;
  /** Milliseconds after each chunk of the tool call. */
  readonly callEveryMs?: number;
  /** Sends its words and nothing after them, with the connection open. */
  readonly stalls?: boolean;
  readonly endless?: boolean;
}

interface Message {
  readonly role: string;
  readonly content?: string | null;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { name: string } }[];
  readonly tool_call_id?: string;
}

interface OfferedTool {
  readonly type: string;
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: {
      readonly type: string;
      readonly properties: Record<string, { readonly type: string }>;
      readonly required?: readonly string[];
    };
  };
}

interface Asked {
  readonly authorization?: string | undefined;
  readonly body: {
    readonly model: string;
    readonly stream: boolean;
    readonly messages: readonly Message[];
    readonly tools: readonly OfferedTool[];
  };
}

/**
 * The stand-in as a part of a server.
 * @param script the model's turns in order, each created from the text of the last message (what
 *   the caller said, or a tool's output). A request after the last turn fails.
 */
export function chatApi(script: readonly ((last: string) => Reply)[]) {
  /** The completion requests, in order. */
  const asked: Asked[] = [];
  /** Models of the requests that the client aborted. */
  const aborted: string[] = [];
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.post('/v1/chat/completions', async (c) => {
    const { outgoing } = c.env;
    const body = await c.req.json<Asked['body']>();
    asked.push({ authorization: c.req.header('authorization'), body });
    const number = asked.length;
    const reply = script[number - 1]?.(body.messages.at(-1)?.content ?? '') ?? { status: 400 };
    outgoing.once('close', () => {
      if (!outgoing.writableEnded && !reply.breaksOff) aborted.push(body.model);
    });
    if (reply.hang) return new Promise<Response>(() => undefined);
    if (reply.status) {
      return c.json({ error: { message: 'The stand-in refuses.' } }, reply.status as 400);
    }
    return streamSSE(c, async (stream) => {
      const about = {
        id: `chatcmpl-${number}`,
        object: 'chat.completion.chunk',
        model: body.model,
      };
      const send = async (chunk: object) => {
        await stream.writeSSE({ data: JSON.stringify({ ...about, ...chunk }) });
        await (reply.callEveryMs && isCall(chunk) ? pause(reply.callEveryMs) : breath());
      };
      const chunks = chunksOf(reply, `call_${number}`);
      while (reply.endless && !outgoing.destroyed) {
        for (const chunk of chunks.slice(0, -2)) await send(chunk);
        await pause(WRITING_MS);
      }
      for (const chunk of chunks) {
        if (outgoing.destroyed) return;
        if (reply.stalls && isEnd(chunk)) await once(outgoing, 'close');
        await send(chunk);
        if (reply.breaksOff && isEnd(chunk)) outgoing.destroy();
      }
      await stream.writeSSE({ data: '[DONE]' });
    });
  });
  return { app, asked, aborted };
}

/** Starts a stand-in on a free port. @param script see {@link chatApi} */
export async function startChatServer(script: Parameters<typeof chatApi>[0]) {
  const { app, asked, aborted } = chatApi(script);
  const { url, close } = await serveFetch(app.fetch);
  return { url: `${url}/v1`, asked, aborted, close };
}

/** Whether a chunk ends the turn. */
const isEnd = (chunk: object) => JSON.stringify(chunk).includes('finish_reason":"');

/** Whether a chunk is a part of a tool call. */
const isCall = (chunk: object) => JSON.stringify(chunk).includes('"tool_calls":');

/** The turn in chunks: words one by one, then a tool call with its arguments in three parts. */
function chunksOf({ say = '', call }: Reply, callId: string): object[] {
  const delta = (part: object) => ({ choices: [{ index: 0, delta: part, finish_reason: null }] });
  const tool = (part: object) => delta({ tool_calls: [{ index: 0, ...part }] });
  const args = JSON.stringify(call?.args ?? {});
  const third = Math.ceil(args.length / 3);
  const calls = call
    ? [
        tool({ id: callId, type: 'function', function: { name: call.name, arguments: '' } }),
        ...[0, 1, 2].map((at) =>
          tool({ function: { arguments: args.slice(at * third, (at + 1) * third) } }),
        ),
      ]
    : [];
  return [
    delta({ role: 'assistant', content: say ? '' : null }),
    ...(say.match(/\S+\s*/g) ?? []).map((word) => delta({ content: word })),
    ...calls,
    { choices: [{ index: 0, delta: {}, finish_reason: call ? 'tool_calls' : 'stop' }] },
    { choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } },
  ];
}
