// The permission that each route and method requires, in one table. A route without an entry works only in local
// mode, and fails `permissions.integration.test.ts`.
import type { Permission } from '@/lib/auth/permissions';
import { decoded } from '@/lib/core/path-segment';

/** Authorization of a method of a route. */
export interface RouteRule {
  /**
   * `open`: everybody; the route itself checks further where necessary. `signed`: whoever signed the body with the
   * LiveKit secret, which the route checks itself.
   */
  readonly permission: Permission | 'open' | 'signed';
  /** The action in the audit log; not set if nothing is changed. */
  readonly audit?: string | undefined;
  /** The body may be something else than JSON: a signed one, which no form of another site can send. */
  readonly anyType?: boolean;
  /** The path contains a caller's identity, which must not be logged when their data is deleted. */
  readonly ofCaller?: boolean;
  /** It is about accounts, which do not exist while nobody has to sign in. */
  readonly ofAccounts?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const open: RouteRule = { permission: 'open' };
const openAccounts: RouteRule = { permission: 'open', ofAccounts: true };
const signed: RouteRule = { permission: 'signed' };
const to = (permission: Permission, audit?: string): RouteRule => ({
  permission,
  audit,
  ofAccounts: permission === 'account' || permission === 'people',
});

/** By path, as the route's folder under `app` is named. */
export const ROUTES: Readonly<Record<string, Partial<Readonly<Record<Method, RouteRule>>>>> = {
  '/api/account/keys': { GET: to('account'), POST: to('account', 'key made') },
  '/api/account/keys/[id]': { DELETE: to('account', 'key deleted') },
  // Anonymous visitors see public agents only.
  '/api/agents': { GET: open, POST: to('dispatch', 'agent added') },
  '/api/agents/[name]': {
    PATCH: to('dispatch', 'agent changed'),
    DELETE: to('dispatch', 'agent removed'),
  },
  '/api/agents/stats': { GET: to('watch') },
  '/api/agents/[name]/rollout': {
    GET: to('watch'),
    POST: to('dispatch', 'rollout started'),
    DELETE: to('dispatch', 'rollout stopped'),
  },
  '/api/agents/[name]/rollout/next': { POST: to('dispatch', 'rollout taken a step further') },
  // This affects all callers, so it requires the same permission as the rules.
  '/api/agents/[name]/rollout/override': { POST: to('rules', 'failed simulations overridden') },
  '/api/agents/[name]/rollout/promote': { POST: to('rules', 'rollout promoted') },
  '/api/auth/[...all]': { GET: openAccounts, POST: openAccounts },
  // Callers get their own calls.
  '/api/calls': { GET: to('history') },
  '/api/calls/changes': { GET: to('history') },
  '/api/calls/export': { GET: to('history') },
  '/api/calls/outbound': { POST: to('dispatch', 'number called') },
  '/api/calls/waiting': { GET: to('watch') },
  '/api/calls/[id]': { GET: to('history'), DELETE: to('delete', 'call deleted') },
  '/api/calls/[id]/recordings/[n]': { GET: to('history') },
  '/api/calls/[id]/simulation': { GET: to('watch') },
  '/api/calls/[id]/transcript': { GET: to('history') },
  '/api/callers/[identity]': { DELETE: { ...to('delete', 'caller deleted'), ofCaller: true } },
  '/api/callers/[identity]/export': { GET: to('watch') },
  '/api/dispatch-agent': { POST: to('dispatch', 'agent sent') },
  '/api/doctor': { GET: to('doctor') },
  '/api/doctor/connection': { POST: to('doctor') },
  '/api/health': { GET: open },
  // For everybody with the invitation link, once.
  '/api/invitations/[invitation]': { GET: open, POST: open },
  // Also for anonymous visitors, if these agents are public.
  '/api/letta/agents': { GET: open },
  '/api/metrics': { GET: to('watch') },
  '/api/openapi.json': { GET: open },
  '/api/people': { GET: to('people'), POST: to('people', 'person invited') },
  '/api/people/[id]': {
    PUT: to('people', 'role changed'),
    DELETE: to('people', 'person removed'),
  },
  '/api/people/keys': { GET: to('people') },
  '/api/people/keys/[id]': { DELETE: to('people', 'key deleted') },
  // For everybody with the link from an admin; the route writes the audit log entry.
  '/api/people/password/[link]': { POST: openAccounts },
  '/api/people/password-links': { POST: to('people', 'password link made') },
  '/api/people/sign-up/[link]': { POST: openAccounts },
  '/api/rooms': { GET: to('watch'), POST: to('dispatch', 'room made') },
  '/api/rooms/[room]': { DELETE: to('dispatch', 'room ended') },
  // Callers may use the room they are in.
  '/api/rooms/[room]/dispatches': { GET: to('watch'), POST: to('call', 'agent sent') },
  '/api/rooms/[room]/dispatches/[id]': {
    GET: to('watch'),
    DELETE: to('dispatch', 'agent taken out'),
  },
  '/api/rooms/[room]/invitations': { POST: to('call', 'colleague invited') },
  '/api/rooms/[room]/listen': { POST: to('watch', 'call listened to') },
  // Pages report by themselves, and the timeline has what was done.
  '/api/rooms/[room]/stuck': { POST: to('call') },
  '/api/rooms/[room]/whisper': { POST: to('watch', 'agent whispered to') },
  '/api/rules': { GET: to('watch'), PUT: to('rules', 'rules changed') },
  '/api/rules/schema': { GET: open },
  '/api/simulations': { GET: to('watch'), POST: to('dispatch', 'simulations started') },
  '/api/simulations/reports': { POST: to('dispatch') },
  '/api/simulations/sessions/[id]': { DELETE: to('dispatch', 'simulations stopped') },
  // Anonymous visitors may call public agents: see `lib/dispatch/token-plan.ts`.
  '/api/token': { POST: open },
  '/observability/[signal]/otlp/v0': { POST: { ...signed, anyType: true } },
  '/observability/recordings/v0': { POST: { ...signed, anyType: true } },
  '/api/webhooks/livekit': { POST: signed },
  '/api/workers/agents': { POST: signed },
  '/api/workers/events': { POST: signed },
  '/api/workers/lifeline': { POST: signed },
  '/api/workers/reports': { POST: signed },
};

/** Path parameters as Next passes them to a handler. */
export type Params = Readonly<Record<string, string | readonly string[]>>;

/** A part of a pattern; `name` is set if it is a parameter. */
interface Part {
  readonly text: string;
  readonly name: string | undefined;
}

const hasParams = (pattern: string) => pattern.includes('[');
/** The paths without parameters, which most requests are for. */
const PATHS = new Map(Object.entries(ROUTES).filter(([pattern]) => !hasParams(pattern)));
/** The others, cut into parts, which is done once. */
const PATTERNS = Object.entries(ROUTES)
  .filter(([pattern]) => hasParams(pattern))
  .map(([pattern, rules]) => ({
    rules,
    parts: pattern
      .split('/')
      .map((text): Part => ({ text, name: text.match(/^\[(?:\.\.\.)?(\w+)\]$/)?.[1] })),
  }));

/** Whether the path with the parts `given` is that of a pattern with exactly these parameters. */
function isPathOf(parts: readonly Part[], given: readonly string[], params: Params): boolean {
  const names = parts.flatMap(({ name }) => name ?? []);
  if (names.length !== Object.keys(params).length) return false;
  const wanted = parts.flatMap(({ text, name }) =>
    name === undefined
      ? [(shown: string) => shown === text]
      : [params[name]].flat().map((value) => (shown: string) => decoded(shown) === value),
  );
  return wanted.length === given.length && wanted.every((fits, at) => fits(given[at] ?? ''));
}

/**
 * The rule for a method of the route at `path`. The parameters must be those that the framework found: a path that is
 * parsed in two different ways has no rule.
 * @param path as received, not decoded
 * @returns undefined if the table has no rule
 */
export function ruleFor(method: string, path: string, params: Params): RouteRule | undefined {
  const as = method === 'HEAD' ? 'GET' : method;
  const given = path.split('/');
  const found =
    Object.keys(params).length === 0
      ? PATHS.get(path)
      : PATTERNS.find(({ parts }) => isPathOf(parts, given, params))?.rules;
  const rules: Partial<Record<string, RouteRule>> = found ?? {};
  return Object.hasOwn(rules, as) ? rules[as] : undefined;
}
