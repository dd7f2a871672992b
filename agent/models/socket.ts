// The WebSocket of a realtime model. The plugin's own does not handle errors before it is open, so
// a rejected key would crash the job's process; this one reports the server's message.
import { createRequire } from 'node:module';

/** The part of a `ws` WebSocket that is used here and by the plugin. */
export interface Socket {
  on(event: 'close', told: (code: number, reason: Buffer) => void): void;
  on(event: 'error', told: (error: Error) => void): void;
  on(event: 'message', told: (data: Buffer) => void): void;
  once(event: 'open', told: () => void): void;
  once(event: 'unexpected-response', told: (request: Ends, response: Answer) => void): void;
  close(): void;
  terminate(): void;
}
interface Ends {
  destroy(): void;
}
type Answer = AsyncIterable<Buffer> & { readonly statusCode?: number };

type SocketClass = new (
  url: URL,
  options: { headers: Record<string, string>; handshakeTimeout: number },
) => Socket;

/** Milliseconds to connect. */
const CONNECT_MS = 4_000;
/** Characters of a refusal to keep. */
const REFUSAL_MAX = 300;

const plugin = createRequire(import.meta.url).resolve('@livekit/agents-plugin-openai');
/** The same `ws` package that the plugin uses, resolved through it. */
const WebSocket: SocketClass = createRequire(plugin)('ws');

/** The server's message in refusing: from its JSON, or the beginning of its text. */
async function refusal(answer: Answer): Promise<string> {
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

/** Callbacks of a connection. */
interface Listener {
  /** The connection ended, except by `close` of the socket. */
  ended(error: Error): void;
  /** A message arrived; including one sent with the handshake, which the plugin misses. */
  got(text: string): void;
}

/**
 * Connects.
 * @throws with the server's answer, or the reason there was none
 */
export function connect(url: URL, key: string, { ended, got }: Listener): Promise<Socket> {
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
