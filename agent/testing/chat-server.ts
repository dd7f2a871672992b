// A stand-in for an OpenAI-compatible chat server, for tests: answers on loopback from a script, streams in small
// chunks like OpenAI, and records every request.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between the sentences of an endless answer: about as fast as models write. */
const WRITING_MS = 50;

/** A turn of the model: words, a tool call, or both; or a failure with an HTTP status, or no answer at all. */
export interface Reply {
  readonly say?: string;
  readonly call?: { readonly name: string; readonly args: object };
  readonly status?: number;
  readonly hang?: boolean;
  readonly breaksOff?: boolean;
  readonly everyMs?: number;
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
 * Starts a stand-in on a free port.
 * @param script the model's turns in order, each created from the text of the last message (what the caller said, or
 *   a tool's output). A request after the last turn fails.
 */
export async function startChatServer(script: readonly ((last: string) => Reply)[]) {
  const asked: Asked[] = [];
  /** Models of the requests that the client aborted. */
  const aborted: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      response.writeHead(404).end();
      return;
    }
    let text = '';
    for await (const part of request.setEncoding('utf8')) text += part;
    const body = JSON.parse(text) as Asked['body'];
    asked.push({ authorization: request.headers.authorization, body });
    const reply = script[asked.length - 1]?.(body.messages.at(-1)?.content ?? '') ?? {
      status: 400,
    };
    response.once('close', () => {
      if (!response.writableEnded && !reply.breaksOff) aborted.push(body.model);
    });
    if (reply.hang) return;
    if (reply.status) {
      response.writeHead(reply.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'The stand-in refuses.' } }));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const id = `chatcmpl-${asked.length}`;
    const send = async (chunk: object) => {
      const event = { id, object: 'chat.completion.chunk', model: body.model, ...chunk };
      response.write(`data: ${JSON.stringify(event)}\n\n`);
      await (reply.everyMs ? pause(reply.everyMs) : breath());
    };
    const chunks = chunksOf(reply, `call_${asked.length}`);
    while (reply.endless && !response.destroyed) {
      for (const chunk of chunks.slice(0, -2)) await send(chunk);
      await pause(WRITING_MS);
    }
    for (const chunk of chunks) {
      if (response.destroyed || (reply.stalls && isEnd(chunk))) return;
      await send(chunk);
      if (reply.breaksOff && isEnd(chunk)) {
        response.destroy();
        return;
      }
    }
    response.end('data: [DONE]\n\n');
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    aborted,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether a chunk ends the turn. */
const isEnd = (chunk: object) => JSON.stringify(chunk).includes('finish_reason":"');

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
