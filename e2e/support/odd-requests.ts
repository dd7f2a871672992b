// Requests that no browser sends: with any method, path and header, and with bodies that arrive slowly.
import { readdirSync } from 'node:fs';
import { Agent, type IncomingHttpHeaders, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';

/** Where the product listens. */
interface Place {
  readonly port: number;
}

/** A request as it is sent. */
export interface OddRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Its response. */
export interface OddResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Connections of {@link askAll}. */
const AT_ONCE = 4;

/** Sends a request without changing its path or headers, as `fetch` would. @param agent a connection of its own by default */
export function ask({ port }: Place, odd: OddRequest, agent?: Agent): Promise<OddResponse> {
  const { method = 'GET', path, headers = {}, body } = odd;
  return new Promise((resolve, reject) => {
    const asked = send(
      { host: '127.0.0.1', port, method, path, headers, agent: agent ?? false },
      (response) => {
        const { statusCode: status = 0, headers: got } = response;
        // An event stream does not end.
        if (got['content-type']?.includes('event-stream')) {
          response.destroy();
          resolve({ status, headers: got, text: '' });
          return;
        }
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status, headers: got, text }));
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Sends many, on a few connections. */
export async function askAll<T extends OddRequest>(
  place: Place,
  all: readonly T[],
): Promise<(OddResponse & { readonly of: T })[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  try {
    return await Promise.all(all.map(async (of) => ({ of, ...(await ask(place, of, agent)) })));
  } finally {
    agent.destroy();
  }
}

/** A request whose body never ends. */
export class EndlessRequest {
  private readonly socket: Socket;
  /** What the server has sent so far. */
  received = '';
  private full = false;
  private closed = false;

  /**
   * Sends the head and `bytes` of a body that is announced as one byte longer. Writing stops while the server does not
   * read.
   */
  constructor({ port }: Place, head: readonly string[], bytes: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setEncoding('latin1').on('data', (text: string) => {
      this.received += text;
    });
    // The server may close the connection without reading the body.
    this.socket.on('error', () => this.socket.destroy());
    this.socket.on('close', () => {
      this.closed = true;
    });
    this.socket.write([...head, 'Host: x', `Content-Length: ${bytes + 1}`, '', ''].join('\r\n'));
    this.socket.write(Buffer.alloc(bytes, 'x'), () => {
      this.full = true;
    });
  }

  /** Whether the server answered, closed the connection, or took the whole body. */
  get isSettled(): boolean {
    return this.received !== '' || this.full || this.closed;
  }

  /** The status of the response; 0 if there is none. */
  get status(): number {
    return Number(this.received.match(/^HTTP\/1\.1 (\d+)/)?.[1] ?? 0);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Paths under `app` of files with this name: `/calls/[id]`. */
export const pathsOf = (file: 'page.tsx' | 'route.ts'): string[] =>
  readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((one) => one === file || one.endsWith(`/${file}`))
    .map((one) => `/${dirname(one)}`.replace(/^\/\.$/, '/'));

/** The path with `part` for each parameter. */
export const filled = (path: string, part: string): string =>
  path.replaceAll(/\[[^\]]+\]/g, () => part);

/** Whether a path has parameters. */
export const hasParameter = (path: string): boolean => path.includes('[');

/** Copies of a JSON value, with each of its strings in turn replaced by `text`. */
export function withText(value: unknown, text: string): unknown[] {
  if (typeof value === 'string') return [text];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    withText(one, text).map((changed) =>
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed },
    ),
  );
}
