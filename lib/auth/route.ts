// What every route handler shares: who may call it is looked at before and what was done is written
// down after, errors become problem documents in one place, a method that a route does not have is told
// which ones it has, and a page of another site cannot act for the caller.
import { inspect } from 'node:util';
import { Problem, type ProblemKind, problemResponse, toProblem } from '@/lib/core/problem';
import { redact } from '@/lib/core/redact';
import { admit, recordDone } from './guard';
import type { Params } from './match';
import { STRANGER, type Visitor } from './rights';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];
/** Methods that may change something. */
const CHANGES: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];
/** What Next hands to a handler beside the request: the parts of the address in brackets. */
interface Context {
  readonly params?: Promise<Params>;
}
/** A route as it is exported: plain Request to Response. */
export type Handler = (request: Request, context?: Context) => Promise<Response>;
/** A route as it is written: `params` are the parts of the address in brackets, decoded. */
type Written = (
  request: Request,
  params: Readonly<Record<string, string>>,
  visitor: Visitor,
) => Response | Promise<Response>;

/** Problems whose cause is on our side, and so belongs into the server's log. */
const LOGGED: readonly ProblemKind[] = [
  'internal',
  'not-saved',
  'not-configured',
  'database-unavailable',
  'livekit-unavailable',
];

function answer(error: unknown, request: Request): Response {
  const problem = toProblem(error);
  if (LOGGED.includes(problem.kind)) {
    const where = `${request.method} ${new URL(request.url).pathname}`;
    console.error(redact(`${where}: ${problem.kind}: ${inspect(problem.cause ?? problem)}`));
  }
  return problemResponse(problem);
}

/**
 * The exports of a route file: the given handlers, and an answer to every other method (405 with
 * `Allow`; OPTIONS 204 with `Allow`, and no CORS header, so that no other site may call). Each handler
 * is called only by our own pages and by what is no browser: LiveKit, workers and scripts send no Origin.
 */
export function routes(
  handlers: Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Written>>,
): Record<Method, Handler> {
  const own: Partial<Record<Method, Written>> = { ...handlers, HEAD: handlers.GET };
  const allow = [...METHODS.filter((method) => own[method]), 'OPTIONS'].join(', ');
  const other: Written = (request) => {
    if (request.method === 'OPTIONS')
      return new Response(null, { status: 204, headers: { allow } });
    throw new Problem('method-not-allowed', `Use ${allow}.`, {}, { allow });
  };
  const guarded = METHODS.map((method) => [
    method,
    async (request: Request, context?: Context) => {
      try {
        // A page of another site that asks by OPTIONS is answered without CORS, and so comes no further.
        if (method !== 'OPTIONS') requireOwnOrigin(request);
        if (CHANGES.includes(method)) requireJsonType(request);
        const handler = own[method];
        if (!handler) return await other(request, {}, STRANGER);
        const params = (await context?.params) ?? {};
        const admitted = await admit(request, params);
        // Only better-auth's own routes have a part that is a list, and it does not read it.
        const single = params as Readonly<Record<string, string>>;
        const response = await handler(request, single, admitted.visitor);
        await recordDone(admitted, params, response);
        return response;
      } catch (error) {
        return answer(error, request);
      }
    },
  ]);
  return Object.fromEntries(guarded);
}

/** A JSON response that no cache keeps. */
export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store' } });
}

/**
 * Lets pass what comes from our own pages or from no browser at all.
 * @throws {Problem} 403 when `Origin` names another host, or is `null` (a sandboxed page's), or where another
 * site shows the answer in a page of its own: browsers send no `Origin` for an image or a frame
 */
export function requireOwnOrigin(request: Request): void {
  if (isInForeignPage(request.headers)) throw foreignOrigin();
  const origin = request.headers.get('origin');
  if (origin === null) return;
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  if (host !== undefined && host === request.headers.get('host')) return;
  throw foreignOrigin();
}

/**
 * Lets pass what does more than show something: not where another site's link led here, either.
 * @throws {Problem} 403 where browsers say that another site asks
 */
export function requireOwnRequest({ headers }: Request): void {
  if (asksFromElsewhere(headers)) throw foreignOrigin();
}

const foreignOrigin = () =>
  new Problem('foreign-origin', 'Only pages of this server may call this.');

/**
 * Whether a page of another origin loads this into itself. Whoever follows a
 * link, or comes back from the provider of their sign-in, opens it as a page instead.
 */
function isInForeignPage(headers: Headers): boolean {
  return asksFromElsewhere(headers) && headers.get('sec-fetch-dest') !== 'document';
}

/** Whether another site asks, or its link led here, as browsers say (Fetch Metadata). */
export const asksFromElsewhere = (headers: Headers): boolean =>
  ['cross-site', 'same-site'].includes(headers.get('sec-fetch-site') ?? '');

/**
 * Lets pass JSON, and what has no type for having no body. A form of another site is neither, whatever
 * its browser says of where it comes from.
 * @throws {Problem} 415
 */
function requireJsonType(request: Request): void {
  const type = request.headers.get('content-type');
  if (type === null || /^application\/(\w+\+)?json\s*(;|$)/i.test(type)) return;
  throw new Problem('unsupported-media-type', 'Send the body as application/json.');
}
