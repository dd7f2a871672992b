// What all route handlers share: authorization and audit log, conversion of errors to problem documents, 405 for
// unsupported methods, and protection against requests from other sites.

import { writeAudit } from '@/lib/auth/audit';
import { ANONYMOUS, hasPermission, type Visitor } from '@/lib/auth/permissions';
import { notPermitted, signInNeeded } from '@/lib/auth/refusals';
import { type Params, type RouteRule, ruleFor } from '@/lib/auth/routes';
import type { AuthServer } from '@/lib/auth/server';
import { localVisitor, requireSignIn, signInIsOn, visitorOf } from '@/lib/auth/visitor';
import type { Ground } from '@/lib/cluster/ground';
import { parseUrl } from '@/lib/core/addresses';
import { logError } from '@/lib/core/log';
import { nameInSegment } from '@/lib/core/path-segment';
import { Problem, type ProblemKind, problemResponse, toProblem } from '@/lib/core/problem';
import { isOriginOf } from '@/lib/core/sites';
import { proxiedBy } from '@/lib/http/client-address';
import { dropCredentials, otherOrigin, readableBy, withoutPage } from '@/lib/http/cross-origin';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];
/** Methods that may change data. */
const CHANGES: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];
/** What Next passes to a handler with the request: the path parameters. */
interface Context {
  readonly params?: Promise<Params>;
}
/** An exported route handler: Request to Response. */
export type Handler = (request: Request, context?: Context) => Promise<Response>;
interface Given<S> {
  /** The state of the web process. @throws {ConfigError} while its settings are invalid */
  readonly server: S;
  /** The decoded path parameters. */
  readonly params: Readonly<Record<string, string>>;
  readonly visitor: Visitor;
}
/** Pages of other origins that may use a route, as anonymous visitors. */
interface OtherOrigins {
  /** The setting that lists them for each agent. The route checks the agent, which is in the body. */
  readonly setting: 'TOKEN_ORIGINS';
  /** Headers that their requests may have. */
  readonly headers: readonly string[];
}
type Written<S> = (request: Request, given: Given<S>) => Response | Promise<Response>;

/** Problems with a cause on our side, which are logged. */
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
    logError(`${where}: ${problem.kind}`, problem.cause ?? problem);
  }
  return problemResponse(problem);
}

interface Authorized {
  readonly visitor: Visitor;
  readonly rule?: RouteRule;
}

/**
 * Authorizes a request by the permission that its route and method require.
 * @param origin of the page, if it is another one that may use this route
 * @throws {Problem} 401 if signing in would help, 403 if it would not, 404 for a route without a rule
 */
async function authorize(
  current: () => AuthServer,
  request: Request,
  rule: RouteRule | undefined,
  origin: string | undefined,
): Promise<Authorized> {
  const anonymous = origin === undefined ? undefined : { ...ANONYMOUS, origin };
  const on = signInIsOn();
  if (!rule) throw new Problem('unknown-route', 'There is no API route at this address.');
  // The signature is their only credential; the route checks it.
  if (rule.permission === 'signed') return { visitor: ANONYMOUS, rule };
  if (!on) {
    const visitor = localVisitor(anonymous ? withoutPage(request.headers) : request.headers);
    // No audit log without accounts: all entries would name the same person.
    if (visitor.by === 'local') {
      if (rule.ofAccounts) requireSignIn();
      return { visitor: anonymous ?? visitor };
    }
    const proxy = proxiedBy(request.headers);
    throw notPermitted(
      `This server accepts requests from its own machine only${proxy ? `, and not through a proxy (${proxy})` : ''}. ` +
        'To let others in, see docs/accounts.md.',
    );
  }
  const visitor = anonymous ?? (await visitorOf(current(), request.headers));
  if (rule.permission === 'open' || hasPermission(visitor, rule.permission))
    return { visitor, rule };
  if (visitor.by === 'nobody') throw signInNeeded();
  throw notPermitted(
    visitor.by === 'key'
      ? `This requires the permission "${rule.permission}", which the key or its owner does not have.`
      : 'Your role does not have this permission. An admin can change your role.',
  );
}

/** The names in path parameters. Only better-auth's own routes have a catch-all parameter, and they do not read it. */
const namesIn = (params: Params): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(params).map(([key, segment]) => [key, nameInSegment(String(segment))]),
  );

/** The object of an action: the path parameters, or the name in the response. */
async function objectOf(params: Params, response: Response): Promise<string> {
  const named = Object.values(params).join(' ');
  if (named || !response.headers.get('content-type')?.includes('json')) return named;
  const body = await response.clone().json();
  return String(body?.room ?? body?.name ?? body?.email ?? '');
}

/** Records a person's action in the audit log, after it was done. */
async function recordAction(
  current: () => Ground,
  { visitor, rule }: Authorized,
  params: Params,
  response: Response,
): Promise<void> {
  if (!rule?.audit || !response.ok || visitor.by === 'operator') return;
  const object = rule.ofCaller ? '' : await objectOf(params, response);
  await writeAudit(current(), visitor, rule.audit, object);
}

/**
 * The exports of a route file: the given handlers, and a response for every other method (405 with `Allow`; OPTIONS
 * 204 with `Allow` and no CORS header, so that no other site may call). Handlers serve our own pages and clients other
 * than browsers only: LiveKit, workers and scripts send no Origin.
 * @param current the state of the web process
 * @param others pages of other origins that may use it too. All others can read why they may not
 */
