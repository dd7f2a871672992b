// The right that each route and method wants, in one table. A route that is not in it answers nobody
// but this machine's own local mode, and fails `routes.test.ts`.
import type { Right } from './rights';

/** What a method of a route wants. */
export interface RouteRule {
  /**
   * `open`: anybody, the route itself looks further where it has to. `signed`: whoever signed the body
   * with the LiveKit secret, which the route checks itself.
   */
  readonly right: Right | 'open' | 'signed';
  /** How the audit log calls what was done; not set where nothing is changed. */
  readonly audit?: string;
  /** The address names a caller, who is not to be named in the log of their own deletion. */
  readonly ofCaller?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const open: RouteRule = { right: 'open' };
const signed: RouteRule = { right: 'signed' };
const to = (right: Right, audit?: string): RouteRule => ({ right, audit });

/** By the route's path, as its folder under `app` is called. */
export const ROUTES: Readonly<Record<string, Partial<Readonly<Record<Method, RouteRule>>>>> = {
  '/api/account/keys': { GET: to('account'), POST: to('account', 'key made') },
  '/api/account/keys/[id]': { DELETE: to('account', 'key deleted') },
  // Strangers are told of public agents only.
  '/api/agents': { GET: open },
  '/api/agents/stats': { GET: to('watch') },
  '/api/agents/[name]/rollout': {
    GET: to('watch'),
    POST: to('dispatch', 'roll-out started'),
    DELETE: to('dispatch', 'roll-out stopped'),
  },
  '/api/agents/[name]/rollout/next': { POST: to('dispatch', 'roll-out taken a step further') },
  // What all callers get is an admin's to decide, as the rules are.
  '/api/agents/[name]/rollout/override': { POST: to('rules', 'failed rehearsals overridden') },
  '/api/agents/[name]/rollout/promote': { POST: to('rules', 'roll-out promoted') },
  '/api/auth/[...all]': { GET: open, POST: open },
  // Callers get their own.
  '/api/calls': { GET: to('history') },
  '/api/calls/changes': { GET: to('history') },
  '/api/calls/outbound': { POST: to('dispatch', 'number called') },
  '/api/calls/[id]': { GET: to('history'), DELETE: to('delete', 'call deleted') },
  '/api/calls/[id]/recordings/[n]': { GET: to('history') },
  '/api/calls/[id]/transcript': { GET: to('history') },
  '/api/callers/[identity]': { DELETE: { ...to('delete', 'caller deleted'), ofCaller: true } },
  '/api/callers/[identity]/export': { GET: to('watch') },
  '/api/dispatch-agent': { POST: to('dispatch', 'agent sent') },
  '/api/doctor': { GET: to('doctor') },
  '/api/doctor/connection': { POST: to('doctor') },
  '/api/health': { GET: open },
  // Whoever has an invitation's link may use it, once.
  '/api/invitations/[invitation]': { GET: open, POST: open },
  // Strangers, where these agents are public.
  '/api/letta/agents': { GET: open },
  '/api/metrics': { GET: to('watch') },
  '/api/people': { GET: to('people'), POST: to('people', 'person invited') },
  '/api/people/[id]': {
    PUT: to('people', 'role changed'),
    DELETE: to('people', 'person removed'),
  },
  // Whoever has the link that an admin gave them; who that is, the route writes into the audit log.
  '/api/people/password/[link]': { POST: open },
  '/api/people/password-links': { POST: to('people', 'password link made') },
  '/api/people/welcome/[link]': { POST: open },
  '/api/rehearsals': { GET: to('watch'), POST: to('dispatch', 'rehearsals started') },
  '/api/rehearsals/reports': { POST: to('dispatch') },
  '/api/rehearsals/sessions/[id]': { DELETE: to('dispatch', 'rehearsals stopped') },
  '/api/rooms': { GET: to('watch'), POST: to('dispatch', 'room made') },
  '/api/rooms/[room]': { DELETE: to('dispatch', 'room ended') },
  // Callers in the room they are in.
  '/api/rooms/[room]/dispatches': { GET: to('watch'), POST: to('call', 'agent sent') },
  '/api/rooms/[room]/dispatches/[id]': {
    GET: to('watch'),
    DELETE: to('dispatch', 'agent taken out'),
  },
  '/api/rooms/[room]/invitations': { POST: to('call', 'colleague invited') },
  '/api/rooms/[room]/listen': { POST: to('watch', 'call listened to') },
  '/api/rules': { GET: to('watch'), PUT: to('rules', 'rules changed') },
  // Strangers get to public agents: see `token.ts`.
  '/api/token': { POST: open },
  '/api/webhooks/livekit': { POST: signed },
  '/api/workers/events': { POST: signed },
  '/api/workers/lifeline': { POST: signed },
  '/api/workers/reports': { POST: signed },
};
