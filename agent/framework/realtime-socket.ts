// What: the WebSocket of a realtime model of the OpenAI plugin.
// Why: the plugin does not handle errors before its own is open, so that a rejected key would crash the job's process. This
// one reports the server's message.
// Upstream: https://github.com/livekit/agents-js/pull/2539. The plugin would have to reject with the server's answer, and
// pass on messages that arrive with the handshake.
import type { IncomingMessage } from 'node:http';
import type { realtime } from '@livekit/agents-plugin-openai';
import WebSocket from 'ws';

const CONNECT_MS = 4_000;
const REFUSAL_MAX = 300;

/** The server's message in refusing: from its JSON, or the beginning of its text. */
async function refusal(answer: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const piece of answer) text += piece.toString();
    const { error } = JSON.parse(text) as { error?: { message?: string } };
    if (error?.message) return error.message;
  } catch {
    // Not JSON, or truncated: return what there is.
  }
  return text.slice(0, REFUSAL_MAX);
}

interface Listener {
  /** The connection ended, except by `close` of the socket. */
  ended(error: Error): void;
  /** A message arrived; including one sent with the handshake, which the plugin misses. */
  got(text: string): void;
}

/** Connects. @throws with the server's answer, or the reason there was none */
export function connect(url: URL, key: string, { ended, got }: Listener): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${key}` };
    const socket = new WebSocket(url, { headers, handshakeTimeout: CONNECT_MS });
    let ours = false;
    const close = socket.close.bind(socket);
    socket.close = () => {
      ours = true;
      close();
    };
    socket.once('open', () => resolve(socket));
    socket.on('message', (data) => got(data.toString()));
    socket.once('unexpected-response', (request, response) => {
      void refusal(response).then((text) => {
        request.destroy();
        reject(new Error(`${url.host} answered ${response.statusCode}: ${text}`));
      });
    });
    socket.on('error', (error) => reject(new Error(`${url.host}: ${error.message || error}`)));
    socket.on('close', (code, reason) => {
      const error = new Error(`${url.host} closed the connection (${code} ${reason})`);
      reject(error);
      if (!ours) ended(error);
    });
  });
}

/** Replaces how a class of sessions connects. On the prototype, because a session connects while it is constructed. */
export function replaceConnection(
  { prototype }: { readonly prototype: realtime.RealtimeSession },
  open: () => Promise<WebSocket>,
): void {
  Object.defineProperty(prototype, 'createWsConn', { value: open });
}