export function routesOf<S extends AuthServer>(
  current: () => S,
  handlers: Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Written<S>>>,
  others?: OtherOrigins,
): Record<Method, Handler> {
  const { GET } = handlers;
  const own: Partial<Record<Method, Written<S>>> = { ...handlers, ...(GET && { HEAD: GET }) };
  const allow = [...METHODS.filter((method) => own[method]), 'OPTIONS'].join(', ');
  const other = (request: Request) => {
    if (request.method === 'OPTIONS')
      return new Response(null, { status: 204, headers: { allow } });
    throw new Problem('method-not-allowed', `Use ${allow}.`, {}, { allow });
  };
  const guarded = METHODS.map((method) => {
    const handle = async (request: Request, context?: Context, origin?: string) => {
      try {
        // Without `others`, a preflight from another site gets no CORS headers, so the browser stops there.
        if (method !== 'OPTIONS') {
          if (others && origin !== undefined) requireListed(current, others, request, origin);
          else requireOwnOrigin(request);
        }
        const params = (await context?.params) ?? {};
        const rule = ruleFor(method, new URL(request.url).pathname, params);
        if (CHANGES.includes(method) && !rule?.anyType) requireJsonType(request);
        const handler = own[method];
        if (!handler) return other(request);
        const authorized = await authorize(current, request, rule, origin);
        const names = namesIn(params);
        const response = await handler(request, {
          // Only routes that need it fail while the settings are invalid.
          get server() {
            return current();
          },
          params: names,
          visitor: authorized.visitor,
        });
        await recordAction(current, authorized, names, response);
        if (method !== 'HEAD') return response;
        // Nobody reads the body, which may be a stream that never ends.
        await response.body?.cancel();
        return new Response(null, response);
      } catch (error) {
        return answer(error, request);
      }
    };
    const readable = async (request: Request, context?: Context) => {
      const origin = others && otherOrigin(request);
      if (origin === undefined) return handle(request, context);
      dropCredentials(request);
      const response = await handle(request, context, origin);
      return readableBy(origin, response, method === 'OPTIONS' ? others?.headers : undefined);
    };
    return [method, readable];
  });
  return Object.fromEntries(guarded);
}

/** A file to save, which is not cached. `name` is its file name, `type` its media type. */
export const download = (name: string, type: string, body: BodyInit): Response =>
  new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });

/** A JSON response with `cache-control: no-store`. */
export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store' } });
}

/**
 * Accepts requests from our own pages and from clients other than browsers.
 * @throws {Problem} 403 if `Origin` is another host or `null` (a sandboxed page), or if another site embeds the
 * response in its own page: browsers send no `Origin` for an image or a frame
 */
export function requireOwnOrigin(request: Request): void {
  if (isInForeignPage(request.headers)) throw foreignOrigin();
  const origin = otherOrigin(request);
  if (origin === undefined) return;
  const host = parseUrl(origin)?.host;
  const asked = request.headers.get('host');
  // A development server or proxy in between, which is the usual cause, changed one of them.
  throw foreignOrigin(
    host && ` The page is of ${host}, and the request is for ${asked}: a proxy must keep Host.`,
  );
}

/**
 * Accepts requests from pages of origins that a setting lists for some agent.
 * @throws {Problem} 403
 */
function requireListed(
  current: () => AuthServer,
  { setting }: OtherOrigins,
  request: Request,
  origin: string,
): void {
  if (isOriginOf(Object.values(current().config[setting] ?? {}).flat(), origin)) return;
  throw foreignOrigin(
    origin === 'null'
      ? ' This page has no origin, like a local file or a sandboxed frame.'
      : ` The page is of ${origin}, and the request is for ${request.headers.get('host')}: ${setting} must list ` +
          'the origin, or if this is a proxy in between, it must keep Host.',
  );
}

/**
 * For requests with side effects: also refuses navigation from another site's link.
 * @throws {Problem} 403 if the browser reports another site as the initiator
 */
export function requireOwnRequest({ headers }: Request): void {
  if (asksFromElsewhere(headers)) throw foreignOrigin();
}

const foreignOrigin = (why = '') =>
  new Problem('foreign-origin', `Only pages of this server may send this request.${why}`);

/**
 * Whether a page of another origin embeds this response. Following a link or returning from the sign-in provider is
 * a top-level navigation instead.
 */
function isInForeignPage(headers: Headers): boolean {
  return asksFromElsewhere(headers) && headers.get('sec-fetch-dest') !== 'document';
}

/** Whether the browser reports another site as the initiator (Fetch Metadata). */
export const asksFromElsewhere = (headers: Headers): boolean =>
  ['cross-site', 'same-site'].includes(headers.get('sec-fetch-site') ?? '');

/**
 * Accepts JSON, and requests without a body and so without a type. A form of another site is neither, whatever its
 * browser reports as origin.
 * @throws {Problem} 415
 */
function requireJsonType(request: Request): void {
  const type = request.headers.get('content-type');
  if (type === null || /^application\/(\w+\+)?json\s*(;|$)/i.test(type)) return;
  throw new Problem('unsupported-media-type', 'Send the body as application/json.');
}
