// An anonymous visitor's tools: a raw socket, any header, and tokens with one fault.
import { createHash, createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { Stack } from '@/e2e/support/stack';

export { claimsOf, joinWith as join } from '@/lib/testing/participant';

/** Three base64url parts, like every token. */
export const JWT = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/;

/** Sends a request as given, including headers that browsers do not allow scripts to set. */
export async function send(
  stack: Pick<Stack, 'web'>,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(new URL(path, stack.web), {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** Sends JSON as given, without a browser. */
export async function sendJson(
  stack: Pick<Stack, 'web'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
  // biome-ignore lint/suspicious/noExplicitAny: tests state what they expect
): Promise<{ status: number; headers: Headers; body: any }> {
  const type = { 'content-type': 'application/json', ...headers };
  const sent = await send(
    stack,
    method,
    path,
    type,
    body === undefined ? body : JSON.stringify(body),
  );
  return { ...sent, body: sent.text ? JSON.parse(sent.text) : undefined };
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Parts of a token. */
export interface Token {
  readonly key: string;
  readonly secret: string;
  /** The body it signs. */
  readonly body: string;
  /** Time of issue in seconds since 1970; it is valid for five minutes, like LiveKit's webhooks. */
  readonly at?: number;
  /** Claims that add to or replace the usual ones. */
  readonly claims?: object;
}

/** Signs a token by hand, because a library might refuse to create a faulty one. */
export function sign({ key, secret, body, at = Date.now() / 1_000, claims }: Token): string {
  const made = Math.floor(at);
  const sha256 = createHash('sha256').update(body).digest('base64');
  const usual = { iss: key, nbf: made, exp: made + 300, sha256, ...claims };
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(usual)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** A connection that sends the start of a request and then stalls. */
export interface Slow {
  /** The status line of the response. */
  readonly answer: Promise<string>;
  destroy(): void;
}

/** Starts to send a request. */
export function sendSlowly(stack: Stack, method: string, path: string): Slow {
  const { hostname, port } = new URL(stack.web);
  const socket = connect(Number(port), hostname);
  const answer = new Promise<string>((resolve, reject) => {
    socket.once('data', (data) => {
      resolve(`${data}`.split('\r\n')[0] ?? '');
    });
    socket.once('close', () => reject(new Error(`${method} ${path}: closed without an answer`)));
  });
  socket.on('error', () => socket.destroy());
  const head = [`${method} ${path} HTTP/1.1`, `Host: ${hostname}:${port}`];
  socket.write(
    [...head, 'Content-Type: application/json', 'Content-Length: 2000', '', '{"'].join('\r\n'),
  );
  return { answer, destroy: () => socket.destroy() };
}
