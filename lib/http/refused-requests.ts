// Refuses requests that no page and no route accepts, before Next.js sees them. Next.js would keep up to 10 MB of a body
// that nothing reads and wait for the rest, and would answer 500 if a path cannot be decoded or if a method is not one of
// the Fetch standard.
import { subscribe } from 'node:diagnostics_channel';
import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Problem, problemResponse } from '@/lib/core/problem';
import { DRAIN_MAX_BYTES } from '@/lib/http/read-json';

/** Header of Next.js's client. */
const ROUTER_STATE_HEADER = 'next-router-state-tree';
/**
 * Node's diagnostics channels: the first publishes each connection; the second each request before the server's listeners get
 * it, also on a connection that a proxy opened earlier and keeps.
 */
const CHANNELS = ['net.server.socket', 'http.server.request.start'];
/** Methods that a route may export. */
export const ROUTE_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
/** Pages and files are only read. There are no server actions. */
const PAGE_METHODS = ['GET', 'HEAD'] as const;
/** No browser may take the response for anything but data. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** The servers of this process whose requests are checked. */
const guarded = new WeakSet<Server>();

/** Why the target of a request is invalid; undefined if it is valid. */
function targetFault(target: string): string | undefined {
  if (!target.startsWith('/')) return 'The request target must start with a slash.';
  // PostgreSQL and LiveKit refuse it, so no name can contain it.
  if (target.includes('%00')) return 'The address contains a NUL character (%00).';
  try {
    decodeURIComponent(target.split('?', 1)[0] ?? '');
  } catch {
    return 'The path is not percent-encoded UTF-8.';
  }
}

/** How requests are checked. */
export interface Checks {
  /** Throws if Next.js refuses this router state, with which its client says what a page shows. It would answer 500. */
  readonly parseRouterState: (header: string | string[] | undefined) => unknown;
  /** Whether this is the development server, whose own pages send data. */
  readonly dev: boolean;
  /** Listeners of routes that need no more of Next.js, by path: `direct-routes.ts`. */
  readonly direct?: ReadonlyMap<string, RequestListener>;
}

/** Bytes of the body; infinite if the client does not say. */
const bodySize = ({ headers }: IncomingMessage): number =>
  headers['transfer-encoding'] === undefined
    ? Number(headers['content-length'] ?? 0)
    : Number.POSITIVE_INFINITY;

/** Where routes are. LiveKit's framework names the second. The matcher of `proxy.ts` says the same. */
export const ROUTES = /^\/(api|observability)\//;
/** Whether the target is a route, also for Next.js, which resolves dot segments (`/api/../calls`) like browsers. */
const isUnderRoutes = (target: string): boolean =>
  ROUTES.test(target) && ROUTES.test(new URL(target, 'http://host').pathname);

/** Why a request is refused; undefined if it is accepted. */
export function refusalOf(
  request: IncomingMessage,
  { parseRouterState, dev }: Omit<Checks, 'direct'>,
): Problem | undefined {
  const { method = '', url = '', headers } = request;
  const invalid = (detail: string) => new Problem('invalid-request', detail);
  const fault = targetFault(url);
  if (fault) return invalid(fault);
  const isRoute = isUnderRoutes(url);
  const allowed: readonly string[] = isRoute || dev ? ROUTE_METHODS : PAGE_METHODS;
  if (!allowed.includes(method)) {
    const allow = allowed.join(', ');
    return new Problem('method-not-allowed', `Use ${allow}.`, {}, { allow });
  }
  try {
    parseRouterState(headers[ROUTER_STATE_HEADER]);
  } catch {
    return invalid(`The header ${ROUTER_STATE_HEADER} is invalid.`);
  }
  if (isRoute || dev || bodySize(request) === 0) return undefined;
  return invalid('Pages accept no request body.');
}

async function refuse(problem: Problem, response: ServerResponse): Promise<void> {
  const answer = problemResponse(problem);
  // Smaller bodies are discarded as they arrive, and the connection is reused.
  if (bodySize(response.req) > DRAIN_MAX_BYTES) response.shouldKeepAlive = false;
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...HEADERS });
  response.end(await answer.text());
}

/** Checks the requests of a server before its own listeners get them, and answers those to direct routes. */
export function guard(server: Server, checks: Checks): void {
  if (guarded.has(server)) return;
  guarded.add(server);
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const problem = refusalOf(request, checks);
    if (problem) return void refuse(problem, response);
    const direct = checks.direct?.get(request.url?.split('?', 1)[0] ?? '');
    if (direct) return void direct(request, response);
    for (const listener of listeners) listener.call(server, request, response);
  });
  // Only the development server has WebSockets. Without a listener, `Upgrade` is ignored. Next.js would neither answer
  // nor close connections that ask for an upgrade.
  if (!checks.dev) server.removeAllListeners('upgrade');
}

/** Checks all requests to this port of this process from now on. */
export function refuseRequests(port: number, checks: Checks): void {
  for (const channel of CHANNELS) {
    subscribe(channel, (message) => {
      const { socket } = message as { readonly socket: Socket & { server?: unknown } };
      const { server, localPort } = socket;
      if (localPort === port && server instanceof Server) guard(server, checks);
    });
  }
}
