// The WebSocket of a realtime model. The plugin's own does not listen for errors before it is open, so
// that a refused key would end the job's process; this one says what the server said.
import { createRequire } from 'node:module';

/** Of a WebSocket of the package `ws`, that which is used here and by the plugin. */
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

/** Milliseconds for the connection to be there. */
const CONNECT_MS = 4_000;
/** Characters of a refusal that are kept. */
const REFUSAL_MAX = 300;

const plugin = createRequire(import.meta.url).resolve('@livekit/agents-plugin-openai');
/** The package that the plugin itself uses, by way of it, so that there is one. */
const WebSocket: SocketClass = createRequire(plugin)('ws');

/** What a server said in refusing: the message in its JSON, or the beginning of its text. */
async function refusal(answer: Answer): Promise<string> {
  let text = '';
  try {
    for await (const piece of answer) text += piece.toString();
    const { error } = JSON.parse(text) as { error?: { message?: string } };
    if (error?.message) return error.message;
  } catch {
    // No JSON, or broken off: what there is of it.
  }
  return text.slice(0, REFUSAL_MAX);
}

/** Who is told of a connection. */
interface Listener {
  /** It ends otherwise than by `close` of the socket. */
  ended(error: Error): void;
  /** A message came; also one that came with the connection itself, which the plugin misses. */
  got(text: string): void;
}

/**
 * Connects.
 * @throws with what the server answered, or why there was no answer
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
